import type { Database, Queries } from './database.js';

/**
 * The schema, as steps that are only ever added to: a released step is never changed. Times are ms since 1970. There
 * are no foreign keys: entries may arrive in any order.
 */
const migrations: readonly string[][] = [
  [
    `CREATE TABLE calls (
      call_id text PRIMARY KEY,
      session_id text NOT NULL,
      category text NOT NULL,
      type text NOT NULL,
      status text NOT NULL,
      initiator_uid text NOT NULL,
      receiver_type text NOT NULL,
      receiver_id text NOT NULL,
      receiver_name text NOT NULL,
      initiated_at bigint NOT NULL,
      answered_at bigint,
      started_at bigint,
      emptied_at bigint,
      ended_at bigint,
      video_ms bigint NOT NULL DEFAULT 0,
      has_recording boolean NOT NULL DEFAULT false,
      room_seq bigint NOT NULL DEFAULT 0,
      ring_seq bigint NOT NULL DEFAULT 0,
      updated_at bigint NOT NULL
    )`,
    `CREATE INDEX calls_by_time ON calls (initiated_at DESC, call_id DESC)`,
    `CREATE INDEX calls_by_session ON calls (session_id)`,
    `CREATE INDEX calls_open ON calls (updated_at) WHERE ended_at IS NULL`,
    `CREATE TABLE call_users (
      call_id text NOT NULL,
      uid text NOT NULL,
      name text NOT NULL,
      avatar text NOT NULL,
      state text NOT NULL,
      initiated_at bigint NOT NULL,
      ring_seq bigint NOT NULL DEFAULT 0,
      PRIMARY KEY (call_id, uid)
    )`,
    `CREATE INDEX call_users_by_uid ON call_users (uid, initiated_at DESC, call_id DESC)`,
    `CREATE TABLE call_stays (
      call_id text NOT NULL,
      member_id text NOT NULL,
      uid text NOT NULL,
      is_presenter boolean NOT NULL,
      joined_at bigint NOT NULL,
      left_at bigint,
      reason text,
      audio_ms bigint NOT NULL DEFAULT 0,
      video_ms bigint NOT NULL DEFAULT 0,
      seq bigint NOT NULL,
      PRIMARY KEY (call_id, member_id)
    )`,
    `CREATE INDEX call_stays_by_uid ON call_stays (uid)`,
    `CREATE TABLE call_recordings (
      call_id text NOT NULL,
      member_id text NOT NULL,
      uid text NOT NULL,
      started_at bigint NOT NULL,
      ended_at bigint,
      seq bigint NOT NULL,
      PRIMARY KEY (call_id, member_id, started_at)
    )`,
    `CREATE INDEX call_recordings_by_uid ON call_recordings (uid)`,
  ],
  [
    `CREATE TABLE call_screen_shares (
      call_id text NOT NULL,
      member_id text NOT NULL,
      uid text NOT NULL,
      started_at bigint NOT NULL,
      ended_at bigint,
      seq bigint NOT NULL,
      PRIMARY KEY (call_id, member_id, started_at)
    )`,
    `CREATE INDEX call_screen_shares_by_uid ON call_screen_shares (uid)`,
    // For filters that few calls pass.
    `CREATE INDEX calls_by_group ON calls (receiver_id, initiated_at DESC, call_id DESC) WHERE receiver_type = 'group'`,
    `CREATE INDEX calls_by_status ON calls (status, initiated_at DESC, call_id DESC)`,
    `CREATE INDEX calls_by_category ON calls (category, initiated_at DESC, call_id DESC)`,
    `CREATE INDEX calls_by_type ON calls (type, initiated_at DESC, call_id DESC)`,
    `CREATE INDEX calls_recorded ON calls (initiated_at DESC, call_id DESC) WHERE has_recording`,
    `CREATE INDEX call_users_missed ON call_users (uid, initiated_at DESC, call_id DESC) WHERE state = 'missed'`,
  ],
];

/** An arbitrary number that no other application's advisory lock is likely to have. */
const lockId = 7_305_412_218_061;

/**
 * Brings the schema up to date, or to an older `version`, from which tests upgrade. Safe when several nodes start at once: one
 * migrates, the others wait for it. Rejects if the database was migrated by a newer version of this server.
 */
export async function migrate(database: Database, version = migrations.length): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.query('SELECT pg_advisory_xact_lock($1)', [lockId]);
    await queries.query(
      'CREATE TABLE IF NOT EXISTS call_history_migrations (version integer PRIMARY KEY, applied_at bigint NOT NULL)',
    );
    const done = await currentVersion(queries);
    if (done > migrations.length)
      throw new Error(
        `The call history has schema version ${done}; this server knows up to ${migrations.length}. Start a newer one.`,
      );
    for (const [index, statements] of migrations.slice(0, version).entries()) {
      if (index < done) continue;
      for (const statement of statements) await queries.query(statement);
      await queries.query('INSERT INTO call_history_migrations VALUES ($1, $2)', [index + 1, Date.now()]);
    }
  });
}

async function currentVersion(queries: Queries): Promise<number> {
  const [row] = await queries.query<{ version: number | null }>(
    'SELECT max(version) AS version FROM call_history_migrations',
  );
  return row?.version ?? 0;
}
