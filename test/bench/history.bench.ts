// The call history on PostgreSQL: `npm run bench -- history`. What a join takes with and without it at a thousand calls a second, and
// how long a page out of a million calls takes in the database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialParticipantState } from '../../src/domain/call/participant.js';
import type { HistoryEntry } from '../../src/domain/history/history-entry.js';
import { protocolVersion, type ClientMessage } from '../../src/protocol/messages.js';
import { createCallToken } from '../../src/server/auth/call-tokens.js';
import { checkConfig } from '../../src/server/config/server-config.js';
import type { Connection } from '../../src/server/connections/connection.js';
import { pageStatement, type CallQuery } from '../../src/server/history/call-query.js';
import { HistoryDatabase } from '../../src/server/history/database/history-database.js';
import { partStatement } from '../../src/server/history/history-reader.js';
import { HistoryThread } from '../../src/server/history/history-thread.js';
import { Journal } from '../../src/server/history/journal/journal.js';
import { Outbox } from '../../src/server/history/journal/outbox.js';
import { systemClock } from '../../src/server/limits/deadline-queue.js';
import { createMetrics } from '../../src/server/monitoring/metrics.js';
import { MemoryUsedTokens } from '../../src/server/auth/used-tokens.js';
import { MemoryRoomStore } from '../../src/server/rooms/room-store.js';
import { RoomService } from '../../src/server/rooms/room-service.js';
import { RoomDiary } from '../server/harness/room-diary.js';
import { startPostgres } from '../tools/run/services/ensure-postgres.mjs';

const seconds = Number(process.env.BENCH_SECONDS ?? 60);
/** What is written to the history, and how many calls of them are made with real joins, which are measured. */
const callsPerSecond = Number(process.env.BENCH_CALLS ?? 1000);
const joinedPerSecond = Number(process.env.BENCH_JOINED ?? 20);
const million = Number(process.env.BENCH_STORED ?? 1_000_000);

// In both kinds of run: on a server of its own, as it would be, it takes no processor from the calls.
const postgres = await startPostgres({ niceness: 15 });
if (!postgres) process.exit(0);
const history = new HistoryDatabase({ databaseUrl: postgres.url }, (error) => console.error(error.message));
const database = await history.open();

/** The thread that writes, as it is built. */
const script = new URL('../../dist/server/chunks/history-worker.js', import.meta.url);

const secret = 'a secret for benchmarks, of enough bytes';
/** Calls that may be going on at once; each has a session and two users of its own. */
const pairs = 500;

/** The entries of a call of two: joins, leaves. */
const pattern = new RoomDiary('session', { at: Date.now() })
  .join('u')
  .join('v')
  .leave('u')
  .leave('v').entries;

let copies = 0;
const entriesOfCall = (): readonly HistoryEntry[] => {
  const number = copies++;
  return pattern.map((entry) => ({ ...entry, callId: `copy-${number}` }));
};

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** A client without a socket. `ask` resolves with the answer. */
function client(service: RoomService, id: string) {
  let answered: (text: string) => void = () => undefined;
  const connection: Connection = {
    ...{ id, open: true, fellSilent: false, hasSpoken: true, origin: '', waitingBytes: 0 },
    send: (text) => {
      if (text.startsWith('{"type":"ack"')) answered(text);
      return true;
    },
    close: () => undefined,
  };
  return (message: ClientMessage): Promise<string> =>
    new Promise((resolve) => {
      answered = resolve;
      void service.receive(connection, message, JSON.stringify(message));
    });
}

