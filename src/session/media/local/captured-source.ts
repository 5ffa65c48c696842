import { deviceKinds } from '../../../domain/media/devices.js';
import { asCallError, CallError, type CallErrorCode } from '../../../domain/call-error.js';
import type { UserMedia } from '../../../media/capture/media-sources.js';
import { isSameChoice, requestOf, type MediaChoice } from './media-choice.js';
import { MediaRequests, type MediaRequest, type MediaRequestOptions } from './media-requests.js';
import type { SessionPorts } from '../../session-ports.js';
import { SourceReports, type Source, type SourceReportsOptions } from '../source-reports.js';

export interface CapturedSourceOptions extends SourceReportsOptions {
  readonly ports: Pick<SessionPorts, 'openUserMedia' | 'permission' | 'onVisible'>;
  /** The track to send and show; `null` removes it. */
  readonly onTrack: (source: Source, track: MediaStreamTrack | null) => void;
}

/** ms until MEDIA_TIMEOUT is raised for an unanswered request, and further ms until a hanging device is abandoned. */
const timeouts = { overdue: 5000, hanging: 10_000 };

/** ms to wait for the system to unmute a track after the page became visible again. */
const returnPeriod = 500;

/**
 * Owns the microphone or the camera: the wanted state, the open requests and the track. Published state and buttons
 * derive from it.
 */
export class CapturedSource {
  readonly #source: Source;
  readonly #options: CapturedSourceOptions;
  readonly #report: SourceReports;
  readonly #requests = new MediaRequests();
  #on = false;
  #choice: MediaChoice = {};
  /** The last choice that worked; a failed choice falls back to it. */
  #proven: MediaChoice = {};
  #track: MediaStreamTrack | undefined;
  /** Aborted when the track is replaced or dropped: removes its listeners. */
  #trackLife = new AbortController();

