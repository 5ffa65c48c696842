import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeJwt, jwtVerify } from 'jose';
import { CallError } from '../../../src/domain/call-error.js';
import { initialParticipantState } from '../../../src/domain/call/participant.js';
import { adaptMedia, participantReady } from '../../../src/server/rooms/transitions/room-media.js';
import {
  disconnectParticipant,
  joinRoom,
  leaveRoom,
} from '../../../src/server/rooms/transitions/room-participants.js';
import { transitionTo, type RoomTransition } from '../../../src/server/rooms/room-transition.js';
import { emptyRoom, newIdentity, type Room } from '../../../src/server/rooms/room.js';
import type { TransportAnswer } from '../../../src/protocol/messages.js';
import { ManualClock } from '../../fakes/session/manual-clock.js';
import { createCallToken } from '../../../src/server/auth/call-tokens.js';
import { startServer, testSecret } from '../harness/test-server.js';

const policy = { meshLimit: 2, hasSfu: true, meshReturnMs: 1000 };

const adapt = (room: Room, change: (room: Room) => RoomTransition, now = 0, more = {}): RoomTransition =>
  adaptMedia(room, change(room), { ...policy, ...more }, now);
const come =
  (id: string) =>
  (room: Room): RoomTransition =>
    joinRoom(room, {
      identity: newIdentity(room, id, 1),
      user: { uid: id, name: id, avatar: '' },
      state: initialParticipantState,
      connectionId: `c-${id}`,
      limit: 100,
    });
const leave =
  (id: string) =>
  (room: Room): RoomTransition =>
    leaveRoom(room, id);
const ready =
  (id: string, generation: number) =>
  (room: Room): RoomTransition =>
    participantReady(room, id, generation);
const sentBy = ({ outbound }: RoomTransition): readonly string[] =>
  outbound
    .filter(({ message }) => message.type.startsWith('transport'))
    .map(({ to, message }) => `${message.type} to ${to.join()}`);
const roomOf = (...ids: string[]): Room =>
  ids.reduce((room, id) => adapt(room, come(id)).room, emptyRoom('s'));

describe('the transport of a room', () => {
  it('is the mesh until there are too many for it', () => {
    assert.equal(roomOf('a', 'b').media.transport, 'mesh');
    const moved = adapt(roomOf('a', 'b'), come('c'));
    assert.deepEqual(
      [moved.room.media.transport, moved.room.media.generation, moved.room.media.settled],
      ['sfu', 1, false],
    );
    assert.deepEqual(sentBy(moved), ['transport-changed to c-a,c-b,c-c']);
  });

  it('stays the mesh without an SFU', () => {
    const alone = adapt(roomOf('a', 'b'), come('c'), 0, { hasSfu: false });
    assert.equal(alone.room.media.transport, 'mesh');
    assert.deepEqual(sentBy(alone), []);
  });

  it('is settled once all who were on the older one are ready, and says so once', () => {
    let room = adapt(roomOf('a', 'b'), come('c')).room;
    const first = adapt(room, ready('a', 1));
    assert.deepEqual(sentBy(first), []);
    room = first.room;
    assert.deepEqual(sentBy(adapt(room, ready('b', 0))), [], 'the older generation does not count');
    const last = adapt(room, ready('b', 1));
    assert.deepEqual(sentBy(last), ['transport-settled to c-a,c-b,c-c']);
    assert.deepEqual(sentBy(adapt(last.room, ready('b', 1))), []);
  });

  it('does not wait for a participant who has left or lost the connection', () => {
    const room = adapt(adapt(roomOf('a', 'b'), come('c')).room, ready('a', 1)).room;
    assert.deepEqual(sentBy(adapt(room, leave('b'))), ['transport-settled to c-a,c-c']);
    const lost = adapt(room, (before) => disconnectParticipant(before, 'c-b', 9));
    assert.deepEqual(sentBy(lost), ['transport-settled to c-a,c-c']);
  });

  it('is the mesh again after the room has been small for a while, and not before', () => {
    const nothing = (room: Room): RoomTransition => transitionTo(room);
    let room = adapt(adapt(roomOf('a', 'b'), come('c')).room, leave('c'), 100).room;
    assert.equal(room.media.smallSince, 100);
    room = adapt(room, nothing, 1099).room;
    assert.equal(room.media.transport, 'sfu');
    const busy = adapt(adapt(room, come('d'), 1050).room, nothing, 2000).room;
    assert.deepEqual([busy.media.transport, busy.media.smallSince], ['sfu', null]);
    const moved = adapt(room, nothing, 1100);
    assert.deepEqual([moved.room.media.transport, moved.room.media.generation], ['mesh', 2]);
    assert.deepEqual(sentBy(moved), ['transport-changed to c-a,c-b']);
  });
});

