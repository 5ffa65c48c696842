import type { CallFact } from '../../../domain/call/call-facts.js';
import type { LocalSource, TrackSource } from '../../../domain/call/call-state.js';
import type { DeviceList } from '../../../media/devices/device-list.js';
import type { CallSettings } from '../../../settings/setting-rows.js';
import { CapturedSource } from './captured-source.js';
import { choiceOf, requestOf, startsWithCamera } from './media-choice.js';
import { ScreenShare } from './screen-share.js';
import type { SessionPorts } from '../../session-ports.js';

interface LocalTracksOptions {
  readonly ports: Pick<SessionPorts, 'openUserMedia' | 'openScreen' | 'permission' | 'onVisible'>;
  readonly devices: DeviceList;
  readonly dispatch: (fact: CallFact) => void;
  /** The track to send and show; `null` removes it. */
  readonly onTrack: (source: TrackSource, track: MediaStreamTrack | null) => void;
  /** A source was turned on or off; the session publishes it. */
  readonly onSettled: (source: LocalSource, on: boolean) => void;
  readonly signal: AbortSignal;
}

/** The local tracks: microphone, camera and screen. Each has its own owner. */
export class LocalTracks {
  readonly #options: LocalTracksOptions;
  readonly #captured: Readonly<Record<'microphone' | 'camera', CapturedSource>>;
  readonly #screen: ScreenShare;
  #started: Promise<void> | undefined;
  /** Commands given before the start; they override the settings. */
  readonly #initialOverrides: { microphone?: boolean; camera?: boolean } = {};

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

  /** Opens the initial sources with one prompt for both. Later calls return the same promise. */
  start(settings: CallSettings): Promise<void> {
    this.#started ??= this.#openInitial(settings);
    return this.#started;
  }

  setEnabled(source: LocalSource, on: boolean): void {
    if (source === 'screen') return this.#screen.setEnabled(on);
    if (this.#started) return this.#captured[source].setEnabled(on);
    this.#initialOverrides[source] = on;
    this.#options.dispatch({ type: 'media-wanted', source, on });
  }

  /** Switches to another microphone or camera; on failure the current one stays. */
  useDevice(source: 'microphone' | 'camera', deviceId: string): void {
    this.#captured[source].use(choiceOf(deviceId));
  }

  /** Toggles between front and rear camera. Without a known facing mode, selects the next camera in the list. */
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
    const microphoneOn = this.#initialOverrides.microphone ?? !settings.startWithAudioMuted;
    const cameraOn = !settings.audioOnly && (this.#initialOverrides.camera ?? startsWithCamera(settings));
    microphone.begin(microphoneOn, choiceOf(settings.audioInputDeviceId));
    camera.begin(cameraOn, choiceOf(settings.videoInputDeviceId));
    const wanted = [
      ...(microphoneOn ? ([['microphone', microphone]] as const) : []),
      ...(cameraOn ? ([['camera', camera]] as const) : []),
    ];
    if (wanted.length === 0) return;
    const { ports, signal } = this.#options;
    const deviceRequest = Object.fromEntries(wanted.map(([name, { choice }]) => [name, requestOf(choice)]));
    const opening = ports.openUserMedia(deviceRequest, { signal });
    await Promise.all(wanted.map(([, source]) => source.expect(opening, { shared: wanted.length > 1 })));
  }
}
