import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withRedis } from '../harness/store-kinds.js';
import { CallClient } from '../harness/call-client.js';
import { nodeProcess, ready, startNodes, unready } from './redis-nodes.js';

const offer = { type: 'offer', sdp: 'v=0' } as const;

describe('Two servers with one Redis', () => {
  const redis = withRedis();

  it('are one for a call: roster, signals, state and leaving', async () => {
    const [one, two] = await startNodes(redis(), 2);
    const a = await one.member('ann', 'call');
    const b = await two.member('ben', 'call');
    assert.deepEqual(
      b.answer.participants.map(({ uid }) => uid),
      ['ann'],
    );
    assert.equal((await a.client.receives('participant-joined')).participant.id, b.id);
    assert.deepEqual(await a.client.request({ type: 'signal', to: b.id, epoch: 1, data: offer }), {
      ...{ type: 'ack', id: 2, answer: { delivered: true } },
    });
    const signal = await b.client.receives('signal');
    assert.deepEqual([signal.from, signal.data], [a.id, offer]);
    await b.client.request({ type: 'update', changes: { recording: true } });
    assert.deepEqual((await a.client.receives('participant-updated')).changes, { recording: true });
    await b.client.request({ type: 'leave' });
    assert.equal((await a.client.receives('participant-left')).participantId, b.id);
  });

  it('let a participant resume on the other one, whose connection there ends', async () => {
    const [one, two] = await startNodes(redis(), 2);
    const a = await one.member('ann', 'resumed');
    const b = await one.member('ben', 'resumed');
    const again = await two.connect();
    const answer = await again.join(b.token, { resume: b.answer.resume });
    assert.deepEqual([answer.self.id, answer.serverId], [b.id, b.answer.serverId]);
    assert.equal((await b.client.ends()).reason, 'REPLACED');
    await a.client.request({ type: 'signal', to: b.id, epoch: 1, data: offer });
    assert.equal((await again.receives('signal')).from, a.id);
    assert.deepEqual(
      (await a.client.unread()).filter(({ type }) => type === 'participant-left'),
      [],
    );
  });

  it('count the sessions of a user together', async () => {
    const [one, two] = await startNodes(redis(), 2, { sessionsPerUser: 2 });
    await one.member('counted', 'first');
    await two.member('counted', 'second');
    const client = await two.connect();
    await assert.rejects(client.join(await two.token('counted', 'third')), { code: 'TOO_MANY_SESSIONS' });
  });

  it('remember together that a session was ended for all', async () => {
    const [one, two] = await startNodes(redis(), 2);
    const a = await one.member('ann', 'over');
    const b = await two.member('ben', 'over');
    await a.client.request({ type: 'end-session' });
    assert.equal((await b.client.receives('closing')).error.code, 'SESSION_ENDED');
    const again = await one.connect();
    await assert.rejects(again.join(b.token, { resume: b.answer.resume }), { code: 'SESSION_ENDED' });
  });

  it('keep the call when one of them is stopped: its participants resume on the other', async () => {
    const [one, two] = await startNodes(redis(), 2);
    const a = await one.member('ann', 'stopped');
    const b = await two.member('ben', 'stopped');
    await two.stop();
    assert.equal((await b.client.ends()).reason, 'SERVER_STOPPING');
    const answer = await (await one.connect()).join(b.token, { resume: b.answer.resume });
    assert.equal(answer.self.id, b.id);
    assert.deepEqual(
      (await a.client.unread()).filter(({ type }) => type === 'participant-left'),
      [],
    );
  });

  it('survive that one is killed: its participants are reconnecting, resume on the other, or are removed', async () => {
    const [one] = await startNodes(redis(), 1, { graceMs: 3000, closedGraceMs: 3000 });
    const killed = await nodeProcess(redis(), { GRACE_MS: '3000', CLOSED_GRACE_MS: '3000' });
    const a = await one.member('ann', 'killed');
    const [b, c] = [await CallClient.connect(killed.url), await CallClient.connect(killed.url)];
    const [tokenOfB, tokenOfC] = [await one.token('ben', 'killed'), await one.token('cat', 'killed')];
    const [answerOfB, answerOfC] = [await b.join(tokenOfB), await c.join(tokenOfC)];
    await a.client.receives('participant-joined');
    await a.client.receives('participant-joined');
    await killed.kill();
    const lost = await a.client.receives('participant-updated');
    assert.deepEqual(lost.changes, { connection: 'reconnecting' });
    const again = await (await one.connect()).join(tokenOfB, { resume: answerOfB.resume });
    assert.equal(again.self.id, answerOfB.self.id);
    assert.equal((await a.client.receives('participant-left')).participantId, answerOfC.self.id);
    assert.equal((await one.member('dan', 'killed')).answer.participants.length, 2);
  });

  it('see to the deadlines of one that is killed', async () => {
    const settings = { GRACE_MS: '2000', CLOSED_GRACE_MS: '2000' };
    const killed = await nodeProcess(redis(), settings);
    const [one] = await startNodes(redis(), 1, { graceMs: 2000, closedGraceMs: 2000 });
    const a = await one.member('ann', 'deadline');
    const b = await CallClient.connect(killed.url);
    const { self } = await b.join(await one.token('ben', 'deadline'));
    await a.client.receives('participant-joined');
    // The deadline is that of the server which lost the connection.
    b.socket.terminate();
    await a.client.receives('participant-updated');
    await killed.kill();
    assert.equal((await a.client.receives('participant-left')).participantId, self.id);
  });

  it('are ready only while Redis is there', async () => {
    const [one] = await startNodes(redis(), 1);
    await ready(one);
    await redis().kill();
    await unready(one);
    assert.equal((await fetch(`${one.url}/healthz`)).status, 200, 'but alive');
    await redis().start();
    await ready(one);
  });
});
