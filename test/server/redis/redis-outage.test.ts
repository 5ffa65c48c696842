import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCallToken } from '../../../src/server/auth/call-tokens.js';
import { testSecret as secret } from '../harness/test-server.js';
import { expiredToken } from '../harness/expired-token.js';
import { withRedis } from '../harness/store-kinds.js';
import { ready, startNodes, unready, until } from './redis-nodes.js';

const offer = { type: 'offer', sdp: 'v=0' } as const;

for (const keepsData of [true, false])
  describe(`A Redis that is restarted and ${keepsData ? 'keeps' : 'loses'} its data`, () => {
    const redis = withRedis({ keepsData });

    it('does not disturb a call: it goes on when Redis is back, and nobody leaves', async () => {
      const [one, two] = await startNodes(redis(), 2);
      const a = await one.member('ann', 'quiet');
      const b = await two.member('ben', 'quiet');
      await a.client.receives('participant-joined');
      await redis().kill();
      await Promise.all([unready(one), unready(two)]);
      await redis().start();
      await Promise.all([ready(one), ready(two)]);
      await a.client.request({ type: 'update', changes: { recording: true } });
      assert.deepEqual((await b.client.receives('participant-updated')).changes, { recording: true });
      await b.client.request({ type: 'signal', to: a.id, epoch: 1, data: offer });
      assert.equal((await a.client.receives('signal')).from, b.id);
      assert.equal((await one.member('cat', 'quiet')).answer.participants.length, 2);
      assert.deepEqual(
        (await a.client.unread()).map(({ type }) => type).filter((type) => type === 'participant-left'),
        [],
      );
    });

    it('refuses meanwhile what it cannot do, so that clients try again, and takes them back', async () => {
      const [one, two] = await startNodes(redis(), 2);
      const a = await one.member('ann', 'refused');
      const b = await two.member('ben', 'refused');
      await redis().kill();
      await Promise.all([unready(one), unready(two)]);
      const { code } = await a.client.rejected({ type: 'update', changes: { recording: true } });
      assert.equal(code, 'SERVER_UNAVAILABLE');
      const waiting = await two.connect();
      const token = await two.token('cat', 'refused');
      await assert.rejects(waiting.join(token), { code: 'SERVER_UNAVAILABLE' });
      assert.equal((await waiting.receives('closing')).error.code, 'SERVER_UNAVAILABLE');
      // Its participant must not stay for ever.
      b.client.socket.terminate();
      await redis().start();
      await Promise.all([ready(one), ready(two)]);
      // What failed is in nobody's room: the client is asked to come again, with its state.
      assert.equal((await a.client.receives('closing')).error.code, 'SERVER_STOPPING');
      const again = await two.connect();
      const answer = await again.join(a.token, { resume: a.answer.resume, state: { recording: true } });
      assert.equal(answer.self.id, a.id);
      const [other] = answer.participants;
      if (other?.connection === 'connected')
        assert.deepEqual((await again.receives('participant-updated')).changes, {
          connection: 'reconnecting',
        });
    });
  });

describe('A token whose time is over', () => {
  const redis = withRedis();

  it('is accepted for another minute, but on one server only', async () => {
    const [one, two] = await startNodes(redis(), 2);
    const user = { uid: 'late' };
    const token = await expiredToken(createCallToken({ secret, sessionId: 'late', user }), secret, 5);
    await (await one.connect()).join(token);
    await until(async () => {
      const refused = await (await two.connect()).join(token).catch((error: unknown) => error);
      return (refused as { readonly code?: string }).code === 'TOKEN_EXPIRED';
    });
  });
});
