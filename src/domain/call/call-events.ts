import type { AudioMode } from '../media/audio-modes.js';
import type { CallFailure } from '../call-error.js';
import type { CallEncryption } from './call-encryption.js';
import type { LayoutMode, LeaveReason } from './call-state.js';
import type { Device, DeviceLists } from '../media/devices.js';
import type { SessionUser } from './participant.js';

/** The participant that was muted or unmuted, and the one that caused it; identical for self-muting. */
export interface MuteEvent {
  readonly muted: SessionUser;
  readonly mutedBy: SessionUser;
}

/** A switch to video: the participant that requested it, and the one that accepted it. */
export interface SwitchToVideoEvent {
  readonly sessionId: string;
  readonly initiator: SessionUser;
  readonly responder: SessionUser;
}

/** A finished recording of the call. */
export interface RecordedFile {
  readonly file: Blob & { readonly name: string };
  readonly durationMs: number;
  readonly mimeType: string;
  /** Deletes the browser's temporary file. Call it when the recording has been saved elsewhere. */
  discard(): Promise<void>;
}

/**
 * Every event a call can raise, under its CometChat listener name; the value is the payload
 * (`void`: none). Listener type, DOM event names and manifest entries all come from here.
 */
export interface CallEvents {
  /** A remote participant joined the call. */
  onUserJoined: SessionUser;
  /** A remote participant left the call. */
  onUserLeft: SessionUser;
  /** A participant joined or left. The list includes the local participant. */
  onUserListUpdated: readonly SessionUser[];
  /** A participant's microphone was muted, by that participant or by another one. */
  onUserMuted: MuteEvent;
  /** A participant's microphone was unmuted. */
  onUserUnMuted: MuteEvent;
  /** The audio call was upgraded to a video call. */
  onCallSwitchedToVideo: SwitchToVideoEvent;
  /** The devices of this machine: raised once after joining, then on each change. */
  onMediaDeviceListUpdated: DeviceLists;
  /** The available kinds of speaker changed (iOS: `onAudioModeChanged`). */
  onAudioModeChanged: readonly AudioMode[];
  /** A participant, possibly the local one, started to record the call. */
  onRecordingStarted: { readonly user: SessionUser };
  /** The recording ended. */
  onRecordingStopped: { readonly user: SessionUser };
  /** The local recording is complete. The element downloads the file unless `preventDefault` is called. */
  onRecordingAvailable: RecordedFile;
  /** The local user started sharing a screen. */
  onScreenShareStarted: void;
  /** The local user stopped sharing a screen. */
  onScreenShareStopped: void;
  /** The other participant of a 1:1 call left (never more than two were in it). */
  onCallEnded: void;
  /** The call was ended because no other participant was in it for `idleTimeoutPeriod`. */
  onSessionTimeout: void;
  /** The local user pressed the end-call button. The element leaves the call unless `preventDefault` is called. */
  onCallEndButtonPressed: void;
  /** A failure; `code` identifies it, `message` explains it. */
  onError: CallFailure;
  /** The call was joined. */
  onSessionJoined: { readonly sessionId: string };
  /** The call was left; `reason` states why. */
  onSessionLeft: { readonly reason: LeaveReason };
  /** The connection to the server was lost; the call tries to reconnect. */
  onConnectionLost: void;
  /** The connection to the server was restored. */
  onConnectionRestored: void;
  /** The connection was closed permanently, but not by the local user. */
  onConnectionClosed: void;
  /** The call could not be joined, or the connection was lost permanently. */
  onConnectionFailed: CallFailure;
  /** The connection to a remote participant was lost; it may come back. */
  onRemoteConnectionLost: SessionUser;
  /**
   * The connection to a remote participant was restored: once for each outage. If its media did not stop, this is raised 1.5 s after
   * the server has it back.
   */
  onRemoteConnectionRestored: SessionUser;
  /** The local microphone was muted. */
  onAudioMuted: void;
  /** The local microphone was unmuted. */
  onAudioUnMuted: void;
  /** The local camera was turned off. */
  onVideoPaused: void;
  /** The local camera was turned on. */
  onVideoResumed: void;
  /** A participant's camera was turned off. */
  onParticipantVideoPaused: SessionUser;
  /** A participant's camera was turned on. */
  onParticipantVideoResumed: SessionUser;
  /** A participant started sharing a screen. */
  onParticipantStartedScreenShare: SessionUser;
  /** A participant stopped sharing a screen. */
  onParticipantStoppedScreenShare: SessionUser;
  /** A participant raised a hand. */
  onParticipantHandRaised: SessionUser;
  /** A participant lowered the hand. */
  onParticipantHandLowered: SessionUser;
  /** The active speaker changed; `null` while no one speaks. */
  onDominantSpeakerChanged: SessionUser | null;
  /**
   * What is known of the encryption from end to end changed. `encrypted` is `true` only once frames of all participants who
   * send were decrypted, and own ones were encrypted.
   */
  onEncryptionChanged: CallEncryption;
  /** The layout changed. */
  onCallLayoutChanged: { readonly mode: LayoutMode };
  /** The list of participants was opened. */
  onParticipantListVisible: void;
  /** The list of participants was closed. */
  onParticipantListHidden: void;
  /** The user pressed a button of the control bar, named as in its part (`button-mute-audio`). */
  onControlPressed: { readonly control: string };
  /** The call uses another microphone. */
  onAudioInputDeviceChanged: Device;
  /** The call uses another speaker. */
  onAudioOutputDeviceChanged: Device;
  /** The call uses another camera. */
  onVideoInputDeviceChanged: Device;
}

/** The names of the listener’s methods: `onUserJoined`. */
export type CallEventName = keyof CallEvents;

/** One event as a value. */
export type CallEvent = {
  [Name in CallEventName]: { readonly name: Name; readonly detail: CallEvents[Name] };
}[CallEventName];

/** The CometChat listener object; every method is optional. */
export type CallEventListener = {
  [Name in keyof CallEvents]?: Handler<CallEvents[Name]>;
};

/** Declared as a method (bivariant), so that listeners may declare less strict payloads, such as a mutable list. */
type Handler<Detail> = { handle(detail: Detail): void }['handle'];

type Kebab<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `-${Lowercase<Head>}`}${Kebab<Tail>}`
  : S;

/** `onUserJoined` -> `cometchat-user-joined`. */
export type DomEventName<Name extends CallEventName = CallEventName> = Name extends `on${infer Rest}`
  ? `cometchat${Kebab<Rest>}`
  : never;

/** The event map of `addEventListener` on `<cometchat-call>`. */
export type CallDomEvents = {
  [Name in CallEventName as DomEventName<Name>]: CustomEvent<CallEvents[Name]>;
};

export function domEventName(name: CallEventName): DomEventName {
  return `cometchat${name.slice(2).replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}` as DomEventName;
}

/** Creates an event; the types tie the payload to the name. */
export function callEvent<Name extends CallEventName>(
  name: Name,
  ...detail: CallEvents[Name] extends void ? [] : [CallEvents[Name]]
): CallEvent {
  return { name, detail: detail[0] } as CallEvent;
}
