import type { HistoryEntry } from '../../domain/history/history-entry.js';
import type { Database, Queries } from './database/database.js';
import { rowsOf, type HistoryRows } from './database/history-rows.js';

/**
 * One statement per table. Each takes its rows as one JSON array. A row that the table has from a later entry stays as
 * it is: writing the same entries again, or late, changes nothing.
 */
const statements: { readonly [Table in keyof HistoryRows]: string } = {
  roomCalls: `
    INSERT INTO calls (call_id, session_id, category, type, status, initiator_uid, receiver_type, receiver_id,
      receiver_name, initiated_at, started_at, emptied_at, ended_at, video_ms, has_recording, room_seq, updated_at)
    SELECT call_id, session_id, category, type, CASE WHEN ended_at IS NULL THEN 'ongoing' ELSE 'ended' END,
      initiator_uid, 'group', session_id, session_id, initiated_at, initiated_at, ended_at, ended_at, video_ms,
      has_recording, seq, updated_at
    FROM jsonb_to_recordset($1::jsonb) AS r (call_id text, session_id text, category text, type text,
      initiator_uid text, initiated_at bigint, ended_at bigint, video_ms bigint, has_recording boolean, seq bigint,
      updated_at bigint)
    ON CONFLICT (call_id) DO UPDATE SET
      category = CASE WHEN calls.ring_seq > 0 THEN calls.category ELSE excluded.category END,
      type = CASE WHEN excluded.type = 'video' THEN 'video' ELSE calls.type END,
      status = CASE WHEN calls.ring_seq > 0 THEN calls.status ELSE excluded.status END,
      started_at = coalesce(calls.started_at, excluded.started_at),
      emptied_at = excluded.emptied_at,
      ended_at = CASE WHEN calls.ring_seq > 0 THEN calls.ended_at ELSE excluded.ended_at END,
      video_ms = greatest(calls.video_ms, excluded.video_ms),
      has_recording = calls.has_recording OR excluded.has_recording,
      room_seq = excluded.room_seq,
      updated_at = greatest(calls.updated_at, excluded.updated_at)
    WHERE excluded.room_seq > calls.room_seq`,
  ringCalls: `
    INSERT INTO calls (call_id, session_id, category, type, status, initiator_uid, receiver_type, receiver_id,
      receiver_name, initiated_at, answered_at, ended_at, ring_seq, updated_at)
    SELECT call_id, session_id, 'call', type, status, initiator_uid, receiver_type, receiver_id, receiver_name,
      initiated_at, answered_at, ended_at, seq, updated_at
    FROM jsonb_to_recordset($1::jsonb) AS r (call_id text, session_id text, type text, status text,
      initiator_uid text, receiver_type text, receiver_id text, receiver_name text, initiated_at bigint,
      answered_at bigint, ended_at bigint, seq bigint, updated_at bigint)
    ON CONFLICT (call_id) DO UPDATE SET
      category = 'call',
      type = CASE WHEN calls.type = 'video' THEN 'video' ELSE excluded.type END,
      status = excluded.status,
      initiator_uid = excluded.initiator_uid,
      receiver_type = excluded.receiver_type,
      receiver_id = excluded.receiver_id,
      receiver_name = excluded.receiver_name,
      initiated_at = excluded.initiated_at,
      answered_at = excluded.answered_at,
      ended_at = excluded.ended_at,
      ring_seq = excluded.ring_seq,
      updated_at = greatest(calls.updated_at, excluded.updated_at)
    WHERE excluded.ring_seq > calls.ring_seq`,
  users: `
    INSERT INTO call_users (call_id, uid, name, avatar, state, initiated_at, ring_seq)
    SELECT call_id, uid, name, avatar, state, initiated_at, ring_seq
    FROM jsonb_to_recordset($1::jsonb) AS r (call_id text, uid text, name text, avatar text, state text,
      initiated_at bigint, ring_seq bigint)
    ON CONFLICT (call_id, uid) DO UPDATE SET
      name = excluded.name,
      avatar = excluded.avatar,
      state = CASE WHEN call_users.state = 'joined' THEN call_users.state ELSE excluded.state END,
      initiated_at = CASE WHEN excluded.ring_seq > 0 THEN excluded.initiated_at ELSE call_users.initiated_at END,
      ring_seq = greatest(call_users.ring_seq, excluded.ring_seq)
    WHERE (excluded.ring_seq = 0 AND call_users.state <> 'joined') OR excluded.ring_seq > call_users.ring_seq`,
  stays: `
    INSERT INTO call_stays (call_id, member_id, uid, is_presenter, joined_at, left_at, reason, audio_ms, video_ms, seq)
    SELECT call_id, member_id, uid, is_presenter, joined_at, left_at, reason, audio_ms, video_ms, seq
    FROM jsonb_to_recordset($1::jsonb) AS r (call_id text, member_id text, uid text, is_presenter boolean,
      joined_at bigint, left_at bigint, reason text, audio_ms bigint, video_ms bigint, seq bigint)
    ON CONFLICT (call_id, member_id) DO UPDATE SET
      left_at = excluded.left_at,
      reason = excluded.reason,
      audio_ms = greatest(call_stays.audio_ms, excluded.audio_ms),
      video_ms = greatest(call_stays.video_ms, excluded.video_ms),
      seq = excluded.seq
    WHERE excluded.seq > call_stays.seq`,
  recordings: writePeriods('call_recordings'),
  screenShares: writePeriods('call_screen_shares'),
};

