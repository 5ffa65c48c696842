import type { CallError } from '../domain/call-error.js';
import type { DeviceList } from '../media/devices/device-list.js';
import type { ScreenCapture } from '../media/capture/screen-capture.js';
import type { openUserMedia } from '../media/capture/user-media.js';
import type { CallSettings } from '../settings/setting-rows.js';
import type { SignalingChannel, SignalingOptions } from '../signaling/signaling-channel.js';
import type { TransportName } from '../transports/transport-rows.js';
import type { TransportFactory } from '../transports/transport.js';
import type { ProcessingOptions, TrackProcessing } from './media/track-processing.js';

/** Records what the user sees and hears; there is one only where an interface can be recorded. */
export interface CallRecording {
  /** Resolves when recording has begun; rejects with a CallError. `onFailed`: it broke off later. */
  start(onFailed: (error: CallError) => void): Promise<void>;
  /** Resolves when the file is complete; at once when nothing is recorded. */
  stop(): Promise<void>;
}

/** A window above all others that can show the call; there is one only where an interface can be moved into it. */
export interface PictureInPicture {
  /** Resolves with whether the window is open now; rejects with a CallError. `onClose`: the user closed it. */
  toggle(onClose: () => void): Promise<boolean>;
}

/** What a processed call needs of its session. */
export type ProcessingContext = Pick<ProcessingOptions, 'send' | 'sent' | 'signal'>;

/** Everything a session needs of the world. Tests give it a world of their own. */
export interface SessionPorts {
  openChannel(options: SignalingOptions): SignalingChannel;
  loadTransport(name: TransportName): Promise<TransportFactory>;
  readonly openUserMedia: typeof openUserMedia;
  /** What the browser remembers about a source; `undefined` where it does not tell. */
  permission?(source: 'microphone' | 'camera'): Promise<PermissionState | undefined>;
  /** Calls back when the page is shown again. */
  onVisible?(handle: () => void, options: { readonly signal: AbortSignal }): void;
  /** Rejects with a CallError when a speaker cannot be used. */
  readonly checkSpeaker?: (deviceId: string) => Promise<void>;
  openScreen(options: { readonly signal: AbortSignal }): Promise<ScreenCapture>;
  createDeviceList(options: { readonly signal: AbortSignal }): DeviceList;
  /** Loudness of an own track, 0 to 1. */
  createLevelMeter(track: MediaStreamTrack, options: { readonly signal: AbortSignal }): { read(): number };
  /** Calls back when the network became another one, or came back. */
  onNetworkChange(handle: () => void, options: { readonly signal: AbortSignal }): void;
  readonly recording?: CallRecording;
  readonly pictureInPicture?: PictureInPicture;
  /** Loads what processes own tracks. */
  readonly loadProcessing?: (settings: CallSettings, context: ProcessingContext) => Promise<TrackProcessing>;
  /** Opens or closes the choice of a background, where an interface has one. */
  showBackgrounds?(shown: boolean): void;
}
