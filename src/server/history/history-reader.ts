import type { Queries, Row } from './database/database.js';
import { pageStatement, type CallPosition, type CallQuery } from './call-query.js';

/** A call with everything the history knows of it. Times are ms since 1970. */
export interface CallRecord {
  readonly callId: string;
  readonly sessionId: string;
  readonly category: string;
  readonly type: string;
  readonly status: string;
  readonly initiatorUid: string;
  readonly receiver: { readonly type: 'user' | 'group'; readonly id: string; readonly name: string };
  readonly initiatedAt: number;
  readonly answeredAt: number | null;
  readonly startedAt: number | null;
  /** When the last participant left. */
  readonly emptiedAt: number | null;
  readonly endedAt: number | null;
  readonly videoMs: number;
  readonly hasRecording: boolean;
  readonly users: readonly RecordedUser[];
  readonly stays: readonly RecordedStay[];
  readonly recordings: readonly RecordedPeriod[];
  readonly screenShares: readonly RecordedPeriod[];
}

export interface RecordedUser {
  readonly uid: string;
  readonly name: string;
  readonly avatar: string;
  readonly state: string;
}

export interface RecordedStay {
  readonly memberId: string;
  readonly uid: string;
  readonly isPresenter: boolean;
  readonly joinedAt: number;
  readonly leftAt: number | null;
  /** Why they left; see `LeaveReason`. */
  readonly reason: string | null;
  readonly audioMs: number;
  readonly videoMs: number;
}

/** A recording or a screen share. */
export interface RecordedPeriod {
  readonly memberId: string;
  readonly uid: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** Calls from the newest to the oldest. */
export interface CallPage {
  readonly calls: readonly CallRecord[];
  /** Where the next page begins; `null` if this is the last one. */
  readonly next: CallPosition | null;
}

/** Reads a page. With a `viewer`, only calls that this user was part of or invited to. */
export async function readPage(queries: Queries, query: CallQuery, viewer: string | null): Promise<CallPage> {
  const { sql, parameters } = pageStatement(query, viewer);
  const found = await queries.query<{ call_id: string; initiated_at: number }>(sql, parameters);
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  return {
    calls: await readCalls(
      queries,
      page.map(({ call_id }) => call_id),
    ),
    next:
      last && found.length > page.length ? { initiatedAt: last.initiated_at, callId: last.call_id } : null,
  };
}

/** Reads the calls of a session, the newest first. With a `viewer`, only those of this user. */
export async function readSession(
  queries: Queries,
  sessionId: string,
  viewer: string | null,
): Promise<readonly CallRecord[]> {
  const found = await queries.query<{ call_id: string }>(
    `SELECT c.call_id FROM calls c WHERE c.session_id = $1 AND ($2::text IS NULL OR EXISTS
       (SELECT FROM call_users u WHERE u.call_id = c.call_id AND u.uid = $2))
     ORDER BY c.initiated_at DESC, c.call_id DESC LIMIT 100`,
    [sessionId, viewer],
  );
  return readCalls(
    queries,
    found.map(({ call_id }) => call_id),
  );
}

async function readCalls(queries: Queries, ids: readonly string[]): Promise<readonly CallRecord[]> {
  if (ids.length === 0) return [];
  const read = (table: string, order: string): Promise<readonly CallPartRow[]> =>
    queries.query<CallPartRow>(partStatement(table, order), [JSON.stringify(ids)]);
  const [calls, users, stays, recordings, screenShares] = await Promise.all([
    read('calls', 'call_id'),
    read('call_users', 'uid'),
    read('call_stays', 'joined_at, member_id'),
    read('call_recordings', 'started_at, member_id'),
    read('call_screen_shares', 'started_at, member_id'),
  ]);
  const byId = new Map(calls.map((row) => [row.call_id, row]));
  const parts = {
    ...{ users: byCall(users), stays: byCall(stays) },
    ...{ recordings: byCall(recordings), screenShares: byCall(screenShares) },
  };
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return [
      {
        ...toCall(row),
        users: (parts.users.get(id) ?? []).map(toUser),
        stays: (parts.stays.get(id) ?? []).map(toStay),
        recordings: (parts.recordings.get(id) ?? []).map(toPeriod),
        screenShares: (parts.screenShares.get(id) ?? []).map(toPeriod),
      },
    ];
  });
}

/** The statement that reads the rows of the calls whose ids are its parameter, a JSON array. */
export function partStatement(table: string, order: string): string {
  return `SELECT * FROM ${table} WHERE call_id IN (SELECT jsonb_array_elements_text($1::jsonb)) ORDER BY ${order}`;
}

/** A row of any of the tables. */
interface CallPartRow extends Row {
  readonly call_id: string;
}

function byCall(rows: readonly CallPartRow[]): ReadonlyMap<string, readonly CallPartRow[]> {
  const groups = new Map<string, CallPartRow[]>();
  for (const row of rows) {
    const group = groups.get(row.call_id);
    if (group) group.push(row);
    else groups.set(row.call_id, [row]);
  }
  return groups;
}

function toCall(row: Row): Omit<CallRecord, 'users' | 'stays' | 'recordings' | 'screenShares'> {
  return {
    callId: text(row.call_id),
    sessionId: text(row.session_id),
    category: text(row.category),
    type: text(row.type),
    status: text(row.status),
    initiatorUid: text(row.initiator_uid),
    receiver: {
      type: row.receiver_type === 'user' ? 'user' : 'group',
      id: text(row.receiver_id),
      name: text(row.receiver_name),
    },
    initiatedAt: Number(row.initiated_at),
    answeredAt: timeOf(row.answered_at),
    startedAt: timeOf(row.started_at),
    emptiedAt: timeOf(row.emptied_at),
    endedAt: timeOf(row.ended_at),
    videoMs: Number(row.video_ms),
    hasRecording: row.has_recording === true,
  };
}

function toUser({ uid, name, avatar, state }: Row): RecordedUser {
  return { uid: text(uid), name: text(name), avatar: text(avatar), state: text(state) };
}

function toStay(row: Row): RecordedStay {
  return {
    memberId: text(row.member_id),
    uid: text(row.uid),
    isPresenter: row.is_presenter === true,
    joinedAt: Number(row.joined_at),
    leftAt: timeOf(row.left_at),
    reason: typeof row.reason === 'string' ? row.reason : null,
    audioMs: Number(row.audio_ms),
    videoMs: Number(row.video_ms),
  };
}

function toPeriod(row: Row): RecordedPeriod {
  return {
    memberId: text(row.member_id),
    uid: text(row.uid),
    startedAt: Number(row.started_at),
    endedAt: timeOf(row.ended_at),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function timeOf(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
