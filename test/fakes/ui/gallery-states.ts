import { CallError } from '../../../src/domain/call-error.js';
import type { CallErrorCode } from '../../../src/domain/call-error.js';
import { idle, type CallState, type LeaveReason } from '../../../src/domain/call/call-state.js';
import type { CallFact } from '../../../src/domain/call/call-facts.js';
import type { ParticipantId } from '../../../src/domain/call/participant.js';
import type { CallSettings } from '../../../src/settings/setting-rows.js';
import type { DroppedProcessing } from '../../../src/ui/notices/processing-notice.js';
import type { Hint } from '../../../src/ui/notices/hint-rows.js';
import { after, callOf, callStates, joining, someDevices } from './call-states.js';

/** What the interface is to show: the call, and what only pressing, measuring or the browser brings about. */
export interface Situation {
  readonly state: () => CallState;
  /** The control of the bar that is pressed, or `tile` for the options of the first tile. */
  readonly open?: string;
  readonly hints?: readonly Hint[];
  /** The browser blocks all audio. */
  readonly soundBlocked?: boolean;
  /** Whose picture stands still. */
  readonly frozen?: ParticipantId;
  /** The list of shortcuts is open. */
  readonly help?: boolean;
  /** The choice of a background is open, with these settings. */
  readonly backgrounds?: Partial<CallSettings>;
  /** What was given up of own picture and sound. */
  readonly dropped?: readonly DroppedProcessing[];
}

const beforeJoining = (...facts: readonly CallFact[]): CallState =>
  after(
    idle,
    { type: 'media-wanted', source: 'microphone', on: true },
    { type: 'media-settled', source: 'microphone', on: true },
    { type: 'devices-changed', devices: someDevices },
    ...facts,
  );

const refused = (microphone: CallErrorCode, camera: CallErrorCode): Situation => ({
  state: () =>
    after(
      idle,
      { type: 'media-settled', source: 'microphone', on: false, failure: microphone },
      { type: 'media-settled', source: 'camera', on: false, failure: camera },
    ),
});

const endedBy = (reason: LeaveReason): Situation => ({
  state: () => after(callOf(2), { type: 'ended', reason, at: performance.now() }),
});

const notJoined = (code: CallErrorCode): Situation => ({
  state: () =>
    after(joining, { type: 'ended', reason: 'failed', error: new CallError(code), at: performance.now() }),
});

const dropped = (
  source: DroppedProcessing['source'],
  failure: DroppedProcessing['failure'],
): DroppedProcessing => ({ source, failure, hidden: false, at: 0 });

const presenting = { isPresenter: true };
const watching = { isPresenter: false, audioMuted: true, videoPaused: true };

/** Names as people have them, too long for any tile. */
export const longNames = [
  'Bartholomew Maximilian Featherstonehaugh-Cholmondeley of Woolfardisworthy',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  'ポール・フェルマー・アレクサンドロヴィチ・コンスタンチノープルスキー二世国際通信研究所',
  'عبد الرحمن بن عبد العزيز بن محمد بن إبراهيم آل عبد اللطيف الأنصاري',
];
const participants = Object.fromEntries(
  longNames.map((name, order) => [order, { name, audioMuted: order > 0 }]),
);

/** Everything that is photographed: each state of a call, the lobby, and what opens over a call. */
export const galleryStates: Readonly<Record<string, Situation>> = {
  lobby: { state: beforeJoining },
  'lobby-camera': {
    state: () =>
      beforeJoining(
        { type: 'media-wanted', source: 'camera', on: true },
        { type: 'media-settled', source: 'camera', on: true },
      ),
  },
  'lobby-refused': refused('MEDIA_DENIED', 'MEDIA_DENIED_BY_PAGE'),
  'lobby-in-use': refused('MEDIA_DENIED_BY_SYSTEM', 'MEDIA_IN_USE'),
  'lobby-insecure': refused('MEDIA_INSECURE', 'MEDIA_NOT_FOUND'),
  ...Object.fromEntries(Object.entries(callStates).map(([name, state]) => [name, { state }])),
  'participant-list': {
    state: () => callOf(6, { facts: [{ type: 'participant-list-shown', on: true }] }),
  },
  presentation: {
    state: () =>
      callOf(4, {
        participants: { 0: presenting, 1: presenting, 2: watching, 3: { ...watching, handRaisedAt: 1 } },
        facts: [{ type: 'participant-list-shown', on: true }],
      }),
  },
  'presentation-to-come': { state: () => callOf(2, { participants: { 0: watching, 1: watching } }) },
  'long-names': { state: () => callOf(4, { participants }) },
  'long-names-list': {
    state: () => callOf(4, { participants, facts: [{ type: 'participant-list-shown', on: true }] }),
  },
  'screen-share-many': { state: () => callOf(14, { participants: { 2: { screenSharing: true } } }) },
  'hint-speaking': {
    state: () => callOf(3, { facts: [{ type: 'media-settled', source: 'microphone', on: false }] }),
    hints: ['speaking-while-muted'],
  },
  'hint-silent': { state: () => callOf(3), hints: ['microphone-silent'] },
  'device-gone': {
    state: () => {
      const devices = someDevices.audioInputDevices.slice(1).map((each) => ({ ...each, active: true }));
      const lists = { ...someDevices, audioInputDevices: devices };
      return callOf(3, { facts: [{ type: 'devices-changed', devices: lists }] });
    },
  },
  'tap-to-hear': { state: () => callOf(3), soundBlocked: true },
  frozen: { state: () => callOf(3), frozen: 'p1' },
  help: { state: () => callOf(3), help: true },
  backgrounds: { state: () => callOf(3), backgrounds: {} },
  'backgrounds-chosen': {
    state: () => callOf(3),
    backgrounds: { backgroundImage: 'builtin:dawn', noiseSuppression: true },
  },
  'backgrounds-own': {
    state: () => callOf(3),
    backgrounds: { backgroundChoices: 'blur upload', backgroundImage: new Blob() },
  },
  'lobby-backgrounds': { state: beforeJoining, backgrounds: { backgroundBlur: 30 } },
  'dropped-slow': { state: () => callOf(3), dropped: [dropped('camera', 'too-slow')] },
  'dropped-both': {
    state: () => callOf(3),
    dropped: [{ ...dropped('camera', 'failed'), hidden: true }, dropped('microphone', 'failed')],
  },
  'menu-layout': { state: () => callOf(3), open: 'mode' },
  'menu-devices': { state: () => callOf(3), open: 'audio-mode' },
  'menu-tile': { state: () => callOf(3), open: 'tile' },
  'ended-hung-up': endedBy('hung-up'),
  'ended-timed-out': endedBy('timed-out'),
  'ended-by-server': endedBy('ended-by-server'),
  'not-joined': notJoined('TOKEN_EXPIRED'),
  'not-joined-full': notJoined('ROOM_FULL'),
  'not-joined-offline': notJoined('SERVER_UNREACHABLE'),
};

/** One of them, by its name. */
export function galleryState(name: string): Situation {
  const situation = galleryStates[name];
  if (!situation) throw new Error(`There is no situation ${name}.`);
  return situation;
}
