import type { CallError, CallErrorCode } from '../call-error.js';
import { noDevices, type DeviceLists } from '../media/devices.js';
import type { ReplacedDevices } from '../media/replaced-devices.js';
import type { CallEncryption } from './call-encryption.js';
import { isViewer, type Participant, type ParticipantId } from './participant.js';

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
  readonly failures: Readonly<Partial<Record<LocalSource, CallErrorCode>>>;
  readonly devices: DeviceLists;
  /** Devices that were disconnected while in use, and what replaced them. */
  readonly replaced: ReplacedDevices;
  /** The front camera's video is shown mirrored, the rear camera's is not. */
  readonly facingMode: 'user' | 'environment';
}

/**
 * DEFAULT and TILE (CometChat's other name): a grid. SPOTLIGHT and SIDEBAR: one participant in front. SINGLE: only
 * one.
 */
export type LayoutMode = (typeof layoutModes)[number];

/** In the order of the layout button; the first is the default. */
export const layoutModes = ['DEFAULT', 'TILE', 'SPOTLIGHT', 'SIDEBAR', 'SINGLE'] as const;

/** The media connection to one participant. */
export type LinkState = 'connecting' | 'connected' | 'interrupted' | 'failed';

/** A participant's camera or screen on the stage. */
export interface TileRef {
  readonly participantId: ParticipantId;
  readonly source: 'camera' | 'screen';
}

interface Phase {
  /** Microphone, camera, screen and devices of this user. */
  readonly local: LocalMedia;
  /** Increases whenever a stream is added, removed or replaced. */
  readonly streams: number;
}

export interface IdleCall extends Phase {
  /** The phase of the call. */
  readonly phase: 'idle';
}

export interface JoiningCall extends Phase {
  /** The phase of the call. */
  readonly phase: 'joining';
}

export interface ActiveCall extends Phase {
  /** The phase of the call. */
  readonly phase: 'active' | 'reconnecting';
  /** The id of the session. */
  readonly sessionId: string;
  /** The id of the local participant. */
  readonly selfId: ParticipantId;
  /** All participants, including the local one, in the order of joining. */
  readonly participants: ReadonlyMap<ParticipantId, Participant>;
  /** The media connection to each remote participant. */
  readonly links: ReadonlyMap<ParticipantId, LinkState>;
  /** Outages of remote participants whose end has not been notified, and whether media has stopped and come back in them. */
  readonly outages: ReadonlyMap<ParticipantId, { readonly mediaRestored: boolean }>;
  /** Connection quality for each participant, 0 (lost) to 4 (excellent); absent while unknown. */
  readonly qualities: ReadonlyMap<ParticipantId, number>;
  /** When this page joined, by `performance.now()`, which is monotonic. */
  readonly startedAt: number;
  /** The largest number of participants so far: a call that never had more than two is a 1:1 call. */
  readonly peakParticipantCount: number;
  /** The active speaker, with hysteresis; `null` while no one speaks. */
  readonly speaker: ParticipantId | null;
  /** The tile that the user pinned. */
  readonly pinned: TileRef | null;
  /** The layout of the tiles. */
  readonly mode: LayoutMode;
  /** An audio call has no cameras until all accept the switch to video. */
  readonly audioOnly: boolean;
  /** The pending request to switch to video, local or remote. */
  readonly videoRequest: { readonly by: ParticipantId } | null;
  /** Whether the list of participants is open. */
  readonly participantListShown: boolean;
  /** The call is shown in a picture-in-picture window. */
  readonly pictureInPicture: boolean;
  /** What is known of the encryption from end to end; absent in a call without it, and until something is known. */
  readonly encryption?: CallEncryption;
  /** While the idle warning is shown: when the call will end, by `performance.now()`. */
  readonly idleEndsAt: number | null;
}

/** Why the local participant left the call. */
export type LeaveReason = 'left' | 'hung-up' | 'timed-out' | 'failed' | 'ended-by-server';

export interface EndedCall extends Phase {
  /** The phase of the call. */
  readonly phase: 'ended';
  /** Why the call is over. */
  readonly reason: LeaveReason;
  /** Why the call failed; `null` if it did not. */
  readonly error: CallError | null;
  /** Seconds in the call; `null` if it was never joined. */
  readonly duration: number | null;
}

/** The state of a call: a value for each phase. */
export type CallState = IdleCall | JoiningCall | ActiveCall | EndedCall;

export const off: Toggle = { wanted: false, actual: false };

export const noLocalMedia: LocalMedia = {
  microphone: off,
  camera: off,
  screen: off,
  failures: {},
  devices: noDevices,
  replaced: {},
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

/** Whether the local participant's hand is raised. */
export function isHandRaised(state: CallState): boolean {
  return isActive(state) && localParticipantOf(state).handRaisedAt !== null;
}

/** Whether the local participant is recording the call. */
export function isRecording(state: CallState): boolean {
  return isActive(state) && localParticipantOf(state).recording;
}

export function remoteParticipantsOf(call: ActiveCall): readonly Participant[] {
  return [...call.participants.values()].filter(({ id }) => id !== call.selfId);
}

/** Whether a participant may be seen and heard: a viewer may not, whatever arrives from one. */
export function maySend(state: CallState, id: ParticipantId): boolean {
  const participant = isActive(state) ? state.participants.get(id) : undefined;
  return !participant || !isViewer(participant);
}

/** Whether media is exchanged with a remote participant. Two viewers have nothing for each other. */
export function exchangesMedia(call: ActiveCall, id: ParticipantId): boolean {
  return maySend(call, id) || maySend(call, call.selfId);
}

/** The remote participants with whom media is exchanged. */
export function mediaPeersOf(call: ActiveCall): readonly Participant[] {
  return remoteParticipantsOf(call).filter(({ id }) => exchangesMedia(call, id));
}

/** The sources that a participant sends now, according to the server. */
export function sourcesOf(state: CallState, id: ParticipantId): readonly TrackSource[] {
  const participant = isActive(state) ? state.participants.get(id) : undefined;
  if (participant?.connection !== 'connected') return [];
  return [
    ...(participant.audioMuted ? [] : (['microphone'] as const)),
    ...(participant.videoPaused ? [] : (['camera'] as const)),
    ...(participant.screenSharing ? (['screen'] as const) : []),
  ];
}

export function isBusy({ wanted, actual }: Toggle): boolean {
  return wanted !== actual;
}
