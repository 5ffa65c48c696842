import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RingClient } from '../harness/ring-client.js';
import { openStores, withRedis } from '../harness/store-kinds.js';
import { nodeProcess, ready, startNodes, unready, until } from './redis-nodes.js';

let keys = 0;

const calling = (uid: string, ringMs = 45_000) => ({
  receiver: { type: 'user', uid },
  callType: 'video',
  key: `key-${(keys += 1)}`,
  ringMs,
});

describe('Ringing through two servers', () => {
  const redis = withRedis();

  it('reaches a device on the other one, whose answer comes back', async () => {
    const [one, two] = await startNodes(redis(), 2);
    const [ann, ben] = [await RingClient.hello(one.url, 'ann'), await RingClient.hello(two.url, 'ben')];
    const { sessionId } = (await ann.ask('initiate', calling('ben'))).call;
    assert.equal((await ben.sees(sessionId, 'initiated')).initiator.uid, 'ann');
    await ben.ask('accept', { sessionId });
    await ann.sees(sessionId, 'ongoing');
    await ann.ask('end', { sessionId });
    await ben.sees(sessionId, 'ended');
  });

  it('lets one of two devices answer, and tells the other', async () => {
    const [one, two] = await startNodes(redis(), 2);
    const ann = await RingClient.hello(one.url, 'ann2');
    const devices = [
      await RingClient.hello(one.url, 'cat', '1'),
      await RingClient.hello(two.url, 'cat', '2'),
    ];
    const { sessionId } = (await ann.ask('initiate', calling('cat'))).call;
    const answers = await Promise.allSettled(devices.map((device) => device.ask('accept', { sessionId })));
    const refusals = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [(answer.reason as { readonly code: string }).code] : [],
    );
    assert.deepEqual(refusals, ['CALL_ANSWERED_ELSEWHERE']);
    const views = await Promise.all(devices.map((device) => device.sees(sessionId, 'ongoing')));
    assert.equal(views[0]?.self.deviceId, views[1]?.self.deviceId);
  });

  it('connects two users who call each other at once', async () => {
    const [one, two] = await startNodes(redis(), 2);
    const [dan, eva] = [await RingClient.hello(one.url, 'dan'), await RingClient.hello(two.url, 'eva')];
    const [first, second] = await Promise.all([
      dan.ask('initiate', calling('eva')),
      eva.ask('initiate', calling('dan')),
    ]);
    assert.equal(first.call.sessionId, second.call.sessionId);
    await dan.sees(first.call.sessionId, 'ongoing');
    await eva.sees(first.call.sessionId, 'ongoing');
  });

  it('waits for a callee whose server was killed, and finds them on the other', async () => {
    const [one] = await startNodes(redis(), 1);
    const killed = await nodeProcess(redis());
    await RingClient.hello(killed.url, 'fay');
    const gus = await RingClient.hello(one.url, 'gus');
    await killed.kill();
    const { sessionId } = (await gus.ask('initiate', calling('fay'))).call;
    const again = await RingClient.hello(one.url, 'fay');
    assert.deepEqual(
      again.calls.map((call) => [call.sessionId, call.status]),
      [[sessionId, 'initiated']],
    );
    await again.ask('accept', { sessionId });
    await gus.sees(sessionId, 'ongoing');
  });

  it('ends in time although the server of the caller was killed', async () => {
    const killed = await nodeProcess(redis());
    const hal = await RingClient.hello(killed.url, 'hal');
    const { sessionId } = (await hal.ask('initiate', calling('ivy', 2000))).call;
    await killed.kill();
    // No device that would have it looked at is connected to the server that is left.
    await startNodes(redis(), 1);
    await until(async () => {
      const stores = await openStores(redis().url);
      const call = (await stores.rings.read({ uids: [], sessionId })).get(sessionId);
      await stores.close();
      return call?.status === 'unanswered';
    });
  });

  for (const restart of [true, false])
    it(`survives ${restart ? 'the loss of what Redis has stored' : 'a short absence of Redis'}`, async () => {
      const [one, two] = await startNodes(redis(), 2);
      const [jan, kim] = [await RingClient.hello(one.url, 'jan'), await RingClient.hello(two.url, 'kim')];
      const { sessionId } = (await jan.ask('initiate', calling('kim'))).call;
      await kim.sees(sessionId, 'initiated');
      if (restart) {
        await redis().kill();
        await Promise.all([unready(one), unready(two)]);
        await assert.rejects(kim.ask('accept', { sessionId }), { code: 'SERVER_UNAVAILABLE' });
        await redis().start();
      } else {
        redis().signal('SIGSTOP');
        await assert.rejects(kim.ask('accept', { sessionId }), { code: 'SERVER_UNAVAILABLE' });
        redis().signal('SIGCONT');
      }
      await Promise.all([ready(one), ready(two)]);
      const accepted = await kim
        .ask('accept', { sessionId })
        .catch((error: unknown) => error as { readonly code: string });
      // What was refused for the time it took may have been done.
      if ('code' in accepted) assert.equal(accepted.code, 'CALL_OVER');
      await jan.sees(sessionId, 'ongoing');
      await jan.ask('end', { sessionId });
      await kim.sees(sessionId, 'ended');
    });
});
