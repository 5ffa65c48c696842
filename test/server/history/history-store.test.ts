import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import type { HistoryEntry } from '../../../src/domain/history/history-entry.js';
import { ringEntry } from '../../../src/domain/history/ring-history.js';
import type { RingCall, RingLegState, RingStatus } from '../../../src/domain/ring/ring-call.js';
import { callJson } from '../../../src/server/history/call-json.js';
import type { CallQuery } from '../../../src/server/history/call-query.js';
import { HistoryDatabase } from '../../../src/server/history/database/history-database.js';
import { historyStoreOn } from '../../../src/server/history/history-store.js';
import { readPage, readSession } from '../../../src/server/history/history-reader.js';
import {
  closeCall,
  deleteCallsBefore,
  eraseUser,
  openCalls,
  writeEntries,
} from '../../../src/server/history/history-writer.js';
import { Housekeeping } from '../../../src/server/history/housekeeping.js';
import { migrate } from '../../../src/server/history/database/migrations.js';
import { openPostgres } from '../../../src/server/history/database/postgres-database.js';
import { systemClock } from '../../../src/server/limits/deadline-queue.js';
import { onBothDatabases } from '../harness/history-databases.js';
import { RoomDiary } from '../harness/room-diary.js';

const start = 1_700_000_000_000;

function ring(
  id: string,
  {
    status = 'unanswered',
    leg = 'missed',
    at = start,
    from = 'ada',
    to = 'bob',
    revision = 2,
  }: {
    status?: RingStatus;
    leg?: RingLegState;
    at?: number;
    from?: string;
    to?: string;
    revision?: number;
  } = {},
): HistoryEntry {
  const call: RingCall = {
    ...{ sessionId: `ring-${id}`, keys: [], revision, type: 'video', status, initiatorUid: from },
    receiver: { type: 'user', uid: to },
    legs: [
      { user: user(from), state: 'left', deviceId: null },
      { user: user(to), state: leg, deviceId: null },
    ],
    ...{ initiatedAt: at, expiresAt: at + 45_000, by: null, metadata: null },
    answeredAt: status === 'ended' ? at + 5000 : null,
    endedAt: status === 'initiated' || status === 'ongoing' ? null : at + 65_000,
  };
  return ringEntry(undefined, call, at);
}

const user = (uid: string) => ({ uid, name: uid.toUpperCase(), avatar: `https://a.example/${uid}.png` });
const all: CallQuery = { limit: 30, page: 1, after: null };

