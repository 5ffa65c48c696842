import type { CallError } from '../domain/call-error.js';
import type { ParticipantId } from '../domain/call/participant.js';
import type { MediaEncryption } from '../domain/media/media-encryption.js';
import type { DeviceList } from '../media/devices/device-list.js';
import type { ScreenCapture } from '../media/capture/screen-capture.js';
import type { openUserMedia } from '../media/capture/user-media.js';
import type { KeySignal } from '../domain/signal-data.js';
import type { CallSettings } from '../settings/setting-rows.js';
import type { SignalingChannel, SignalingOptions } from '../signaling/signaling-channel.js';
import type { TransportName } from '../domain/call/transport-grant.js';
import type { TransportFactory } from '../transports/transport.js';
import type { Handover, HandoverOptions } from './media/transport/handover.js';
import type { ProcessingOptions, TrackProcessing } from './media/local/track-processing.js';

/** Records the call as displayed. Present only with a user interface to record. */
export interface CallRecording {
  /** Resolves when recording has started; rejects with a CallError. `onFailed` reports a later failure. */
  start(onFailed: (error: CallError) => void): Promise<void>;
  /** Resolves when the file is complete; at once when not recording. */
  stop(): Promise<void>;
}

/** The picture-in-picture window. Present only with a user interface to move into it. */
export interface PictureInPicture {
  /** Resolves with whether the window is open; rejects with a CallError. `onClose`: the user closed the window. */
  toggle(onClose: () => void): Promise<boolean>;
}

export interface EncryptionOptions {
  /** Sends another participant something about a key; resolves with whether it was delivered. */
  readonly send: (to: ParticipantId, message: KeySignal) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** The part of the session that track processing uses. */
export type ProcessingContext = Pick<ProcessingOptions, 'send' | 'sent' | 'signal'>;

/** Everything a session requires of browser, server and user interface. Tests pass fakes. */
export interface SessionPorts {
  openChannel(options: SignalingOptions): SignalingChannel;
  loadTransport(name: TransportName): Promise<TransportFactory>;
  /** Loads what moves a call from one transport to the next. */
  createHandover(options: Omit<HandoverOptions, 'firstMedia'>): Promise<Handover>;
  readonly openUserMedia: typeof openUserMedia;
  /** The permission state of a source; `undefined` if the browser does not report it. */
  permission?(source: 'microphone' | 'camera'): Promise<PermissionState | undefined>;
  /** Calls `handle` when the page becomes visible. */
  onVisible?(handle: () => void, options: { readonly signal: AbortSignal }): void;
  /** Rejects with a CallError when a speaker cannot be used. */
  readonly checkSpeaker?: (deviceId: string) => Promise<void>;
  openScreen(options: { readonly signal: AbortSignal }): Promise<ScreenCapture>;
  createDeviceList(options: { readonly signal: AbortSignal }): DeviceList;
  /** Measures the audio level (0 to 1) of a local track. */
  createLevelMeter(track: MediaStreamTrack, options: { readonly signal: AbortSignal }): { read(): number };
  /** Calls `handle` when the network changed or is back online. */
  onNetworkChange(handle: () => void, options: { readonly signal: AbortSignal }): void;
  readonly recording?: CallRecording;
  readonly pictureInPicture?: PictureInPicture;
  /** Loads the processing of local tracks. Rejects if the code fails to load. */
  readonly loadProcessing?: (settings: CallSettings, context: ProcessingContext) => Promise<TrackProcessing>;
  /** Loads the end-to-end encryption. Rejects with a CallError where it cannot work: then there is no call. */
  openEncryption(settings: CallSettings, options: EncryptionOptions): Promise<MediaEncryption>;
  /** Opens or closes the background panel, if the user interface has one. */
  showBackgrounds?(shown: boolean): void;
}
