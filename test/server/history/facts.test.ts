import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import { RingClient } from '../harness/ring-client.js';
import { onBothDatabases } from '../harness/history-databases.js';
import { startServer, type TestServer } from '../harness/test-server.js';
import { apiKey } from '../harness/server-process.js';

interface CallOfHistory {
  readonly participants: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

onBothDatabases('What a server tells of a call', ({ url }) => {
  let server: TestServer | undefined;
  afterEach(async () => server?.stop());

  const start = async (): Promise<TestServer> => {
    const databaseUrl = url();
    // Without a URL, the history is in this process.
    const place = databaseUrl === undefined ? { dev: true } : { databaseUrl };
    return (server = await startServer({ apiKey, graceMs: 50, ...place }));
  };
  const read = async (sessionId: string): Promise<CallOfHistory> => {
    const response = await fetch(`${server?.url}/v3.0/calls/${sessionId}`, { headers: { apiKey } });
    const { data } = (await response.json()) as { readonly data: readonly CallOfHistory[] };
    assert.equal(data.length, 1);
    return data[0] as CallOfHistory;
  };
  const pick = (call: CallOfHistory, ...fields: readonly string[]): readonly unknown[] =>
    call.participants.map((one) => ['uid', ...fields].map((field) => one[field]));

  it('participants with their leave reasons and video time, and what was shared and recorded', async () => {
    const { member, connect, token } = await start();
    const before = Math.floor(Date.now() / 1000);
    const ada = await member('ada', 'facts');
    const bob = await connect();
    await bob.join(await token('bob', 'facts'), { state: { videoPaused: true } });
    const cyd = await member('cyd', 'facts');
    const dan = await member('dan', 'facts');
    await ada.client.request({ type: 'update', changes: { screenSharing: true } });
    await ada.client.request({ type: 'update', changes: { recording: true } });
    await ada.client.request({ type: 'update', changes: { screenSharing: false } });
    await cyd.client.request({ type: 'leave' });
    dan.client.socket.terminate();
    await ada.client.receives('participant-left');
    await ada.client.receives('participant-left');
    await ada.client.request({ type: 'end-session' });

    const call = await read('facts');
    const { status, mode, type, initiator, hasRecording, totalParticipants } = call;
    assert.deepEqual(
      { status, mode, type, initiator, hasRecording, totalParticipants },
      {
        ...{ status: 'ended', mode: 'meet', type: 'video', initiator: 'ada' },
        ...{ hasRecording: true, totalParticipants: 4 },
      },
    );
    assert.deepEqual(pick(call, 'state', 'leaveReason'), [
      ['ada', 'ended', 'ended-for-all'],
      ['bob', 'ended', 'ended-for-all'],
      ['cyd', 'ended', 'left'],
      ['dan', 'ended', 'disconnected'],
    ]);
    for (const { uid, joinedAt, leftAt, totalAudioMinutes, totalVideoMinutes } of call.participants) {
      assert.ok(Number(joinedAt) >= before && Number(leftAt) >= Number(joinedAt), String(uid));
      const [withPicture, without] = uid === 'bob' ? [0, 1] : [1, 0];
      assert.equal(Math.sign(Number(totalVideoMinutes)), withPicture, `picture of ${String(uid)}`);
      assert.equal(Math.sign(Number(totalAudioMinutes)), without, `no picture of ${String(uid)}`);
    }
    for (const field of ['recordings', 'screenShares'] as const) {
      const [period, ...more] = call[field] as readonly { uid: string; duration: number }[];
      assert.deepEqual([period?.uid, more.length], ['ada', 0], field);
      assert.ok(Number(period?.duration) > 0, field);
    }
  });

  it('the inviter, and who answered, declined, was busy and missed it', async () => {
    const { url: serverUrl } = await start();
    const hello = (uid: string) => RingClient.hello(serverUrl, uid);
    const [ada, bob, cyd, dan] = await Promise.all(['ada', 'bob', 'cyd', 'dan', 'eve'].map(hello));
    assert.ok(ada && bob && cyd && dan);
    const members = ['bob', 'cyd', 'dan', 'eve'];
    const { call } = await ada.ask('initiate', {
      receiver: { type: 'group', guid: 'team', name: 'The team', members },
      ...{ callType: 'video', key: 'k', ringMs: 45_000 },
    });
    const { sessionId } = call;
    await bob.ask('accept', { sessionId });
    await cyd.ask('reject', { sessionId, reason: 'rejected' });
    await dan.ask('reject', { sessionId, reason: 'busy' });
    const going = await read(sessionId);
    assert.deepEqual(
      [going.status, going.mode, going.initiator, going.receiver, going.receiverType],
      ['ongoing', 'call', 'ada', 'team', 'group'],
    );
    assert.deepEqual(pick(going, 'hasJoined', 'state'), [
      ['ada', true, 'ongoing'],
      ['bob', true, 'ongoing'],
      ['cyd', false, 'rejected'],
      ['dan', false, 'busy'],
      ['eve', false, 'initiated'],
    ]);
    await bob.ask('end', { sessionId });
    await ada.ask('end', { sessionId });
    const over = await read(sessionId);
    assert.equal(over.status, 'ended');
    assert.deepEqual(pick(over, 'state').at(-1), ['eve', 'unanswered']);
  });
});