/** Those of a table that has recordings or screen shares. */
function writePeriods(table: string): string {
  return `
    INSERT INTO ${table} AS kept (call_id, member_id, uid, started_at, ended_at, seq)
    SELECT call_id, member_id, uid, started_at, ended_at, seq
    FROM jsonb_to_recordset($1::jsonb) AS r (call_id text, member_id text, uid text, started_at bigint,
      ended_at bigint, seq bigint)
    ON CONFLICT (call_id, member_id, started_at) DO UPDATE SET ended_at = excluded.ended_at, seq = excluded.seq
    WHERE excluded.seq > kept.seq`;
}

/** The tables that have something of a call beside the call itself; all of them know a user's uid. */
const partTables = ['call_users', 'call_stays', 'call_recordings', 'call_screen_shares'] as const;

/** Writes entries, in one transaction. The same entries may be written any number of times, in any order. */
export async function writeEntries(database: Database, entries: readonly HistoryEntry[]): Promise<void> {
  const rows = rowsOf(entries);
  await database.transaction(async (queries) => {
    for (const table of Object.keys(statements) as (keyof HistoryRows)[])
      if (rows[table].length > 0) await queries.query(statements[table], [jsonText(rows[table])]);
  });
}

/** PostgreSQL refuses two texts that JavaScript allows: those with U+0000 and those with half a surrogate pair. */
function jsonText(rows: readonly object[]): string {
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '') : value,
  );
}

/** The calls that no entry has ended, and to which nothing was added since `before` (ms since 1970). */
export async function openCalls(
  queries: Queries,
  before: number,
  limit: number,
): Promise<readonly { readonly call_id: string; readonly session_id: string }[]> {
  return queries.query(
    `SELECT call_id, session_id FROM calls WHERE ended_at IS NULL AND updated_at < $1 ORDER BY updated_at LIMIT $2`,
    [before, limit],
  );
}

/** Ends a call whose server is gone, at the last moment that is known of it. A participant who returns reopens it. */
export async function closeCall(database: Database, callId: string, now: number): Promise<void> {
  await database.transaction(async (queries) => {
    const [call] = await queries.query<{ known_at: number }>(
      `UPDATE calls SET
         ended_at = coalesce(emptied_at, updated_at),
         emptied_at = CASE WHEN started_at IS NULL THEN NULL ELSE coalesce(emptied_at, updated_at) END,
         status = CASE status WHEN 'ongoing' THEN 'ended' WHEN 'initiated' THEN 'unanswered' ELSE status END,
         updated_at = $2
       WHERE call_id = $1 AND ended_at IS NULL RETURNING ended_at AS known_at`,
      [callId, now],
    );
    if (!call) return;
    await queries.query(
      `UPDATE call_stays SET left_at = greatest(joined_at, $2::bigint), reason = 'disconnected',
         audio_ms = greatest(audio_ms, greatest(joined_at, $2::bigint) - joined_at - video_ms)
       WHERE call_id = $1 AND left_at IS NULL`,
      [callId, call.known_at],
    );
    await queries.query(`UPDATE call_users SET state = 'missed' WHERE call_id = $1 AND state = 'invited'`, [
      callId,
    ]);
    for (const table of ['call_recordings', 'call_screen_shares'])
      await queries.query(
        `UPDATE ${table} SET ended_at = greatest(started_at, $2::bigint) WHERE call_id = $1 AND ended_at IS NULL`,
        [callId, call.known_at],
      );
  });
}

/** Deletes calls that were placed before `time` (ms since 1970), at most `limit` of them. Resolves with the number. */
export async function deleteCallsBefore(database: Database, time: number, limit: number): Promise<number> {
  return database.transaction(async (queries) => {
    const deleted = await queries.query<{ call_id: string }>(
      `DELETE FROM calls WHERE call_id IN
         (SELECT call_id FROM calls WHERE initiated_at < $1 AND ended_at IS NOT NULL ORDER BY initiated_at LIMIT $2)
       RETURNING call_id`,
      [time, limit],
    );
    const ids = JSON.stringify(deleted.map(({ call_id }) => call_id));
    for (const table of partTables)
      await queries.query(
        `DELETE FROM ${table} WHERE call_id IN (SELECT jsonb_array_elements_text($1::jsonb))`,
        [ids],
      );
    return deleted.length;
  });
}

/**
 * Erases a user. In calls with others, the uid `replacement`, without name and picture, takes the user’s place.
 * Resolves with the number of calls concerned.
 */
export async function eraseUser(database: Database, uid: string, replacement: string): Promise<number> {
  return database.transaction(async (queries) => {
    const calls = await queries.query(
      `UPDATE call_users SET uid = $2, name = '', avatar = '' WHERE uid = $1 RETURNING call_id`,
      [uid, replacement],
    );
    for (const table of partTables)
      await queries.query(`UPDATE ${table} SET uid = $2 WHERE uid = $1`, [uid, replacement]);
    const ids = JSON.stringify(calls.map(({ call_id }) => call_id));
    const concerned = `call_id IN (SELECT jsonb_array_elements_text($1::jsonb))`;
    await queries.query(`UPDATE calls SET initiator_uid = $3 WHERE ${concerned} AND initiator_uid = $2`, [
      ids,
      uid,
      replacement,
    ]);
    await queries.query(
      `UPDATE calls SET receiver_id = $3, receiver_name = ''
       WHERE ${concerned} AND receiver_type = 'user' AND receiver_id = $2`,
      [ids, uid, replacement],
    );
    return calls.length;
  });
}
