import { reconciler } from '../base/reconciler.js';
import { asCallError, CallError } from '../domain/call-error.js';
import type { CallFact } from '../domain/call-facts.js';
import type { LocalSource, TrackSource } from '../domain/call-state.js';
import type { DeviceList } from '../media/device-list.js';
import type { CallSettings } from '../settings/setting-rows.js';
import type { SessionPorts } from './session-ports.js';

type CapturedSource = 'microphone' | 'camera';

/** What a source should be; the newest wish counts. */
interface Wish {
  readonly on: boolean;
  readonly deviceId?: string | undefined;
  readonly facingMode?: 'user' | 'environment' | undefined;
}

interface LocalTracksOptions {
  readonly ports: Pick<SessionPorts, 'openUserMedia' | 'openScreen'>;
  readonly devices: DeviceList;
  readonly dispatch: (fact: CallFact) => void;
  /** A track is to be sent and shown, or no longer. */
  readonly onTrack: (source: TrackSource, track: MediaStreamTrack | null) => void;
  /** A source is on or off now: the others should hear of it. */
  readonly onSettled: (source: LocalSource, on: boolean) => void;
  readonly signal: AbortSignal;
}

const deviceKinds = { microphone: 'audioinput', camera: 'videoinput' } as const;

/** Owns the tracks of this machine: opens, replaces and stops them to match what is wanted, one attempt at a time. */
export class LocalTracks {
  readonly #options: LocalTracksOptions;
  readonly #tracks = new Map<TrackSource, MediaStreamTrack>();
  readonly #wishes: Record<CapturedSource, Wish> = { microphone: { on: false }, camera: { on: false } };
  readonly #apply: Readonly<Record<CapturedSource, (wish: Wish) => Promise<void>>>;
  readonly #applyScreen: (on: boolean) => Promise<void>;
  #started: Promise<void> | undefined;

