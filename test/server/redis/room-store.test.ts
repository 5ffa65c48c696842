import assert from 'node:assert/strict';
import { it } from 'node:test';
import { initialParticipantState } from '../../../src/domain/call/participant.js';
import {
  disconnectParticipant,
  endSession,
  joinRoom,
  leaveRoom,
  updateParticipant,
} from '../../../src/server/rooms/transitions/room-participants.js';
import {
  everyone,
  notify,
  transitionTo,
  type RoomTransition,
} from '../../../src/server/rooms/room-transition.js';
import type { Room } from '../../../src/server/rooms/room.js';
import type { ServerPush } from '../../../src/protocol/messages.js';
import type { Stores } from '../../../src/server/stores.js';
import { onBothStores, onRedis } from '../harness/store-kinds.js';

type Change = (room: Room) => RoomTransition;

const joining =
  (id: string, connectionId: string, uid = id): Change =>
  (room) =>
    joinRoom(room, {
      identity: { id, order: room.lastOrder + 1, joinedAt: 1 },
      user: { uid, name: uid, avatar: '' },
      state: initialParticipantState,
      connectionId,
      limit: 1000,
    });

const leaving =
  (id: string): Change =>
  (room) =>
    leaveRoom(room, id);

const lineOf = (message: ServerPush): string =>
  message.type === 'transport-changed' ? `change ${message.generation}` : message.type;

/** Writes down what a node hears. */
function listen({ rooms }: Stores) {
  const heard: string[] = [];
  rooms.subscribe({
    stored: () => heard.push('stored'),
    deliver: (messages) => heard.push(...messages.map(({ message }) => lineOf(message))),
    relay: (to, text) => heard.push(`${text} to ${to}`),
    changed: () => undefined,
    interrupted: (sessionId) => heard.push(`interrupted ${sessionId}`),
    overdue: () => Promise.resolve(),
    nodeLost: () => Promise.resolve(),
  });
  return heard;
}

const idsIn = (room: Room | undefined): readonly string[] => room?.participants.map(({ id }) => id) ?? [];

onBothStores('A room', (open) => {
  it('is there from the first participant to the last', async () => {
    const stores = await open();
    const { rooms } = stores;
    const connectionId = stores.newConnectionId();
    assert.equal(await rooms.read('s'), undefined);
    await rooms.transact('s', joining('a', connectionId));
    assert.deepEqual(idsIn(rooms.peek('s')), ['a']);
    assert.deepEqual(await rooms.read('s'), rooms.peek('s'));
    assert.deepEqual(rooms.size(), { rooms: 1, participants: 1 });
    assert.equal(rooms.isOwn(connectionId), true);
    await rooms.transact('s', leaving('a'));
    assert.equal(rooms.peek('s'), undefined);
    assert.equal(await rooms.read('s'), undefined);
    assert.deepEqual(rooms.size(), { rooms: 0, participants: 0 });
  });

  it('is kept without participants while it is known to have ended', async () => {
    const stores = await open();
    await stores.rooms.transact('ended', joining('a', stores.newConnectionId()));
    await stores.rooms.transact('ended', (room) => endSession(room, 'a', Date.now() + 60_000));
    assert.notEqual((await stores.rooms.read('ended'))?.endedSession ?? null, null);
  });

  it('stays as it was when a transition fails', async () => {
    const stores = await open();
    const { rooms } = stores;
    await rooms.transact('f', joining('a', stores.newConnectionId()));
    const before = await rooms.read('f');
    await assert.rejects(
      rooms.transact('f', (room) => updateParticipant(room, 'nobody', { audioMuted: true })),
      { code: 'PARTICIPANT_NOT_FOUND' },
    );
    assert.deepEqual(await rooms.read('f'), before);
    const outcome = await rooms.transact('f', (room) => transitionTo(room));
    assert.deepEqual(outcome.room, before);
  });

  it('loses no change of many at once, and has them delivered in order, each after it was stored', async () => {
    const stores = await open();
    const heard = listen(stores);
    const { rooms } = stores;
    await rooms.transact('m', joining('x', stores.newConnectionId()));
    heard.length = 0;
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        rooms.transact('m', joining(`p${index}`, stores.newConnectionId())),
      ),
    );
    assert.equal(idsIn(await rooms.read('m')).length, 51);
    assert.deepEqual(heard, Array.from({ length: 50 }, () => ['stored', 'participant-joined']).flat());
  });

  it('counts the sessions in which a user is connected', async () => {
    const stores = await open();
    const { rooms } = stores;
    const [one, other] = [stores.newConnectionId(), stores.newConnectionId()];
    await rooms.transact('c1', joining('a', one, 'ann'));
    await rooms.transact('c2', joining('b', other, 'ann'));
    assert.equal(await rooms.countSessions('ann'), 2);
    await rooms.transact('c1', (room) => disconnectParticipant(room, one, Date.now() + 60_000));
    assert.equal(await rooms.countSessions('ann'), 1);
    await rooms.transact('c1', joining('a', stores.newConnectionId(), 'ann'));
    assert.equal(await rooms.countSessions('ann'), 2);
    await rooms.transact('c1', leaving('a'));
    await rooms.transact('c2', leaving('b'));
    assert.equal(await rooms.countSessions('ann'), 0);
  });
});

onRedis('A room of two nodes', (open) => {
  it('takes the changes of both, which hear of all of them in one order', async () => {
    const nodes = [await open(), await open()];
    const heard = nodes.map(listen);
    for (const [index, { rooms, newConnectionId }] of nodes.entries())
      await rooms.transact('s', joining(`n${index}`, newConnectionId()));
    const change = ({ rooms }: Stores, generation: number) =>
      rooms.transact('s', (room) =>
        notify(transitionTo(room), everyone, { type: 'transport-changed', generation }),
      );
    const [first, second] = nodes as [Stores, Stores];
    await Promise.all(Array.from({ length: 40 }, (_, index) => change(index % 2 ? first : second, index)));
    await first.rooms.transact('s', joining('last', first.newConnectionId()));
    await second.rooms.transact('s', leaving('last'));
    const [some, others] = heard.map((lines) => lines.filter((line) => line.startsWith('change')));
    assert.equal(new Set(some).size, 40);
    assert.deepEqual(some, others);
    assert.deepEqual(first.rooms.peek('s'), second.rooms.peek('s'));
  });

  it('is not remembered where nobody is connected, but read', async () => {
    const [here, there] = [await open(), await open()];
    await here.rooms.transact('r', joining('a', here.newConnectionId()));
    assert.equal(there.rooms.peek('r'), undefined);
    assert.deepEqual(idsIn(await there.rooms.read('r')), ['a']);
    assert.equal(await there.rooms.countSessions('a'), 1);
  });

  it('relays signals to the node of a connection', async () => {
    const [here, there] = [await open(), await open()];
    const heard = listen(there);
    const connectionId = there.newConnectionId();
    assert.equal(here.rooms.isOwn(connectionId), false);
    assert.equal(here.rooms.relay(connectionId, 'hello'), true);
    await here.rooms.transact('t', joining('a', here.newConnectionId()));
    await there.rooms.transact('t', joining('b', connectionId));
    assert.equal(heard[0], `hello to ${connectionId}`);
  });
});