  constructor(source: Source, options: CapturedSourceOptions) {
    this.#source = source;
    this.#options = options;
    this.#report = new SourceReports(source, options);
    const { ports, signal } = options;
    ports.onVisible?.(() => void this.#reopenIfInterrupted(), { signal });
    signal.addEventListener('abort', () => this.#close(), { once: true });
  }

  get track(): MediaStreamTrack | undefined {
    return this.#track;
  }

  get choice(): MediaChoice {
    return this.#choice;
  }

  /** Sets the initial state and device. Opens nothing. */
  begin(on: boolean, choice: MediaChoice): void {
    this.#on = on;
    this.#choice = this.#proven = choice;
    this.#report.wanted(on);
    if (choice.deviceId !== undefined) this.#report.chosen(this.#choice);
    if (!on) this.#report.settled(false);
  }

  /** Takes over a request for both sources. Resolves when it is answered, or overdue. */
  expect(opening: Promise<UserMedia>, { shared }: Pick<MediaRequest, 'shared'>): Promise<void> {
    return this.#await(this.#requests.add(this.#choice, { shared }), opening);
  }

  setEnabled(on: boolean): void {
    if (this.#options.signal.aborted) return;
    this.#on = on;
    this.#report.wanted(on);
    if (on) this.#turnOn();
    else this.#turnOff();
  }

  /** Selects a device. Switches at once if the source is on or open, else when it is turned on. */
  use(choice: MediaChoice): void {
    if (this.#options.signal.aborted) return;
    this.#choice = choice;
    if (this.#fits()) {
      this.#proven = choice;
      this.#requests.forgetAll();
      this.#report.active(this.#track);
    } else if (this.#on || this.#isLive()) this.#request();
    else this.#report.chosen(this.#choice);
  }

  #turnOff(): void {
    // A microphone request in progress yields a muted track. An overdue request is dropped.
    if (this.#source === 'camera') this.#requests.forgetAll();
    else this.#requests.retire();
    if (this.#source === 'camera') this.#drop();
    else if (this.#track) this.#track.enabled = false;
    this.#report.settled(false);
  }

  #turnOn(): void {
    if (!this.#fits() || this.#track?.muted) return this.#request();
    this.#show();
  }

  #request(options: MediaRequestOptions = {}): void {
    this.#requests.forgetOthers(this.#choice);
    if (this.#requests.hasFresh()) return;
    const request = this.#requests.add(this.#choice, options);
    // Phones cannot open the second camera while the first is running.
    if (this.#source === 'camera' && this.#track?.getSettings().facingMode) this.#track.stop();
    void this.#await(
      request,
      this.#options.ports.openUserMedia(
        { [this.#source]: requestOf(this.#choice) },
        { signal: request.lifetime.signal, exactly: !isSameChoice(this.#choice, this.#proven) },
      ),
    );
  }

  async #await(request: MediaRequest, opening: Promise<UserMedia>): Promise<void> {
    const overdue = new Promise<void>((notify) => {
      request.timer = setTimeout(() => {
        this.#overdue(request);
        notify();
      }, timeouts.overdue);
    });
    const answered = opening.then(
      (media) => this.#answered(request, media[this.#source]),
      (error: unknown) => this.#answered(request, asCallError(error, 'MEDIA_FAILED')),
    );
    await Promise.race([overdue, answered]);
  }

  #answered(request: MediaRequest, result: MediaStreamTrack | CallError | undefined): void {
    const isWelcome = this.#requests.close(request);
    if (result instanceof MediaStreamTrack && result.readyState === 'live') {
      if (isWelcome && (this.#on || request.late || this.#source === 'microphone'))
        this.#adopt(request, result);
      else result.stop();
      return;
    }
    // Another open request for this source may still succeed.
    if (!isWelcome || this.#requests.size > 0) return;
    const failure = result instanceof CallError ? result : this.#report.error('MEDIA_FAILED');
    this.#failed(request, failure);
  }

  /** The permission prompt is unanswered, or the device hangs. */
  #overdue(request: MediaRequest): void {
    if (!this.#requests.has(request)) return;
    const isSwitch = this.#isLive();
    if (isSwitch || !(this.#on || request.late)) {
      this.#requests.forget(request);
      if (isSwitch) this.#failed(request, this.#report.error('MEDIA_TIMEOUT'));
      return;
    }
    request.stale = true;
    const isKnown = request.late || this.#requests.hasFresh();
    request.late = true;
    request.timer = setTimeout(() => void this.#abandon(request), timeouts.hanging);
    if (isKnown) return;
    this.#on = false;
    const error = this.#report.error('MEDIA_TIMEOUT');
    this.#report.settled(false, request.reported ? undefined : error, error.code);
    if (request.shared) this.#request({ late: true, reported: true });
  }

  /** Drops a hanging device, which must not turn on by itself. A prompt that is still open may still be answered. */
  async #abandon(request: MediaRequest): Promise<void> {
    const permission = await this.#options.ports.permission?.(this.#source);
    if (permission !== 'prompt') this.#requests.forget(request);
  }

  #adopt(request: MediaRequest, track: MediaStreamTrack): void {
    this.#requests.forgetAll();
    this.#on ||= request.late;
    this.#choice = this.#proven = request.choice;
    track.enabled = this.#on;
    const before = this.#track;
    this.#watch(track);
    this.#options.onTrack(this.#source, track);
    if (before !== track) before?.stop();
    this.#report.active(this.#track);
    this.#show();
    void this.#options.devices.refresh();
  }

  #watch(track: MediaStreamTrack): void {
    this.#trackLife.abort();
    this.#trackLife = new AbortController();
    this.#track = track;
    const { signal } = this.#trackLife;
    track.addEventListener('ended', () => void this.#lost(track), { signal });
    for (const event of ['mute', 'unmute'])
      track.addEventListener(event, () => this.#on && this.#show(), { signal });
  }

  /** Falls back to the previous choice and track; without a live track the source is turned off. */
  #failed(request: MediaRequest, failure: CallError): void {
    const wasChoice = !isSameChoice(request.choice, this.#proven);
    if (wasChoice) this.#choice = this.#proven;
    const error = request.reported ? undefined : failure;
    if (this.#isLive()) {
      this.#report.active(this.#track);
      this.#report.raise(error);
      return this.#show(this.#on ? error?.code : undefined);
    }
    if (wasChoice && this.#on) {
      this.#report.raise(error);
      return this.#request({ reported: true });
    }
    this.#drop();
    this.#on = false;
    this.#report.chosen(this.#choice);
    this.#report.settled(false, error, failure.code);
  }

  /** Opens another device after the one in use was removed. Turns the source off if permission was revoked. */
  async #lost(track: MediaStreamTrack): Promise<void> {
    if (this.#track !== track) return;
    const { ports, devices, signal } = this.#options;
    this.#drop();
    this.#choice = this.#proven = {};
    if (!this.#on) return this.#report.chosen(this.#choice);
    const permission = await ports.permission?.(this.#source);
    await devices.refresh();
    if (signal.aborted || !this.#on || this.#track || this.#requests.size > 0) return;
    const isRevoked = permission === 'denied' || (permission === 'prompt' && !this.#hasKnownDevices());
    if (!isRevoked) return this.#request();
    this.#on = false;
    this.#report.settled(false, this.#report.error('MEDIA_DENIED'));
  }

  /** Reopens the device when the page is visible again and the system still mutes the track. */
  async #reopenIfInterrupted(): Promise<void> {
    const track = this.#track;
    if (!this.#on || !track?.muted) return;
    await new Promise((resolve) => setTimeout(resolve, returnPeriod));
    if (!this.#options.signal.aborted && this.#on && this.#track === track && track.muted)
      this.#request({ reported: true });
  }

  /** Reports the state of the track. A track that the system mutes counts as off, but wanted. */
  #show(failure?: CallErrorCode): void {
    const track = this.#track;
    if (!track) return;
    track.enabled = this.#on;
    if (!this.#on || !track.muted) return this.#report.settled(this.#on, undefined, failure);
    this.#report.interrupted();
  }

  #fits(): boolean {
    if (!this.#track || !this.#isLive()) return false;
    const { deviceId } = this.#choice;
    return (
      isSameChoice(this.#choice, this.#proven) ||
      (deviceId !== undefined && deviceId === this.#track.getSettings().deviceId)
    );
  }

  #isLive(): boolean {
    return this.#track?.readyState === 'live';
  }

  #hasKnownDevices(): boolean {
    const lists = Object.values(this.#options.devices.lists()).flat() as { readonly kind: string }[];
    return lists.some(({ kind }) => kind === deviceKinds[this.#source]);
  }

  #drop(): void {
    const track = this.#track;
    if (!track) return;
    this.#trackLife.abort();
    this.#track = undefined;
    this.#options.onTrack(this.#source, null);
    track.stop();
  }

  #close(): void {
    this.#requests.forgetAll();
    this.#trackLife.abort();
    this.#track?.stop();
    this.#track = undefined;
  }
}
