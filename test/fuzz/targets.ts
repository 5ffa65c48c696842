import assert from 'node:assert/strict';
import { CallError } from '../../src/domain/call-error.js';
import { idle, isActive, type CallState } from '../../src/domain/call/call-state.js';
import type { CallFact } from '../../src/domain/call/call-facts.js';
import { initialParticipantState } from '../../src/domain/call/participant.js';
import { transition } from '../../src/domain/call/transition.js';
import { protocolVersion } from '../../src/protocol/messages.js';
import { parseClientMessage } from '../../src/protocol/parse-message.js';
import { readServerMessage } from '../../src/protocol/read-server-message.js';
import {
  disconnectParticipant,
  endSession,
  expireParticipants,
  joinRoom,
  leaveRoom,
  muteParticipant,
  updateParticipant,
  vouchFor,
} from '../../src/server/rooms/transitions/room-participants.js';
import type { RoomTransition } from '../../src/server/rooms/room-transition.js';
import { emptyRoom, newIdentity, type Room } from '../../src/server/rooms/room.js';
import { answerVideo, requestVideo } from '../../src/server/rooms/transitions/video-request.js';
import { parseSignal } from '../../src/transports/mesh/connection/parse-signal.js';
import { participant } from '../fakes/ui/participants.js';
import type { Random } from './random.js';

/** Feeds one generated message to something that must stand it. Throws when a promise is broken. */
export type Target = (random: Random) => void;

const state = initialParticipantState;
const offer = { type: 'offer', sdp: 'v=0\r\n' };
const requests: readonly [object, ...object[]] = [
  { type: 'join', id: 1, protocol: protocolVersion, token: 't', resume: 'r', state },
  { type: 'signal', id: 2, to: 'b', epoch: 0, data: offer },
  {
    type: 'signal',
    id: 3,
    to: 'b',
    epoch: 0,
    data: { type: 'candidates', candidates: [{ candidate: 'c' }] },
  },
  { type: 'update', id: 4, changes: { audioMuted: true, handRaisedAt: null } },
  { type: 'mute-participant', id: 5, participantId: 'b', source: 'camera' },
  { type: 'vouch', id: 6, participantId: 'b' },
  { type: 'answer-video', id: 7, accept: true },
  { type: 'end-session', id: 8 },
];
const pushes: readonly [object, ...object[]] = [
  { type: 'ack', id: 1, answer: { delivered: true } },
  { type: 'ack', id: 1, error: { code: 'ROOM_FULL', message: 'm' } },
  { type: 'participant-joined', participant: participant('b') },
  { type: 'participant-left', participantId: 'b' },
  { type: 'participant-updated', participantId: 'b', changes: { audioMuted: true }, by: null },
  { type: 'signal', from: 'b', epoch: 1, data: offer },
  { type: 'closing', error: { code: 'REPLACED', message: 'm' } },
];

/** What `run` throws must be an error with a documented code. */
function orCallError<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    assert.ok(error instanceof CallError, String(error));
    return undefined;
  }
}

function parsers(random: Random): void {
  const request = random.text(requests);
  const parsed = orCallError(() => parseClientMessage(request));
  // What is accepted is accepted again, as the same.
  if (parsed) assert.deepEqual(parseClientMessage(JSON.stringify(parsed)), parsed);
  orCallError(() => readServerMessage(random.text(pushes)));
  parseSignal(
    random.mutated(random.pick<object>([offer, { type: 'candidates', candidates: [{ candidate: 'c' }] }])),
  );
}

const ids = ['a', 'b', 'c', 'd'] as const;

/** A room to which anything happens in any order. */
function roomTarget(): Target {
  let room: Room = emptyRoom('s');
  let now = 1_000_000;
  let connections = 0;
  const step = (random: Random): RoomTransition => {
    const [id, other] = [random.pick(ids), random.pick(ids)];
    const known = room.participants.find((each) => each.id === id);
    now += random.below(2000);
    switch (random.below(10)) {
      case 0:
      case 1:
        return joinRoom(room, {
          identity: known ?? newIdentity(room, id, now),
          user: { uid: random.pick(['u', id]), name: id, avatar: '' },
          state: { ...state, audioMuted: random.next() < 0.5 },
          connectionId: `c${++connections}`,
          limit: 3,
        });
      case 2:
        return disconnectParticipant(room, known?.connectionId ?? 'none', now + random.below(5000));
      case 3:
        return expireParticipants(room, now);
      case 4:
        return leaveRoom(room, id);
      case 5:
        return vouchFor(room, id, now + random.below(5000));
      case 6:
        return updateParticipant(room, id, { screenSharing: random.next() < 0.5 });
      case 7:
        return muteParticipant(room, id, {
          participantId: other,
          source: random.pick(['microphone', 'camera']),
        });
      case 8:
        return random.next() < 0.5 ? requestVideo(room, id) : answerVideo(room, id, random.next() < 0.8);
      default:
        return random.next() < 0.05 ? endSession(room, id, now + 1000) : leaveRoom(room, other);
    }
  };
  return (random) => {
    const before = room;
    const after = orCallError(() => step(random));
    if (!after) return;
    room = after.room;
    assertRoom(before, after);
  };
}

