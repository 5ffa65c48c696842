import type { CallFact } from '../../domain/call/call-facts.js';
import type { LocalSource, TrackSource } from '../../domain/call/call-state.js';
import type { DeviceList } from '../../media/devices/device-list.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import { CapturedSource } from './captured-source.js';
import { choiceOf, requestOf } from './media-choice.js';
import { ScreenShare } from '../room/screen-share.js';
import type { SessionPorts } from '../session-ports.js';

interface LocalTracksOptions {
  readonly ports: Pick<SessionPorts, 'openUserMedia' | 'openScreen' | 'permission' | 'onVisible'>;
  readonly devices: DeviceList;
  readonly dispatch: (fact: CallFact) => void;
  /** A track is to be sent and shown, or no longer. */
  readonly onTrack: (source: TrackSource, track: MediaStreamTrack | null) => void;
  /** A source is on or off now: the others should hear of it. */
  readonly onSettled: (source: LocalSource, on: boolean) => void;
  readonly signal: AbortSignal;
}

/** The tracks of this machine: microphone, camera and screen, each with an owner of its own. */
export class LocalTracks {
  readonly #options: LocalTracksOptions;
  readonly #captured: Readonly<Record<'microphone' | 'camera', CapturedSource>>;
  readonly #screen: ScreenShare;
  #started: Promise<void> | undefined;
  /** What was asked for before the start: it counts more than the settings. */
  readonly #asked: { microphone?: boolean; camera?: boolean } = {};

  constructor(options: LocalTracksOptions) {
    this.#options = options;
    this.#captured = {
      microphone: new CapturedSource('microphone', options),
      camera: new CapturedSource('camera', options),
    };
    this.#screen = new ScreenShare(options);
  }

  track(source: TrackSource): MediaStreamTrack | undefined {
    return source === 'microphone' || source === 'camera'
      ? this.#captured[source].track
      : this.#screen.track(source);
  }

  /** Opens what is wanted at the start of the call, with one prompt for both; once. */
  start(settings: CallSettings): Promise<void> {
    this.#started ??= this.#openInitial(settings);
    return this.#started;
  }

  /** Switches a source on or off. */
  setEnabled(source: LocalSource, on: boolean): void {
    if (source === 'screen') return this.#screen.setEnabled(on);
    if (this.#started) return this.#captured[source].setEnabled(on);
    this.#asked[source] = on;
    this.#options.dispatch({ type: 'media-wanted', source, on });
  }

  /** Takes another microphone or camera. One that does not open changes nothing. */
  useDevice(source: 'microphone' | 'camera', deviceId: string): void {
    this.#captured[source].use(choiceOf(deviceId));
  }

  /** Front to rear camera and back, where the cameras say which way they look; else the next camera. */
  switchCamera(): void {
    const settings = this.#captured.camera.track?.getSettings();
    const cameras = this.#options.devices.lists().videoInputDevices;
    if (!settings || cameras.length < 2) return;
    if (settings.facingMode === 'user' || settings.facingMode === 'environment') {
      const facingMode = settings.facingMode === 'user' ? 'environment' : 'user';
      return this.#captured.camera.use({ facingMode });
    }
    const index = cameras.findIndex(({ deviceId }) => deviceId === settings.deviceId);
    const next = cameras[(index + 1) % cameras.length];
    if (next) this.useDevice('camera', next.deviceId);
  }

  async #openInitial(settings: CallSettings): Promise<void> {
    const { microphone, camera } = this.#captured;
    const isHeard = this.#asked.microphone ?? !settings.startWithAudioMuted;
    const isSeen = !settings.audioOnly && (this.#asked.camera ?? startsWithCamera(settings));
    microphone.begin(isHeard, choiceOf(settings.audioInputDeviceId));
    camera.begin(isSeen, choiceOf(settings.videoInputDeviceId));
    const wanted = [
      ...(isHeard ? ([['microphone', microphone]] as const) : []),
      ...(isSeen ? ([['camera', camera]] as const) : []),
    ];
    if (wanted.length === 0) return;
    const { ports, signal } = this.#options;
    const deviceRequest = Object.fromEntries(wanted.map(([name, { choice }]) => [name, requestOf(choice)]));
    const opening = ports.openUserMedia(deviceRequest, { signal });
    await Promise.all(wanted.map(([, source]) => source.expect(opening, { shared: wanted.length > 1 })));
  }
}

/** Whether the camera is wanted from the start. */
export function startsWithCamera({ audioOnly, startWithVideoMuted }: CallSettings): boolean {
  return !audioOnly && !startWithVideoMuted;
}