  constructor(options: LocalTracksOptions) {
    this.#options = options;
    this.#apply = {
      microphone: reconciler((wish) => this.#settle('microphone', wish)),
      camera: reconciler((wish) => this.#settle('camera', wish)),
    };
    this.#applyScreen = reconciler((on) => this.#settleScreen(on));
    options.signal.addEventListener('abort', () => this.#stopAll(), { once: true });
  }

  track(source: TrackSource): MediaStreamTrack | undefined {
    return this.#tracks.get(source);
  }

  /** Opens what is wanted at the start of the call, with one prompt for both; once. */
  start(settings: CallSettings): Promise<void> {
    if (this.#started) return this.#started;
    const { startWithAudioMuted, audioInputDeviceId, videoInputDeviceId } = settings;
    const wanted = { microphone: !startWithAudioMuted, camera: startsWithCamera(settings) };
    const deviceIds = { microphone: audioInputDeviceId, camera: videoInputDeviceId };
    for (const source of ['microphone', 'camera'] as const) {
      this.#wishes[source] = { on: wanted[source], deviceId: deviceIds[source] || undefined };
      this.#options.dispatch({ type: 'media-wanted', source, on: wanted[source] });
    }
    this.#started = this.#open(wanted);
    return this.#started;
  }

  /** Switches a source on or off. */
  want(source: LocalSource, on: boolean): Promise<void> {
    this.#options.dispatch({ type: 'media-wanted', source, on });
    return source === 'screen' ? this.#applyScreen(on) : this.#wish(source, { on });
  }

  /** Takes another microphone or camera, now if the source is on, else when it comes on. */
  useDevice(source: CapturedSource, deviceId: string): Promise<void> {
    return this.#wish(source, { deviceId, facingMode: undefined });
  }

  /** Front to rear camera and back, where the cameras say which way they look; else the next camera. */
  switchCamera(): Promise<void> {
    const settings = this.#tracks.get('camera')?.getSettings();
    const cameras = this.#options.devices.lists().videoInputDevices;
    if (!settings || cameras.length < 2) return Promise.resolve();
    if (settings.facingMode === 'user' || settings.facingMode === 'environment') {
      const facingMode = settings.facingMode === 'user' ? 'environment' : 'user';
      return this.#wish('camera', { facingMode, deviceId: undefined });
    }
    const at = cameras.findIndex(({ deviceId }) => deviceId === settings.deviceId);
    const next = cameras[(at + 1) % cameras.length];
    return next ? this.useDevice('camera', next.deviceId) : Promise.resolve();
  }

  #wish(source: CapturedSource, changes: Partial<Wish>): Promise<void> {
    this.#wishes[source] = { ...this.#wishes[source], ...changes };
    return this.#apply[source](this.#wishes[source]);
  }

  async #open(wanted: Readonly<Record<CapturedSource, boolean>>): Promise<void> {
    if (!wanted.microphone && !wanted.camera) {
      this.#settled('microphone', false);
      this.#settled('camera', false);
      return;
    }
    const opened = await this.#options.ports.openUserMedia(
      {
        ...(wanted.microphone && { microphone: deviceOf(this.#wishes.microphone) }),
        ...(wanted.camera && { camera: deviceOf(this.#wishes.camera) }),
      },
      { signal: this.#options.signal },
    );
    for (const source of ['microphone', 'camera'] as const) this.#adopt(source, opened[source]);
    void this.#options.devices.refresh();
  }

  async #settle(source: CapturedSource, wish: Wish): Promise<void> {
    await this.#started;
    if (this.#options.signal.aborted) return;
    const current = this.#tracks.get(source);
    if (!wish.on && source === 'camera') this.#drop('camera');
    if (!wish.on && current && source === 'microphone') current.enabled = false;
    if (!wish.on) return this.#settled(source, false);
    if (current && isLive(current) && fits(current, wish)) {
      current.enabled = true;
      return this.#settled(source, true);
    }
    const { facingMode } = wish;
    // Phones cannot open their second camera while the first one runs.
    if (source === 'camera' && current) current.stop();
    const request = { ...deviceOf(wish), ...(facingMode && { facingMode }) };
    const opened = await this.#options.ports.openUserMedia(
      { [source]: request },
      { signal: this.#options.signal },
    );
    this.#adopt(source, opened[source]);
    void this.#options.devices.refresh();
  }

  #adopt(source: CapturedSource, opened: MediaStreamTrack | CallError | undefined): void {
    if (this.#options.signal.aborted) {
      if (opened instanceof MediaStreamTrack) opened.stop();
      return;
    }
    if (!opened || opened instanceof CallError) {
      this.#drop(source);
      this.#settled(source, false, opened);
      return;
    }
    // The wish may have changed while the browser asked the user.
    const { on } = this.#wishes[source];
    if (source === 'camera' && !on) {
      opened.stop();
      return this.#settled('camera', false);
    }
    opened.enabled = on;
    this.#take(source, opened);
    opened.addEventListener('ended', () => void this.#lost(source, opened), { signal: this.#options.signal });
    const { deviceId, facingMode } = opened.getSettings();
    if (deviceId !== undefined) this.#options.devices.setActive(deviceKinds[source], deviceId);
    if (source === 'camera')
      this.#options.dispatch({
        type: 'facing-changed',
        facingMode: facingMode === 'environment' ? 'environment' : 'user',
      });
    this.#settled(source, on);
  }

  /** The device vanished while it was in use: another one takes its place. */
  async #lost(source: CapturedSource, track: MediaStreamTrack): Promise<void> {
    if (this.#tracks.get(source) !== track) return;
    this.#drop(source);
    await this.#wish(source, { deviceId: undefined, facingMode: undefined });
  }

  async #settleScreen(on: boolean): Promise<void> {
    if (this.#options.signal.aborted) return;
    if (on === this.#tracks.has('screen')) return this.#settled('screen', on);
    if (!on) {
      this.#drop('screen');
      this.#drop('screen-audio');
      return this.#settled('screen', false);
    }
    try {
      const { video, audio, audioDropped } = await this.#options.ports.openScreen({
        signal: this.#options.signal,
      });
      this.#take('screen', video);
      if (audio) this.#take('screen-audio', audio);
      // The browser's own "stop sharing" button.
      video.addEventListener('ended', () => void this.want('screen', false), {
        signal: this.#options.signal,
      });
      this.#settled('screen', true, audioDropped ? new CallError('SCREEN_AUDIO_DROPPED') : undefined);
    } catch (error) {
      const failure = asCallError(error);
      this.#settled('screen', false, failure.code === 'SCREEN_SHARE_CANCELLED' ? undefined : failure);
    }
  }

  #settled(source: LocalSource, on: boolean, failure?: CallError): void {
    if (this.#options.signal.aborted) return;
    this.#options.dispatch({ type: 'media-settled', source, on, ...(failure && { trouble: failure.code }) });
    if (failure) this.#options.dispatch({ type: 'failed', error: failure });
    this.#options.onSettled(source, on);
  }

  #take(source: TrackSource, track: MediaStreamTrack): void {
    const before = this.#tracks.get(source);
    this.#tracks.set(source, track);
    this.#options.onTrack(source, track);
    if (before !== track) before?.stop();
  }

  #drop(source: TrackSource): void {
    const track = this.#tracks.get(source);
    if (!track) return;
    this.#tracks.delete(source);
    this.#options.onTrack(source, null);
    track.stop();
  }

  #stopAll(): void {
    for (const track of this.#tracks.values()) track.stop();
    this.#tracks.clear();
  }
}

/** Whether the camera is wanted from the start. */
export function startsWithCamera({ audioOnly, startWithVideoMuted }: CallSettings): boolean {
  return !audioOnly && !startWithVideoMuted;
}

function deviceOf({ deviceId }: Wish): { readonly deviceId?: string } {
  return deviceId === undefined ? {} : { deviceId };
}

function isLive(track: MediaStreamTrack): boolean {
  return track.readyState === 'live';
}

function fits(track: MediaStreamTrack, { deviceId, facingMode }: Wish): boolean {
  const settings = track.getSettings();
  return (
    (deviceId === undefined || deviceId === settings.deviceId) &&
    (facingMode === undefined || facingMode === settings.facingMode)
  );
}
