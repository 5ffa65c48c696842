import type { CallError, CallErrorCode } from '../call-error.js';
import { noDevices, type DeviceLists } from '../media/devices.js';
import type { Participant, ParticipantId } from './participant.js';

/** The source of a sent track. `screen-audio` is the audio of a shared tab or system. */
export type TrackSource = 'microphone' | 'camera' | 'screen' | 'screen-audio';

/** An asynchronous switch: busy while the two values differ. */
export interface Toggle {
  readonly wanted: boolean;
  readonly actual: boolean;
}

/** The sources that the user can switch on and off. */
export type LocalSource = 'microphone' | 'camera' | 'screen';

/** The state of the local media. */
export interface LocalMedia {
  readonly microphone: Toggle;
  readonly camera: Toggle;
  readonly screen: Toggle;
  /** Why a requested source is off. */
  readonly trouble: Readonly<Partial<Record<LocalSource, CallErrorCode>>>;
  readonly devices: DeviceLists;
  /** The front camera's video is shown mirrored, the rear camera's is not. */
  readonly facingMode: 'user' | 'environment';
}

/**
 * DEFAULT and TILE (CometChat's other name): a grid. SPOTLIGHT and SIDEBAR: one participant in front. SINGLE: only
 * one.
 */
export type LayoutMode = 'DEFAULT' | 'SPOTLIGHT' | 'TILE' | 'SINGLE' | 'SIDEBAR';

/** The media connection to one participant. */
export type LinkState = 'connecting' | 'connected' | 'interrupted' | 'failed';

/** A participant's camera or screen on the stage. */
export interface TileRef {
  readonly participantId: ParticipantId;
  readonly source: 'camera' | 'screen';
}

interface Phase {
  readonly local: LocalMedia;
  /** Increases whenever a stream is added, removed or replaced. */
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
  /** All participants, including the local one, in the order of joining. */
  readonly participants: ReadonlyMap<ParticipantId, Participant>;
  readonly links: ReadonlyMap<ParticipantId, LinkState>;
  /** Connection quality for each participant, 0 (lost) to 4 (excellent); absent while unknown. */
  readonly qualities: ReadonlyMap<ParticipantId, number>;
  /** When this page joined, by `performance.now()`, which is monotonic. */
  readonly startedAt: number;
  /** The largest number of participants so far: a call that never had more than two is a 1:1 call. */
  readonly most: number;
  /** The active speaker, with hysteresis; `null` while no one speaks. */
  readonly speaker: ParticipantId | null;
  /** The tile that the user pinned. */
  readonly pinned: TileRef | null;
  readonly mode: LayoutMode;
  /** An audio call has no cameras until all accept the switch to video. */
  readonly audioOnly: boolean;
  /** The pending request to switch to video, local or remote. */
  readonly videoRequest: { readonly by: ParticipantId } | null;
  readonly participantListShown: boolean;
  /** The call is shown in a picture-in-picture window. */
  readonly pictureInPicture: boolean;
  /** While the idle warning is shown: when the call will end, by `performance.now()`. */
  readonly idleEndsAt: number | null;
}

/** Why the local participant left the call. */
export type LeaveReason = 'left' | 'hung-up' | 'timed-out' | 'failed' | 'ended-by-server';

export interface EndedCall extends Phase {
  readonly phase: 'ended';
  readonly reason: LeaveReason;
  readonly error: CallError | null;
  /** Seconds in the call; `null` if it was never joined. */
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
