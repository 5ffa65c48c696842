import type { AudioMode } from '../media/audio-modes.js';
import type { CallFailure } from '../call-error.js';
import type { LayoutMode, LeaveReason } from './call-state.js';
import type { Device, DeviceLists } from '../media/devices.js';
import type { SessionUser } from './participant.js';

/** Who muted whom. Somebody who muted themselves is both. */
export interface MuteEvent {
  readonly muted: SessionUser;
  readonly mutedBy: SessionUser;
}

/** An audio call became a video call: who asked, and who agreed. */
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
  /** Frees the disk that the browser keeps the file on: to be called when it was saved elsewhere. */
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
  /** The list of participants changed: somebody joined or left. It includes oneself. */
  onUserListUpdated: readonly SessionUser[];
  /** A participant's microphone was muted, by themselves or by another participant. */
  onUserMuted: MuteEvent;
  /** A participant's microphone was unmuted. */
  onUserUnMuted: MuteEvent;
  /** The audio call was upgraded to a video call. */
  onCallSwitchedToVideo: SwitchToVideoEvent;
  /** The microphones, speakers and cameras of this machine: once after joining, then at each change. */
  onMediaDeviceListUpdated: DeviceLists;
  /** The kinds of speaker that there are changed (iOS: `onAudioModeChanged`). */
  onAudioModeChanged: readonly AudioMode[];
  /** A participant, possibly oneself, started to record the call. */
  onRecordingStarted: { readonly user: SessionUser };
  /** The recording ended. */
  onRecordingStopped: { readonly user: SessionUser };
  /** The own recording is complete. The element downloads the file unless this is prevented. */
  onRecordingAvailable: RecordedFile;
  /** The local user started sharing a screen. */
  onScreenShareStarted: void;
  /** The local user stopped sharing a screen. */
  onScreenShareStopped: void;
  /** The other participant of a 1:1 call left (never more than two were in it). */
  onCallEnded: void;
  /** The call was ended because nobody else was in it for the idle timeout. */
  onSessionTimeout: void;
  /** The local user pressed the end-call button. The element hangs up unless this is prevented. */
  onCallEndButtonPressed: void;
  /** Something failed; `code` says what, `message` what to do. */
  onError: CallFailure;
  /** The call was joined. */
  onSessionJoined: { readonly sessionId: string };
  /** The call was left, for whatever reason. */
  onSessionLeft: { readonly reason: LeaveReason };
  /** The connection to the server or to all others was lost; the call tries to restore it. */
  onConnectionLost: void;
  /** The connection is back. */
  onConnectionRestored: void;
  /** The connection was closed for good, against the user's will. */
  onConnectionClosed: void;
  /** The call could not be joined, or was lost for good. */
  onConnectionFailed: CallFailure;
  /** The connection to a remote participant was lost; it may come back. */
  onRemoteConnectionLost: SessionUser;
  /** The connection to a remote participant is back. */
  onRemoteConnectionRestored: SessionUser;
  /** The own microphone was muted. */
  onAudioMuted: void;
  /** The own microphone was unmuted. */
  onAudioUnMuted: void;
  /** The own camera was turned off. */
  onVideoPaused: void;
  /** The own camera was turned on. */
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
  /** Another participant speaks now; `null` when nobody does. */
  onDominantSpeakerChanged: SessionUser | null;
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

export type CallEventName = keyof CallEvents;

/** One raised event, as a value: easy to return, to compare and to log. */
export type CallEvent = {
  [Name in CallEventName]: { readonly name: Name; readonly detail: CallEvents[Name] };
}[CallEventName];

/** The CometChat listener object; every method is optional. */
export type CallEventListener = {
  [Name in keyof CallEvents]?: Handler<CallEvents[Name]>;
};

/** Written as a method, so that listeners may ask for less strict payloads, such as a list that is not `readonly`. */
type Handler<Detail> = { handle(detail: Detail): void }['handle'];

type Kebab<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `-${Lowercase<Head>}`}${Kebab<Tail>}`
  : S;

/** `onUserJoined` -> `cometchat-user-joined`. */
export type DomEventName<Name extends CallEventName = CallEventName> = Name extends `on${infer Rest}`
  ? `cometchat${Kebab<Rest>}`
  : never;

/** What `addEventListener` on `<cometchat-call>` accepts. */
export type CallDomEvents = {
  [Name in CallEventName as DomEventName<Name>]: CustomEvent<CallEvents[Name]>;
};

export function domEventName(name: CallEventName): DomEventName {
  return `cometchat${name.slice(2).replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}` as DomEventName;
}

/** Makes an event value; the compiler holds payload and name together. */
export function callEvent<Name extends CallEventName>(
  name: Name,
  ...detail: CallEvents[Name] extends void ? [] : [CallEvents[Name]]
): CallEvent {
  return { name, detail: detail[0] } as CallEvent;
}
