import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { createCallToken } from '../../../../src/server/auth/call-tokens.js';
import { startServer, testSecret as secret } from '../../harness/test-server.js';
import { server, newRoom, offer, pair, serverWithClock } from './signalling-setup.js';
import { expiredToken } from '../../harness/expired-token.js';

describe('A broken connection', () => {
  it('is reported, and healed by a resume', async () => {
    const { a, b } = await pair();
    a.client.socket.terminate();
    assert.deepEqual((await b.client.receives('participant-updated')).changes, {
      connection: 'reconnecting',
    });
    const again = await server.connect();
    const answer = await again.join(a.token, { resume: a.answer.resume, state: { videoPaused: true } });
    assert.deepEqual(answer.self, { ...a.answer.self, videoPaused: true });
    assert.deepEqual(
      answer.participants.map(({ id }) => id),
      [b.id],
    );
    assert.deepEqual((await b.client.receives('participant-updated')).changes, {
      videoPaused: true,
      connection: 'connected',
    });
    assert.deepEqual(await b.client.unread(), [], 'no participant has left or joined');
  });

  it('becomes a leave after the grace period, and then the place is no longer held', async () => {
    const own = await startServer({ graceMs: 40 });
    const { a, b } = await pair(own);
    a.client.socket.terminate();
    assert.equal((await b.client.receives('participant-left')).participantId, a.id);
    const again = await own.connect();
    await assert.rejects(again.join(a.token, { resume: a.answer.resume }), { code: 'RESUME_REFUSED' });
    const anew = await own.member('ada', a.answer.sessionId);
    assert.notEqual(anew.id, a.id);
    assert.equal((await b.client.receives('participant-joined')).participant.id, anew.id);
  });

  it('is waited for longer when it fell silent than when it was closed', async () => {
    const { own, clock } = await serverWithClock();
    const { a, b } = await pair(own);
    a.client.stopReading();
    clock.advance(10_000);
    // What Bob answers to the heartbeat arrives before this.
    await b.client.request({ type: 'ping' });
    clock.advance(10_000);
    const silent = await b.client.receives('participant-updated');
    assert.deepEqual(silent.changes, { connection: 'reconnecting' });
    const c = await own.member('cyd', a.answer.sessionId);
    await b.client.receives('participant-joined');
    c.client.socket.terminate();
    await b.client.receives('participant-updated');
    clock.advance(10_000);
    assert.equal((await b.client.receives('participant-left')).participantId, c.id);
    assert.deepEqual(await b.client.unread(), [], 'Ada is still waited for');
    clock.advance(10_000);
    assert.equal((await b.client.receives('participant-left')).participantId, a.id);
  });

  it('is waited for as long as another participant vouches for the media', async () => {
    const { own, clock } = await serverWithClock();
    const { a, b } = await pair(own);
    a.client.socket.terminate();
    await b.client.receives('participant-updated');
    for (let vouches = 0; vouches < 5; vouches += 1) {
      clock.advance(9000);
      await b.client.request({ type: 'vouch', participantId: a.id });
    }
    const again = await own.connect();
    assert.equal((await again.join(a.token, { resume: a.answer.resume })).self.id, a.id);
    again.socket.terminate();
    await b.client.receives('participant-updated');
    await b.client.receives('participant-updated');
    clock.advance(10_000);
    assert.equal((await b.client.receives('participant-left')).participantId, a.id);
  });

  it('is not lost to a server that stalled: answers that have arrived count', async () => {
    const { own, clock } = await serverWithClock();
    const { a, b } = await pair(own);
    const pinged = [a, b].map(({ client }) => once(client.socket, 'ping'));
    const overdue = Promise.all(pinged).then(() => {
      // Timers come before what has arrived: the answers of both.
      const timer = new Promise<void>((resolve) => setTimeout(() => resolve(clock.advance(10_000)), 1));
      for (const until = performance.now() + 20; performance.now() < until;);
      return timer;
    });
    clock.advance(10_000);
    await overdue;
    assert.deepEqual(await b.client.unread(), []);
    assert.equal((await a.client.request({ type: 'ping' })).error, undefined);
  });

  it('of a page that hangs is found out, although its browser answers heartbeats', async () => {
    const { own, clock } = await serverWithClock();
    const { a, b } = await pair(own);
    for (let beat = 1; beat <= 8; beat += 1) {
      clock.advance(10_000);
      // The answers of Ada's browser to the heartbeats arrive before this.
      await new Promise((resolve) => a.client.socket.once('pong', resolve).ping());
      assert.deepEqual(await b.client.unread(), [], `after ${beat} heartbeats`);
    }
    clock.advance(10_000);
    assert.deepEqual((await b.client.receives('participant-updated')).participantId, a.id);
    assert.deepEqual(await b.client.unread(), [], 'whoever sends pings is not cut');
    clock.advance(10_000);
    assert.equal((await b.client.receives('participant-left')).participantId, a.id);
  });

  it('ends at once without a grace period', async () => {
    const own = await startServer({ graceMs: 0 });
    const { a, b } = await pair(own);
    a.client.socket.terminate();
    assert.equal((await b.client.receives('participant-left')).participantId, a.id);
    const anew = await own.member('ada', a.answer.sessionId);
    assert.notEqual(anew.id, a.id);
  });

  it('is waited for only as long as it is broken', async () => {
    const { own, clock } = await serverWithClock();
    const { a, b } = await pair(own);
    a.client.socket.terminate();
    await b.client.receives('participant-updated');
    const again = await own.connect();
    await again.join(a.token, { resume: a.answer.resume });
    await b.client.receives('participant-updated');
    const c = await own.member('cyd', a.answer.sessionId);
    c.client.socket.terminate();
    await b.client.receives('participant-updated');
    // Cyd broke off later: when Cyd is given up, Ada’s time would have been up, too.
    clock.advance(10_000);
    assert.equal((await b.client.receives('participant-left')).participantId, c.id);
  });

  it('is replaced by a second one that resumes, without the others noticing', async () => {
    const { a, b } = await pair();
    const again = await server.connect();
    assert.equal((await again.join(a.token, { resume: a.answer.resume })).self.id, a.id);
    assert.equal((await a.client.receives('closing')).error.code, 'REPLACED');
    assert.equal((await a.client.ends()).code, 4409);
    assert.deepEqual(await b.client.unread(), []);
    await b.client.request({ type: 'signal', to: a.id, epoch: 1, data: offer });
    assert.equal((await again.receives('signal')).from, b.id);
  });

  it('may be resumed after the token has expired, but not joined anew', async () => {
    const room = newRoom();
    const user = { uid: 'ada' };
    const first = await server.connect();
    const { resume, self } = await first.join(await createCallToken({ secret, sessionId: room, user }));
    const expired = await expiredToken(createCallToken({ secret, sessionId: room, user }), secret);
    const again = await server.connect();
    assert.equal((await again.join(expired, { resume })).self.id, self.id);
    const other = await server.connect();
    await assert.rejects(other.join(expired), { code: 'TOKEN_EXPIRED' });
  });

  it('cannot be resumed by another user, or in another call', async () => {
    const { a, room } = await pair();
    for (const token of [await server.token('bob', room), await server.token('ada', newRoom())]) {
      const thief = await server.connect();
      await assert.rejects(thief.join(token, { resume: a.answer.resume }), { code: 'RESUME_REFUSED' });
    }
    assert.equal((await a.client.request({ type: 'ping' })).error, undefined, 'and the owner keeps it');
  });

  it('is noticed by a missing heartbeat', async () => {
    const { own, clock } = await serverWithClock();
    const { a, b } = await pair(own);
    // The network takes everything and gives nothing back.
    a.client.stopReading();
    clock.advance(10_000);
    // What Bob answers to the heartbeat arrives before this.
    await b.client.request({ type: 'ping' });
    clock.advance(10_000);
    assert.deepEqual((await b.client.receives('participant-updated')).changes, {
      connection: 'reconnecting',
    });
    assert.equal(
      (await b.client.request({ type: 'ping' })).error,
      undefined,
      'a client that answers is not disconnected',
    );
  });
});