onBothDatabases('The store of the call history', ({ database, url }) => {
  afterEach(async () => {
    for (const table of ['calls', 'call_users', 'call_stays', 'call_recordings', 'call_screen_shares'])
      await database().query(`DELETE FROM ${table}`);
  });

  const list = async (query: Partial<CallQuery> = {}, viewer: string | null = null) =>
    (await readPage(database(), { ...all, ...query }, viewer)).calls.map(({ callId }) => callId);

  const meeting = (): RoomDiary => {
    const diary = new RoomDiary('standup', { at: start });
    diary.join('ada', { videoPaused: true }).wait(10_000).join('bob').wait(28_000);
    diary.update('bob', { screenSharing: true }).wait(2000);
    return diary.update('bob', { recording: true }).wait(5000).leave('bob').wait(15_000).leave('ada');
  };

  it('keeps who was in a call, how long, and what was recorded', async () => {
    await writeEntries(database(), meeting().entries);
    const [call] = await readSession(database(), 'standup', null);
    assert.ok(call);
    assert.deepEqual(
      [call.category, call.type, call.status, call.endedAt, call.hasRecording],
      ['meet', 'video', 'ended', start + 60_000, true],
    );
    assert.deepEqual(
      call.stays.map(({ uid, leftAt, audioMs, videoMs }) => ({ uid, leftAt, audioMs, videoMs })),
      [
        { uid: 'ada', leftAt: start + 60_000, audioMs: 60_000, videoMs: 0 },
        { uid: 'bob', leftAt: start + 45_000, audioMs: 0, videoMs: 35_000 },
      ],
    );
    const period = { memberId: 'bob', uid: 'bob', endedAt: start + 45_000 };
    assert.deepEqual(call.recordings, [{ ...period, startedAt: start + 40_000 }]);
    assert.deepEqual(call.screenShares, [{ ...period, startedAt: start + 38_000 }]);
  });

  it('is the same however often, in whatever order and in whatever portions entries arrive', async () => {
    const { entries } = meeting();
    await writeEntries(database(), entries);
    const expected = await readSession(database(), 'standup', null);
    for (const order of [
      [...entries].reverse(),
      [...entries, ...entries],
      [...entries.slice(2), ...entries],
    ]) {
      await database().query('DELETE FROM calls');
      await database().query('DELETE FROM call_stays');
      await database().query('DELETE FROM call_recordings');
      await database().query('DELETE FROM call_screen_shares');
      await database().query('DELETE FROM call_users');
      for (const entry of order) await writeEntries(database(), [entry]);
      assert.deepEqual(await readSession(database(), 'standup', null), expected);
    }
  });

  it('is one call, whether its ringing or its room is heard of first', async () => {
    const room = new RoomDiary('ring-1', { at: start + 5000 });
    room.join('ada').join('bob').wait(60_000).leave('ada').leave('bob');
    const ringing = [
      ring('1', { status: 'initiated', leg: 'ringing', revision: 1 }),
      ring('1', { status: 'ended', leg: 'left', revision: 3 }),
    ];
    for (const order of [
      [...ringing, ...room.entries],
      [...room.entries, ...ringing],
      [...room.entries, ...ringing].reverse(),
    ]) {
      await database().query('DELETE FROM calls');
      await database().query('DELETE FROM call_users');
      for (const entry of order) await writeEntries(database(), [entry]);
      const calls = await readSession(database(), 'ring-1', null);
      assert.equal(calls.length, 1);
      const json = callJson(calls[0] as (typeof calls)[0], { viewer: 'ada', now: start });
      const { status, mode, totalDuration, receiver, initiatedAt } = json as Record<string, unknown>;
      assert.deepEqual(
        { status, mode, totalDuration, receiver, initiatedAt },
        {
          status: 'ended',
          mode: 'call',
          totalDuration: '00:01:00',
          receiver: 'bob',
          initiatedAt: start / 1000,
        },
      );
      assert.deepEqual(await list({}, 'bob'), ['ring-1']);
    }
  });

  it('lists from new to old, page by page, and with a cursor', async () => {
    await writeEntries(
      database(),
      Array.from({ length: 5 }, (_, index) => ring(String(index), { at: start + index })),
    );
    assert.deepEqual(await list({ limit: 2 }), ['ring-4', 'ring-3']);
    assert.deepEqual(await list({ limit: 2, page: 3 }), ['ring-0']);
    const first = await readPage(database(), { ...all, limit: 2 }, 'ada');
    assert.deepEqual(await list({ limit: 2, after: first.next }, 'ada'), ['ring-2', 'ring-1']);
    const last = await readPage(database(), { ...all, limit: 2, page: 3 }, 'ada');
    assert.equal(last.next, null);
  });

  it('filters', async () => {
    await writeEntries(database(), [
      ring('1', { at: start + 1 }),
      ring('2', { at: start + 2, from: 'bob', to: 'ada', status: 'rejected', leg: 'rejected' }),
      ring('3', { at: start + 3, from: 'cid', to: 'ada', status: 'cancelled' }),
      ...meeting().entries,
    ]);
    const cases: readonly [Partial<CallQuery>, string | null, readonly string[]][] = [
      [{ status: 'missed' }, 'ada', ['ring-3']],
      [{ status: 'missed' }, 'bob', ['ring-1']],
      [{ status: 'missed' }, null, ['ring-1']],
      [{ status: 'rejected' }, null, ['ring-2']],
      [{ direction: 'outgoing', category: 'call' }, 'ada', ['ring-1']],
      [{ direction: 'incoming' }, 'ada', ['ring-3', 'ring-2']],
      [{ category: 'meet' }, null, ['call-1']],
      [{ hasRecording: true }, 'bob', ['call-1']],
      [{ hasRecording: false }, 'cid', ['ring-3']],
      [{ type: 'audio' }, null, []],
      [{ uid: 'cid' }, 'ada', ['ring-3']],
      [{ uid: 'cid' }, null, ['ring-3']],
      [{ uid: 'cid' }, 'bob', []],
      [{ guid: 'standup' }, 'bob', ['call-1']],
      [{}, 'stranger', []],
    ];
    for (const [query, viewer, found] of cases)
      assert.deepEqual(await list(query, viewer), found, JSON.stringify({ query, viewer }));
    assert.deepEqual(await readSession(database(), 'standup', 'cid'), []);
  });

  it('erases a user: the others still see that another user was there', async () => {
    await writeEntries(database(), [ring('1'), ring('2', { from: 'bob', to: 'ada' }), ...meeting().entries]);
    assert.equal(await eraseUser(database(), 'bob', 'erased-1'), 3);
    const { calls } = await readPage(database(), all, null);
    // In this test participant ids are like uids; on a server they are random.
    const text = JSON.stringify(
      calls.map((call) => callJson(call, { viewer: null, now: start })),
      (key, value: unknown) => (key === 'deviceId' || key === 'rid' ? undefined : value),
    );
    assert.ok(!/bob/i.test(text), text);
    assert.deepEqual((await list({}, 'ada')).sort(), ['call-1', 'ring-1', 'ring-2']);
    assert.deepEqual(await list({}, 'bob'), []);
  });

  it('takes any text', async () => {
    const diary = new RoomDiary('a\u0000b\ud800', { at: start });
    await writeEntries(database(), diary.join('ada').entries);
    assert.deepEqual(await list({}, 'ada'), ['call-1']);
  });

  it('ends calls whose server is gone, and reopens one to which a participant returns', async () => {
    const diary = new RoomDiary('standup', { at: start });
    diary.join('ada').wait(10_000).join('bob');
    await writeEntries(database(), diary.entries);
    const [open] = await openCalls(database(), start + 60_000, 10);
    assert.equal(open?.call_id, 'call-1');
    await closeCall(database(), 'call-1', start + 600_000);
    const [closed] = await readSession(database(), 'standup', null);
    assert.deepEqual([closed?.status, closed?.endedAt], ['ended', start + 10_000]);
    assert.deepEqual(
      closed?.stays.map(({ leftAt }) => leftAt),
      [start + 10_000, start + 10_000],
    );
    const { call } = diary.room;
    assert.ok(call);
    const returned = new RoomDiary('standup', { at: start + 700_000, continued: call });
    await writeEntries(database(), returned.join('ada').entries);
    const [reopened] = await readSession(database(), 'standup', null);
    assert.deepEqual([reopened?.status, reopened?.endedAt, reopened?.initiatorUid], ['ongoing', null, 'ada']);
  });

  it('housekeeping leaves live calls alone and deletes what is too old', async () => {
    const now = Date.now();
    await writeEntries(database(), [
      ...new RoomDiary('live', { at: now - 600_000 }).join('ada').entries,
      ring('gone', { at: now - 600_000, status: 'initiated', leg: 'ringing' }),
      ring('old', { at: now - 40 * 86_400_000 }),
    ]);
    await new Housekeeping({
      config: { historyDays: 30, graceMs: 1000 },
      clock: systemClock,
      log: (level, event, fields) => assert.fail(JSON.stringify({ level, event, fields })),
      store: historyStoreOn({ open: () => Promise.resolve(database()), close: () => Promise.resolve() }),
      isLive: ({ sessionId }) => Promise.resolve(sessionId === 'live'),
      signal: new AbortController().signal,
    }).run();
    const { calls } = await readPage(database(), all, null);
    assert.deepEqual(calls.map(({ sessionId, status }) => `${sessionId} ${status}`).sort(), [
      'live ongoing',
      'ring-gone unanswered',
    ]);
    assert.equal(await deleteCallsBefore(database(), now, 10), 1);
  });

  it('is migrated once, by whichever node comes first', async () => {
    await Promise.all([migrate(database()), migrate(database())]);
    const databaseUrl = url();
    if (databaseUrl === undefined) return;
    await database().query('CREATE DATABASE nodes');
    const nodes = Array.from(
      { length: 6 },
      () =>
        new HistoryDatabase({ databaseUrl: databaseUrl.replace(/\/postgres$/, '/nodes') }, () => undefined),
    );
    await Promise.all(nodes.map((node) => node.open()));
    await Promise.all(nodes.map((node) => node.close()));
  });

  it('is brought up to date from the first version, and keeps what is in it', async (context) => {
    const databaseUrl = url();
    if (databaseUrl === undefined) return context.skip('needs a second database');
    await database().query('CREATE DATABASE older');
    const older = openPostgres(databaseUrl.replace(/\/postgres$/, '/older'), assert.fail);
    await migrate(older, 1);
    const [before] = await older.query('SELECT max(version) AS version FROM call_history_migrations');
    assert.deepEqual(before, { version: 1 });
    await older.query(
      `INSERT INTO calls VALUES ('c', 'old', 'meet', 'video', 'ended', 'ada', 'group', 'old', 'old', 1, NULL, 1, 2, 2, 0, false, 1, 0, 2)`,
    );
    await Promise.all([migrate(older), migrate(older)]);
    const [call] = await readSession(older, 'old', null);
    assert.deepEqual([call?.callId, call?.screenShares], ['c', []]);
    await older.close();
  });

  it('refuses a database of a newer version', async () => {
    await database().query('INSERT INTO call_history_migrations VALUES (1000, 0)');
    await assert.rejects(migrate(database()), /schema version 1000/);
    await database().query('DELETE FROM call_history_migrations WHERE version = 1000');
  });
});
