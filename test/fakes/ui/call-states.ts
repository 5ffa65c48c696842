import type { CallFact } from '../../../src/domain/call/call-facts.js';
import { idle, isActive, type ActiveCall, type CallState } from '../../../src/domain/call/call-state.js';
import type { Device, DeviceLists } from '../../../src/domain/media/devices.js';
import { initialParticipantState, type Participant } from '../../../src/domain/call/participant.js';
import { transition } from '../../../src/domain/call/transition.js';

const names = [
  'Ada Lovelace',
  'Grace Hopper',
  'Alan Turing',
  'Katherine Johnson',
  'Linus Pauling',
  'Maryam Mirzakhani',
  'Srinivasa Ramanujan',
  'Hedy Lamarr',
  'Ibn al-Haytham',
  'Emmy Noether',
];

/** The participant at a place in the order of joining; oneself is the first. */
export function participantAt(order: number, changes: Partial<Participant> = {}): Participant {
  return {
    ...initialParticipantState,
    id: `p${order}`,
    uid: `user-${order * 7}`,
    name: names[order % names.length] ?? 'Somebody',
    avatar: '',
    order,
    joinedAt: 1_700_000_000_000 + order,
    connection: 'connected',
    ...changes,
  };
}

/** A state, one fact after the other. */
export function after(state: CallState, ...facts: readonly CallFact[]): CallState {
  return facts.reduce((before, fact) => transition(before, fact).state, state);
}

const device = (kind: Device['kind'], index: number, label: string): Device => ({
  deviceId: `${kind}-${index}`,
  kind,
  label,
  groupId: `group-${index}`,
  active: index === 0,
});

export const someDevices: DeviceLists = {
  audioInputDevices: [device('audioinput', 0, 'Built-in microphone'), device('audioinput', 1, 'Headset')],
  audioOutputDevices: [device('audiooutput', 0, 'Speakers'), device('audiooutput', 1, 'Headset')],
  videoInputDevices: [device('videoinput', 0, 'FaceTime camera')],
};

export interface CallOfOptions {
  /** What differs, by place in the order of joining. */
  readonly participants?: Readonly<Record<number, Partial<Participant>>>;
  readonly facts?: readonly CallFact[];
  readonly mode?: ActiveCall['mode'];
  readonly audioOnly?: boolean;
  readonly startedAt?: number;
}

/** Where every call starts: microphone and camera on, devices known. */
export const joining = after(
  idle,
  { type: 'join-started' },
  { type: 'media-wanted', source: 'microphone', on: true },
  { type: 'media-settled', source: 'microphone', on: true },
  { type: 'media-wanted', source: 'camera', on: true },
  { type: 'media-settled', source: 'camera', on: true },
  { type: 'devices-changed', devices: someDevices },
);

/** A call of so many people, oneself included. */
export function callOf(count: number, options: CallOfOptions = {}): ActiveCall {
  const { participants = {}, facts = [], mode = 'DEFAULT', audioOnly = false } = options;
  const at = (order: number): Participant => participantAt(order, participants[order]);
  const others = Array.from({ length: count - 1 }, (_, index) => at(index + 1));
  const state = after(
    joining,
    {
      type: 'joined',
      snapshot: { sessionId: 'session', self: at(0), participants: others },
      at: options.startedAt ?? performance.now() - 247_000,
      mode,
      audioOnly,
    },
    ...others.map(({ id }): CallFact => ({ type: 'link-changed', id, state: 'connected' })),
    ...facts,
  );
  if (!isActive(state)) throw new TypeError('The facts ended the call.');
  return state;
}

const screen = { screenSharing: true };
const quiet = { videoPaused: true, audioMuted: true };
const cameraOff: CallFact = { type: 'media-settled', source: 'camera', on: false };

/** Every situation the interface has to show, by name. */
export const callStates: Readonly<Record<string, () => CallState>> = {
  joining: () => joining,
  alone: () => callOf(1),
  pair: () => callOf(2, { facts: [{ type: 'speaker-changed', id: 'p1' }] }),
  'pair-tile': () => callOf(2, { mode: 'TILE' }),
  'pair-camera-off': () => callOf(2, { participants: { 1: quiet } }),
  'pair-muted': () =>
    callOf(2, {
      facts: [
        { type: 'media-settled', source: 'microphone', on: false },
        { type: 'media-settled', source: 'camera', on: false },
      ],
    }),
  'pair-busy': () => callOf(2, { facts: [{ type: 'media-wanted', source: 'camera', on: false }] }),
  'voice-call': () =>
    callOf(3, {
      audioOnly: true,
      participants: { 0: quiet, 1: { videoPaused: true }, 2: quiet },
      facts: [cameraOff],
    }),
  three: () =>
    callOf(3, {
      participants: { 1: { audioMuted: true }, 2: { videoPaused: true, handRaisedAt: 1 } },
      facts: [{ type: 'speaker-changed', id: 'p2' }],
    }),
  five: () =>
    callOf(5, {
      participants: { 2: quiet, 4: { videoPaused: true } },
      facts: [
        { type: 'speaker-changed', id: 'p1' },
        { type: 'quality-changed', id: 'p3', quality: 1 },
      ],
    }),
  nine: () =>
    callOf(9, {
      participants: { 1: { handRaisedAt: 1 }, 3: quiet, 5: { audioMuted: true }, 8: { videoPaused: true } },
      facts: [
        { type: 'speaker-changed', id: 'p4' },
        { type: 'link-changed', id: 'p6', state: 'interrupted' },
        { type: 'quality-changed', id: 'p2', quality: 2 },
      ],
    }),
  forty: () => callOf(40),
  spotlight: () => callOf(6, { mode: 'SPOTLIGHT', facts: [{ type: 'speaker-changed', id: 'p2' }] }),
  single: () => callOf(4, { mode: 'SINGLE', facts: [{ type: 'quality-changed', id: 'p1', quality: 4 }] }),
  'screen-share': () => callOf(4, { participants: { 2: screen } }),
  'own-screen-share': () =>
    callOf(3, {
      participants: { 0: screen },
      facts: [
        { type: 'media-wanted', source: 'screen', on: true },
        { type: 'media-settled', source: 'screen', on: true },
      ],
    }),
  pinned: () =>
    callOf(5, { facts: [{ type: 'tile-pinned', tile: { participantId: 'p3', source: 'camera' } }] }),
  reconnecting: () => callOf(3, { facts: [{ type: 'connection-lost' }] }),
  recording: () => callOf(3, { participants: { 1: { recording: true } } }),
  'camera-denied': () =>
    callOf(2, {
      facts: [
        { type: 'media-settled', source: 'camera', on: false, failure: 'MEDIA_DENIED' },
        { type: 'media-settled', source: 'microphone', on: false, failure: 'MEDIA_NOT_FOUND' },
      ],
    }),
  'video-request': () =>
    callOf(2, {
      audioOnly: true,
      participants: { 0: quiet, 1: { videoPaused: true } },
      facts: [cameraOff, { type: 'video-requested', by: 'p1' }],
    }),
  'idle-warning': () => callOf(1, { facts: [{ type: 'idle-warned', endsAt: performance.now() + 47_000 }] }),
  ended: () => after(callOf(2), { type: 'ended', reason: 'left', at: performance.now() }),
  failed: () => after(callOf(2), { type: 'ended', reason: 'failed', at: performance.now() }),
};
