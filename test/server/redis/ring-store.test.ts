import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { RingFact } from '../../../src/domain/ring/ring-facts.js';
import { ringTransition } from '../../../src/domain/ring/ring-transition.js';
import { scopeFor } from '../../../src/server/rings/ring-requests.js';
import type { RingStore } from '../../../src/server/rings/ring-store.js';
import type { Stores } from '../../../src/server/stores.js';
import { onBothStores, onRedis } from '../harness/store-kinds.js';

type Placed = Extract<RingFact, { type: 'call-placed' }>;

const placing = (from: string, to: string, sessionId: string): Placed => ({
  type: 'call-placed',
  by: { uid: from, deviceId: `${from}1` },
  initiator: { uid: from, name: from, avatar: '' },
  receiver: { type: 'user', uid: to },
  callees: [{ uid: to, name: to, avatar: '' }],
  ...{ callType: 'video', sessionId, key: sessionId, ringMs: 45_000, metadata: null, at: Date.now() },
});

const place = (store: RingStore, fact: Placed) =>
  store.transact(scopeFor(fact), (calls) => ringTransition(calls, fact));

const hangUp = (store: RingStore, uid: string, sessionId: string) => {
  const by = { uid, deviceId: `${uid}1` };
  return store.transact({ uids: [], sessionId }, (calls) =>
    ringTransition(calls, { type: 'call-hung-up', by, sessionId, at: Date.now() }),
  );
};

const statuses = async (store: RingStore, uid: string): Promise<readonly string[]> =>
  [...(await store.read({ uids: [uid] })).values()].map(({ status }) => status);

function listen({ rings }: Stores): string[] {
  const heard: string[] = [];
  rings.subscribe({
    stored: ({ history }) => heard.push(`${history.length} stored`),
    deliver: (messages) => heard.push(...messages.map(({ to, call }) => `${call.status} to ${to}`)),
    interrupted: () => Promise.resolve(),
    unsupervised: () => undefined,
  });
  return heard;
}

onBothStores('Ring calls', (open) => {
  it('are found by their session and by each of their users, also when they have ended', async () => {
    const { rings } = await open();
    assert.equal((await place(rings, placing('ann', 'ben', 's1'))).refusal, null);
    for (const uid of ['ann', 'ben']) assert.deepEqual(await statuses(rings, uid), ['initiated']);
    assert.equal((await rings.read({ uids: [], sessionId: 's1' })).get('s1')?.initiatorUid, 'ann');
    await hangUp(rings, 'ann', 's1');
    for (const uid of ['ann', 'ben']) assert.deepEqual(await statuses(rings, uid), ['cancelled']);
    assert.deepEqual(await statuses(rings, 'cat'), []);
  });

  it('are stored, recorded and delivered', async () => {
    const stores = await open();
    const heard = listen(stores);
    await place(stores.rings, placing('dan', 'eva', 's2'));
    assert.equal((await place(stores.rings, placing('dan', 'eva', 's2'))).call?.sessionId, 's2');
    await hangUp(stores.rings, 'dan', 's2');
    while (!heard.includes('cancelled to eva')) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(
      heard.filter((line) => line.endsWith('to eva')),
      ['initiated to eva', 'cancelled to eva'],
    );
    assert.ok(heard.includes('1 stored'));
  });

  it('are one when two users call each other in the same moment', async () => {
    const { rings } = await open();
    const results = await Promise.all([
      place(rings, placing('fay', 'gus', 's3')),
      place(rings, placing('gus', 'fay', 's4')),
    ]);
    assert.equal(new Set(results.map(({ call }) => call?.sessionId)).size, 1);
    assert.deepEqual(await statuses(rings, 'fay'), ['ongoing']);
  });
});

onRedis('Ring calls of two nodes', (open) => {
  it('lose none of many that involve one user at once', async () => {
    const nodes = [await open(), await open()];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        place((nodes[index % 2] as Stores).rings, placing(`u${index}`, 'hal', `many${index}`)),
      ),
    );
    assert.equal((await statuses((nodes[0] as Stores).rings, 'hal')).length, 20);
  });

  it('are delivered to every node', async () => {
    const [here, there] = [await open(), await open()];
    const heard = listen(there);
    await place(here.rings, placing('ida', 'jan', 's5'));
    // The own message comes after what was sent before it.
    await place(there.rings, placing('kim', 'lea', 's6'));
    while (!heard.includes('initiated to lea')) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(heard.includes('initiated to jan'));
  });

  it('tell whether a device is connected to any of them', async () => {
    const [here, there] = [await open(), await open()];
    const device = { uid: 'mia', deviceId: 'm1' };
    assert.equal(await here.presence.isConnected(device), false);
    await there.presence.connected(device);
    assert.deepEqual(
      [await here.presence.isConnected(device), await here.presence.isOnline('mia')],
      [true, true],
    );
    there.presence.disconnected(device);
    while (await here.presence.isConnected(device)) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(await here.presence.isOnline('mia'), false);
  });

  it('learn the names of users from each other', async () => {
    const [here, there] = [await open(), await open()];
    here.users.update('nia', { name: 'Nia' });
    const known = { uid: 'nia', name: 'nia', avatar: '' };
    while (there.users.latestOf(known).name !== 'Nia') await new Promise((resolve) => setImmediate(resolve));
    here.users.forget('nia');
    while (there.users.latestOf(known).name === 'Nia') await new Promise((resolve) => setImmediate(resolve));
  });
});