async function joins(url: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'history-bench-'));
  let [written, failed, most] = [0, 0, 0];
  const store = new HistoryThread({ databaseUrl: url }, (error) => console.error(error.message), script);
  const outbox = new Outbox({
    write: (lines) => store.write(lines),
    journal: new Journal(folder),
    clock: systemClock,
    log: (_level, event, fields) => console.error(event, fields),
    counters: {
      written: (count) => (written += count),
      dropped: () => undefined,
      failed: () => (failed += 1),
    },
  });
  let isKept = false;
  const keep = (entries: readonly HistoryEntry[]): void => (isKept ? outbox.record(entries) : undefined);
  const none = (): number => 0;
  const service = new RoomService({
    ...{ config: checkConfig({ secret, port: 0 }), clock: systemClock },
    ...{ store: new MemoryRoomStore(), usedTokens: new MemoryUsedTokens() },
    metrics: createMetrics({ connections: none, rooms: none, participants: none, historyPending: none }),
    log: (level, event, fields) => level === 'error' && console.error(event, fields),
    history: { record: (entries) => keep(entries) },
    acceptsIssuer: () => true,
    authorize: () => Promise.resolve(),
    signal: new AbortController().signal,
  });
  const tokens = await Promise.all(
    Array.from({ length: pairs }, (_, pair) =>
      Promise.all(
        ['u', 'v'].map((who) =>
          createCallToken({ secret, sessionId: `session-${pair}`, user: { uid: `${who}${pair}` } }),
        ),
      ),
    ),
  );
  let connections = 0;

  /** Two join, then leave. */
  const call = async (pair: number, took: number[]): Promise<void> => {
    const members = (tokens[pair] ?? []).map((token) => ({
      token,
      ask: client(service, `c${connections++}`),
    }));
    for (const { token, ask } of members) {
      const began = performance.now();
      const state = initialParticipantState;
      const answer = await ask({ type: 'join', id: 1, protocol: protocolVersion, token, state });
      if (answer.includes('"error"')) throw new Error(answer);
      took.push(performance.now() - began);
    }
    for (const { ask } of members) await ask({ type: 'leave', id: 2 });
  };

  const run = async (title: string, duration: number, kept: boolean): Promise<number> => {
    isKept = kept;
    const took: number[] = [];
    const running = new Set<Promise<void>>();
    const began = performance.now();
    let [calls, copied] = [0, 0];
    const due = (rate: number): number => Math.floor(((performance.now() - began) / 1000) * rate);
    while (performance.now() - began < duration * 1000) {
      while (calls < due(joinedPerSecond) && running.size < pairs) {
        const one = call(calls++ % pairs, took).finally(() => running.delete(one));
        running.add(one);
      }
      // Each step of a call is recorded by itself, as the server does. Made in both kinds of run, kept in one.
      for (; copied < due(callsPerSecond - joinedPerSecond); copied++)
        for (const entry of entriesOfCall()) keep([entry]);
      most = Math.max(most, kept ? outbox.pending : 0);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await Promise.all(running);
    const rate = (calls + copied) / ((performance.now() - began) / 1000);
    const [middle, p99] = [percentile(took, 0.5), percentile(took, 0.99)];
    console.log(
      `${title}: ${calls + copied} calls, ${rate.toFixed(0)} a second; a join takes ${middle.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
    );
    return p99;
  };

  await run('warming up', Math.min(5, seconds), true);
  await outbox.settled(60_000);
  // Alternately, so that what else the machine does concerns both alike.
  const [without, with_]: [number[], number[]] = [[], []];
  for (let round = 1; round <= 3; round++) {
    without.push(await run(`${round} without history`, seconds, false));
    const before = written;
    with_.push(await run(`${round} with history`, seconds, true));
    const ended = performance.now();
    await outbox.settled(60_000);
    const late = ((performance.now() - ended) / 1000).toFixed(1);
    console.log(
      `  ${written - before} entries written, the last ${late} s after the end; most waiting: ${most}; ${failed} failures`,
    );
  }
  const ratio = percentile(with_, 0.5) / percentile(without, 0.5);
  console.log(`p99 of a join with history is ${ratio.toFixed(2)} times the one without (medians of three)`);
  await outbox.close(1000);
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A million calls: a thousand users with a thousand calls each, a heavy user, and what few filters let through. */
async function fill(): Promise<void> {
  await database.query('TRUNCATE calls, call_users, call_stays, call_recordings, call_screen_shares');
  const chunk = 50_000;
  for (let from = 1; from <= million; from += chunk) {
    const range = [from, from + chunk - 1];
    await database.query(
      `INSERT INTO calls (call_id, session_id, category, type, status, initiator_uid, receiver_type, receiver_id,
         receiver_name, initiated_at, ended_at, has_recording, updated_at)
       SELECT 'c' || n, 's' || n, CASE WHEN n % 50021 = 0 THEN 'presenter' ELSE 'call' END,
         CASE WHEN n % 3 = 0 THEN 'audio' ELSE 'video' END,
         CASE WHEN n % 20011 = 0 THEN 'busy' WHEN n % 7 = 0 THEN 'unanswered' ELSE 'ended' END,
         'u' || n % 1000, CASE WHEN n % 40009 = 0 THEN 'group' ELSE 'user' END,
         CASE WHEN n % 40009 = 0 THEN 'team' ELSE 'v' || n % 1000 END, '', n, n, n % 30011 = 0, n
       FROM generate_series($1::int, $2::int) n`,
      range,
    );
    await database.query(
      `INSERT INTO call_users (call_id, uid, name, avatar, state, initiated_at)
       SELECT 'c' || n, who, who, '', CASE WHEN n % 7 = 0 AND who LIKE 'v%' THEN 'missed' ELSE 'joined' END, n
       FROM generate_series($1::int, $2::int) n,
         LATERAL (VALUES ('u' || n % 1000), ('v' || n % 1000), ('heavy')) w(who) WHERE who <> 'heavy' OR n % 20 = 0`,
      range,
    );
    await database.query(
      `INSERT INTO call_stays (call_id, member_id, uid, is_presenter, joined_at, left_at, seq)
       SELECT 'c' || n, who || n, who || n % 1000, false, n, n + 1, 1
       FROM generate_series($1::int, $2::int) n, (VALUES ('u'), ('v')) w(who)`,
      range,
    );
  }
  for (const table of ['calls', 'call_users', 'call_stays', 'call_recordings', 'call_screen_shares'])
    await database.query(`VACUUM ANALYZE ${table}`);
}

interface Plan {
  readonly Plan: { readonly [field: string]: unknown };
  readonly 'Planning Time': number;
  readonly 'Execution Time': number;
}

async function timed(sql: string, parameters: readonly unknown[]): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < 3; run++) {
    const [row] = await database.query<{ 'QUERY PLAN': readonly [Plan] | string }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
      parameters,
    );
    const plan = row?.['QUERY PLAN'];
    const [{ 'Planning Time': planning, 'Execution Time': execution }] = (
      typeof plan === 'string' ? JSON.parse(plan) : plan
    ) as readonly [Plan];
    least = Math.min(least, planning + execution);
  }
  return least;
}

async function read(): Promise<void> {
  await fill();
  const plain: CallQuery = { limit: 30, page: 1, after: null };
  const middle = { initiatedAt: million / 2, callId: `c${million / 2}` };
  const cases: readonly (readonly [string, CallQuery, string | null])[] = [
    ['a page of a user', plain, 'u7'],
    ['a later page, by cursor', { ...plain, after: middle }, 'u7'],
    ['the tenth page, by number', { ...plain, page: 10 }, 'u7'],
    ['missed calls of a user', { ...plain, status: 'missed' }, 'v7'],
    ['outgoing calls of a user', { ...plain, direction: 'outgoing' }, 'u7'],
    ['incoming calls of a user: none', { ...plain, direction: 'incoming' }, 'u7'],
    ['busy calls of a user: none', { ...plain, status: 'busy' }, 'u7'],
    ['calls of a user with another one', { ...plain, uid: 'v7' }, 'u7'],
    ['calls of a user to a group: none', { ...plain, guid: 'team' }, 'u7'],
    ['a page of a user with 50,000 calls', plain, 'heavy'],
    ['busy calls of that user: three', { ...plain, status: 'busy' }, 'heavy'],
    ['a page of all calls', { ...plain, limit: 100 }, null],
    ['a later page of all, by cursor', { ...plain, limit: 100, after: middle }, null],
    ['all with a recording', { ...plain, hasRecording: true }, null],
    ['all audio calls', { ...plain, type: 'audio' }, null],
    ['all busy calls', { ...plain, status: 'busy' }, null],
    ['all presentations', { ...plain, category: 'presenter' }, null],
    ['all calls to a group', { ...plain, guid: 'team' }, null],
    ['all calls to an unknown group', { ...plain, guid: 'nobody' }, null],
    ['all that nobody answered', { ...plain, status: 'missed' }, null],
  ];
  console.log('\nms in the database for a page: finding it + reading its calls');
  for (const [title, query, viewer] of cases) {
    const { sql, parameters } = pageStatement(query, viewer);
    const found = await timed(sql, parameters);
    const ids = (await database.query<{ call_id: string }>(sql, parameters)).map(({ call_id }) => call_id);
    let details = 0;
    for (const [table, order] of [
      ['calls', 'call_id'],
      ['call_users', 'uid'],
      ['call_stays', 'joined_at, member_id'],
      ['call_recordings', 'started_at, member_id'],
      ['call_screen_shares', 'started_at, member_id'],
    ] as const)
      details += await timed(partStatement(table, order), [JSON.stringify(ids.slice(0, query.limit))]);
    console.log(
      `${(found + details).toFixed(2).padStart(8)}  ${found.toFixed(2)} + ${details.toFixed(2)}  ${title} (${ids.length} ids)`,
    );
  }
  for (const [title, query, viewer] of [cases[0], cases[9], cases[11]].flatMap((one) => (one ? [one] : []))) {
    const { sql, parameters } = pageStatement(query, viewer);
    const plan = await database.query<Record<string, string>>(
      `EXPLAIN (ANALYZE, BUFFERS) ${sql}`,
      parameters,
    );
    console.log(`\n${title}\n${plan.map((row) => `  ${row['QUERY PLAN']}`).join('\n')}`);
  }
}

if (seconds > 0) await joins(postgres.url);
await read();
await history.close();
await postgres.stop();
process.exit(0);