function assertRoom(before: Room, { room, outbound }: RoomTransition): void {
  const { participants } = room;
  assert.equal(new Set(participants.map(({ id }) => id)).size, participants.length);
  assert.equal(new Set(participants.map(({ order }) => order)).size, participants.length);
  assert.ok(participants.length <= 3 && room.lastOrder >= before.lastOrder);
  for (const { connectionId, connection, graceEndsAt, missedMessages } of participants) {
    assert.equal(connectionId === null, connection === 'reconnecting');
    assert.equal(connectionId === null, graceEndsAt !== null);
    assert.ok(missedMessages.length < 10);
  }
  // Only those are notified who are, or were, connected here.
  const connected = new Set(
    [...before.participants, ...participants].map(({ connectionId }) => connectionId),
  );
  for (const { to } of outbound) for (const id of to) assert.ok(connected.has(id));
}

/** A call to which anything happens in any order. */
function callTarget(): Target {
  let call: CallState = idle;
  const cutOff = new Map<string, boolean>();
  const fact = (random: Random): CallFact => {
    const [id, other] = [random.pick(ids), random.pick(ids)];
    const snapshot = {
      sessionId: 's',
      self: participant('a'),
      participants: ids.slice(1, 1 + random.below(4)).map((each) => participant(each)),
    };
    const facts: readonly [CallFact, ...CallFact[]] = [
      { type: 'connection-lost' },
      { type: 'connection-restored', snapshot, absent: [other] },
      { type: 'participant-joined', participant: participant(id) },
      { type: 'participant-left', id },
      {
        type: 'participant-updated',
        id,
        changes: { connection: random.pick(['connected', 'reconnecting']) },
        by: null,
      },
      {
        type: 'participant-updated',
        id,
        changes: { audioMuted: random.next() < 0.5, recording: random.next() < 0.5 },
        by: other,
      },
      { type: 'link-changed', id, state: random.pick(['connecting', 'connected', 'interrupted', 'failed']) },
      { type: 'outage-over', id },
      { type: 'quality-changed', id, quality: random.below(5) },
      { type: 'speaker-changed', id: random.next() < 0.5 ? null : id },
      { type: 'tile-pinned', tile: { participantId: id, source: 'camera' } },
      { type: 'video-requested', by: id },
      { type: 'switched-to-video', initiator: id, responder: other },
    ];
    if (call.phase === 'idle' || call.phase === 'ended') return { type: 'join-started' };
    if (call.phase === 'joining')
      return { type: 'joined', snapshot, at: 0, mode: 'DEFAULT', audioOnly: false };
    if (random.next() < 0.001) return { type: 'ended', reason: 'left', at: 1 };
    return random.pick(facts);
  };
  return (random) => {
    if (call.phase === 'ended') call = idle;
    const { state: next, events } = transition(call, fact(random));
    call = next;
    if (!isActive(next)) return cutOff.clear();
    assert.ok(next.participants.has(next.selfId));
    for (const id of next.links.keys()) assert.ok(next.participants.has(id), 'the link of one who has left');
    for (const { name, detail } of events) {
      if (name !== 'onRemoteConnectionLost' && name !== 'onRemoteConnectionRestored') continue;
      const isLost = name === 'onRemoteConnectionLost';
      assert.equal(cutOff.get(detail.id) ?? false, !isLost, `${name} twice`);
      cutOff.set(detail.id, isLost);
    }
    for (const id of cutOff.keys()) if (!next.participants.has(id)) cutOff.delete(id);
    for (const id of next.participants.keys())
      assert.equal(next.outages.has(id), cutOff.get(id) ?? false, 'an outage without its event');
  };
}

/** All targets, each from its beginning. */
export function createTargets(): Readonly<Record<string, Target>> {
  return { parsers, room: roomTarget(), call: callTarget() };
}