describe('A restarted server', () => {
  it('gives all participants their seats back, and no one else', async () => {
    const own = await startServer();
    const { a, b } = await pair(own);
    const { port } = own.server;
    await own.stop();
    assert.equal((await a.client.receives('closing')).error.code, 'SERVER_STOPPING');
    const next = await startServer({ port });
    const newcomer = await next.member('eve', a.answer.sessionId);
    const again = await next.connect();
    const first = await again.join(b.token, { resume: b.answer.resume });
    assert.deepEqual(first.self, b.answer.self);
    assert.notEqual(first.serverId, b.answer.serverId);
    const second = await (await next.connect()).join(a.token, { resume: a.answer.resume });
    assert.deepEqual(second.self, a.answer.self);
    const orders = [second.self, ...second.participants].map(({ order }) => order);
    assert.equal(new Set(orders).size, 3, 'no two have the same order');
    assert.ok(newcomer.answer.self.order > b.answer.self.order, 'and newcomers are newer');
  });
});

describe('A server that stops', () => {
  it('says so, closes every connection, and then nothing is left', async () => {
    const own = await startServer();
    const { a, b } = await pair(own);
    const silent = await own.connect();
    await own.stop();
    for (const client of [a.client, b.client, silent]) {
      assert.equal((await client.receives('closing')).error.code, 'SERVER_STOPPING');
      assert.equal((await client.ends()).code, 4503);
    }
    await assert.rejects(fetch(`${own.url}/healthz`));
  });

  it('does not wait for those who do not answer', async () => {
    const own = await startServer();
    const { client } = await own.member('ada');
    client.stopReading();
    const started = Date.now();
    await own.stop();
    assert.ok(Date.now() - started < 4000);
  });
});