describe('A server with an SFU', () => {
  const livekit = {
    livekitUrl: 'wss://livekit.example',
    livekitApiKey: 'key',
    livekitApiSecret: 'a secret of at least thirty-two bytes',
  };

  it('lets a viewer receive, and send nothing', async () => {
    const server = await startServer({ ...livekit, meshLimit: 2 });
    const presenter = await server.member('ada', 'room');
    await server.member('bob', 'room');
    const client = await server.connect();
    const answer = await client.join(await server.token('vic', 'room', 'viewer'));
    const sent = (await presenter.client.request({ type: 'get-transport' })).answer as TransportAnswer;
    const rights = (given: TransportAnswer): unknown => {
      assert.ok(given.transport === 'sfu');
      const { canPublish, canSubscribe } = decodeJwt(given.token)['video'] as Record<string, boolean>;
      return { canPublish, canSubscribe };
    };
    assert.deepEqual(rights(sent), { canPublish: true, canSubscribe: true });
    assert.deepEqual(rights(answer), { canPublish: false, canSubscribe: true });
    const again = (await client.request({ type: 'get-transport' })).answer as TransportAnswer;
    assert.deepEqual(rights(again), { canPublish: false, canSubscribe: true });
  });

  it('moves a call that outgrows the mesh, and admits each participant to the same room under its own id', async () => {
    const server = await startServer({ ...livekit, meshLimit: 2 });
    const [a, b] = [await server.member('ada', 'room'), await server.member('bob', 'room')];
    assert.equal(b.answer.transport, 'mesh');
    const c = await server.member('cyd', 'room');
    assert.ok(c.answer.transport === 'sfu');
    assert.equal(c.answer.url, 'wss://livekit.example');
    const key = new TextEncoder().encode(livekit.livekitApiSecret);
    const { payload } = await jwtVerify(c.answer.token, key, { issuer: 'key', subject: c.answer.self.id });
    const { room, roomJoin } = payload['video'] as { room: string; roomJoin: boolean };
    assert.deepEqual([room, roomJoin], ['room#1', true]);
    assert.equal((await a.client.receives('transport-changed')).generation, 1);
    const answer = (await a.client.request({ type: 'get-transport' })).answer as TransportAnswer;
    assert.ok(answer.transport === 'sfu' && answer.generation === 1);
    assert.deepEqual(
      [decodeJwt(answer.token).sub, decodeJwt(answer.token)['video']],
      [a.id, payload['video']],
    );
    for (const { client } of [a, b]) await client.request({ type: 'transport-ready', generation: 1 });
    for (const { client } of [a, b, c])
      assert.equal((await client.receives('transport-settled')).generation, 1);
  });

  it('moves back when the call has been small for a while', async () => {
    const clock = new ManualClock();
    clock.advance(Date.now() - clock.now());
    const server = await startServer({ ...livekit, meshLimit: 2, meshReturnMs: 5000, clock });
    const [a, , c] = [
      await server.member('ada', 'room'),
      await server.member('bob', 'room'),
      await server.member('cyd', 'room'),
    ];
    await c.client.request({ type: 'leave' });
    await a.client.receives('participant-left');
    await a.client.receives('transport-changed');
    clock.advance(4999);
    assert.deepEqual(
      (await a.client.unread()).filter(({ type }) => type === 'transport-changed'),
      [],
    );
    clock.advance(1);
    assert.equal((await a.client.receives('transport-changed')).generation, 2);
    const { answer } = await a.client.request({ type: 'get-transport' });
    assert.deepEqual(answer, { generation: 2, transport: 'mesh', iceServers: [] });
  });

  it('has a limit of its own', async () => {
    const server = await startServer({ ...livekit, meshLimit: 2, sfuLimit: 3 });
    for (const uid of ['ada', 'bob', 'cyd']) await server.member(uid, 'room');
    const late = await server.connect();
    await assert.rejects(late.join(await server.token('eve', 'room')), { code: 'ROOM_FULL' });
  });

  it('learns after a restart from those who return what the call is on', async () => {
    const [before, after] = [
      await startServer({ ...livekit, secret: testSecret }),
      await startServer({ ...livekit, secret: testSecret }),
    ];
    const { resume } = (await before.member('ada', 'room')).answer;
    const back = await after.connect();
    const token = await after.token('ada', 'room');
    const answer = await back.join(token, { resume, media: { transport: 'sfu', generation: 3 } });
    assert.deepEqual([answer.transport, answer.generation], ['sfu', 3]);
    const other = await after.member('bob', 'room');
    assert.deepEqual([other.answer.transport, other.answer.generation], ['sfu', 3]);
  });

  it('does not believe a participant who has just joined', async () => {
    const server = await startServer(livekit);
    const client = await server.connect();
    const media = { transport: 'sfu', generation: 9 } as const;
    const { resume, generation } = await client.join(await server.token('ada', 'room'), { media });
    assert.equal(generation, 0);
    const again = await server.connect();
    assert.equal((await again.join(await server.token('ada', 'room'), { resume, media })).generation, 0);
  });

  it('is configured completely or not at all', async () => {
    await assert.rejects(
      startServer({ livekitUrl: livekit.livekitUrl }),
      /LIVEKIT_API_KEY and LIVEKIT_API_SECRET/,
    );
    await assert.rejects(startServer({ ...livekit, livekitUrl: 'https://x' }), /LIVEKIT_URL .* must be a ws/);
    assert.ok(new CallError('ROOM_FULL').retryable);
  });

  it('is what the token of a participant says: the SFU from the first one on, or a mesh of more', async () => {
    const server = await startServer({ ...livekit, meshLimit: 2, secret: testSecret });
    const join = async (sessionId: string, uid: string, meshLimit?: number): Promise<string> => {
      const client = await server.connect();
      const token = await createCallToken({ secret: testSecret, sessionId, user: { uid }, meshLimit });
      return (await client.join(token)).transport;
    };
    assert.equal(await join('large', 'ada', 0), 'sfu');
    const of3 = [await join('mesh', 'ada', 3), await join('mesh', 'bob'), await join('mesh', 'cyd')];
    assert.deepEqual([...of3, await join('mesh', 'dan')], ['mesh', 'mesh', 'mesh', 'sfu']);
    for (const meshLimit of [-1, 1.5, 101])
      await assert.rejects(join('wrong', 'ada', meshLimit), { code: 'INVALID_ARGUMENT' });
  });

  it('does not move to and fro where the token wants the SFU', () => {
    const large: Room = { ...emptyRoom('s'), meshLimit: 0 };
    const joined = adapt(large, come('a')).room;
    assert.equal(joined.media.transport, 'sfu');
    assert.equal(adapt(joined, leave('nobody'), 5000).room.media.transport, 'sfu');
    assert.equal(adapt(joined, leave('nobody'), 50_000).room.media.generation, 1);
  });
});
