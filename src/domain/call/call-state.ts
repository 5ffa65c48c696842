import type { CallError, CallErrorCode } from '../call-error.js';
import { noDevices, type DeviceLists } from '../media/devices.js';
import type { Participant, ParticipantId } from './participant.js';

/** What can be sent. `screen-audio` is the sound of a shared tab or system. */
export type TrackSource = 'microphone' | 'camera' | 'screen' | 'screen-audio';

/** Something that takes time to switch: busy while the two differ. */
export interface Toggle {
  readonly wanted: boolean;
  readonly actual: boolean;
}

/** What the user can switch on and off. */
export type LocalSource = 'microphone' | 'camera' | 'screen';

/** The state of this machine's own media. */
export interface LocalMedia {
  readonly microphone: Toggle;
  readonly camera: Toggle;
  readonly screen: Toggle;
  /** Why a source that is wanted is not there. */
  readonly trouble: Readonly<Partial<Record<LocalSource, CallErrorCode>>>;
  readonly devices: DeviceLists;
  /** The front camera's picture is shown mirrored, the rear one's is not. */
  readonly facingMode: 'user' | 'environment';
}

/** DEFAULT: grid. TILE: the same, by CometChat's other name. SPOTLIGHT: one in front. SINGLE: only one. */
export type LayoutMode = 'DEFAULT' | 'SPOTLIGHT' | 'TILE' | 'SINGLE' | 'SIDEBAR';

/** The media connection to one participant. */
export type LinkState = 'connecting' | 'connected' | 'interrupted' | 'failed';

/** A picture on the stage: somebody's camera or screen. */
export interface TileRef {
  readonly participantId: ParticipantId;
  readonly source: 'camera' | 'screen';
}

interface Phase {
  readonly local: LocalMedia;
  /** Counts the changes of streams: another number means that one came, went or was replaced. */
  readonly streams: number;
}

export interface IdleCall extends Phase {
  readonly phase: 'idle';
}

export interface JoiningCall extends Phase {
  readonly phase: 'joining';
}

export interface ActiveCall extends Phase {
  readonly phase: 'active' | 'reconnecting';
  readonly sessionId: string;
  readonly selfId: ParticipantId;
  /** Everybody, oneself included, in the order of joining. */
  readonly participants: ReadonlyMap<ParticipantId, Participant>;
  readonly links: ReadonlyMap<ParticipantId, LinkState>;
  /** Signal strength to each participant, 0 (lost) to 4 (excellent); absent while unknown. */
  readonly qualities: ReadonlyMap<ParticipantId, number>;
  /** When this page joined, by `performance.now()`: the clock of the machine may jump. */
  readonly startedAt: number;
  /** The largest number of participants there ever were: a call that never had more than two is a 1:1 call. */
  readonly most: number;
  /** Who speaks, with hysteresis; `null` while nobody does. */
  readonly speaker: ParticipantId | null;
  /** What the user put in front by hand. */
  readonly pinned: TileRef | null;
  readonly mode: LayoutMode;
  /** An audio call has no cameras until all agree to switch. */
  readonly audioOnly: boolean;
  /** A request to switch to video that waits for an answer: mine, or another's. */
  readonly videoRequest: { readonly by: ParticipantId } | null;
  /** The list of participants is open. */
  readonly participantListShown: boolean;
  /** The call is shown in a window of its own, above all others. */
  readonly pictureInPicture: boolean;
  /** While the idle warning shows: when the call will be ended, by `performance.now()`. */
  readonly idleEndsAt: number | null;
}

/** Why a call is over for this participant. */
export type LeaveReason = 'left' | 'hung-up' | 'timed-out' | 'failed' | 'ended-by-server';

export interface EndedCall extends Phase {
  readonly phase: 'ended';
  readonly reason: LeaveReason;
  readonly error: CallError | null;
  /** Seconds in the call; `null` when it was never joined. */
  readonly duration: number | null;
}

export type CallState = IdleCall | JoiningCall | ActiveCall | EndedCall;

export const off: Toggle = { wanted: false, actual: false };

export const noLocalMedia: LocalMedia = {
  microphone: off,
  camera: off,
  screen: off,
  trouble: {},
  devices: noDevices,
  facingMode: 'user',
};

export const idle: CallState = { phase: 'idle', local: noLocalMedia, streams: 0 };

export function isActive(state: CallState): state is ActiveCall {
  return state.phase === 'active' || state.phase === 'reconnecting';
}

export function localParticipantOf(call: ActiveCall): Participant {
  const local = call.participants.get(call.selfId);
  if (!local) throw new TypeError('A call always has its own participant in the roster.');
  return local;
}

export function remoteParticipantsOf(call: ActiveCall): readonly Participant[] {
  return [...call.participants.values()].filter(({ id }) => id !== call.selfId);
}

export function isBusy({ wanted, actual }: Toggle): boolean {
  return wanted !== actual;
}
