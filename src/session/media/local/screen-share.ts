import { asCallError, CallError } from '../../../domain/call-error.js';
import type { CallFact } from '../../../domain/call/call-facts.js';
import type { SessionPorts } from '../../session-ports.js';

interface ScreenShareOptions {
  readonly ports: Pick<SessionPorts, 'openScreen'>;
  readonly dispatch: (fact: CallFact) => void;
  readonly onTrack: (source: 'screen' | 'screen-audio', track: MediaStreamTrack | null) => void;
  readonly onSettled: (source: 'screen', on: boolean) => void;
  readonly signal: AbortSignal;
}

/** Owns the screen share: at most one open request, and its tracks. Failures raise `failed`, except a cancelled prompt. */
export class ScreenShare {
  readonly #options: ScreenShareOptions;
  readonly #tracks = new Map<'screen' | 'screen-audio', MediaStreamTrack>();
  /** The open request; turning the share off aborts it. */
  #request: AbortController | undefined;

  constructor(options: ScreenShareOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#close(), { once: true });
  }

  track(source: 'screen' | 'screen-audio'): MediaStreamTrack | undefined {
    return this.#tracks.get(source);
  }

  setEnabled(on: boolean): void {
    if (this.#options.signal.aborted) return;
    this.#options.dispatch({ type: 'media-wanted', source: 'screen', on });
    if (on) return void this.#start();
    this.#request?.abort();
    this.#request = undefined;
    this.#stop();
  }

  async #start(): Promise<void> {
    if (this.#tracks.has('screen')) return this.#settled(true);
    if (this.#request) return;
    const request = (this.#request = new AbortController());
    try {
      const { video, audio, audioDropped } = await this.#options.ports.openScreen(request);
      if (request.signal.aborted || video.readyState === 'ended') {
        video.stop();
        audio?.stop();
        if (!request.signal.aborted) this.#settled(false);
        return;
      }
      this.#setTrack('screen', video, () => this.setEnabled(false));
      if (audio?.readyState === 'live')
        this.#setTrack('screen-audio', audio, () => this.#drop('screen-audio'));
      this.#settled(true, audioDropped ? new CallError('SCREEN_AUDIO_DROPPED') : undefined);
    } catch (error) {
      if (request.signal.aborted) return;
      const failure = asCallError(error);
      this.#settled(false, failure.code === 'SCREEN_SHARE_CANCELLED' ? undefined : failure);
    } finally {
      if (this.#request === request) this.#request = undefined;
    }
  }

  #stop(): void {
    this.#drop('screen');
    this.#drop('screen-audio');
    this.#settled(false);
  }

  #settled(on: boolean, failure?: CallError): void {
    const { dispatch, onSettled, signal } = this.#options;
    if (signal.aborted) return;
    dispatch({ type: 'media-settled', source: 'screen', on, ...(failure && { failure: failure.code }) });
    if (failure) dispatch({ type: 'failed', error: failure });
    onSettled('screen', on);
  }

  #setTrack(source: 'screen' | 'screen-audio', track: MediaStreamTrack, onEnded: () => void): void {
    this.#tracks.set(source, track);
    this.#options.onTrack(source, track);
    // The user pressed the browser's "Stop sharing" button.
    track.addEventListener('ended', () => this.#tracks.get(source) === track && onEnded(), {
      signal: this.#options.signal,
    });
  }

  #drop(source: 'screen' | 'screen-audio'): void {
    const track = this.#tracks.get(source);
    if (!track) return;
    this.#tracks.delete(source);
    this.#options.onTrack(source, null);
    track.stop();
  }

  #close(): void {
    this.#request?.abort();
    for (const track of this.#tracks.values()) track.stop();
    this.#tracks.clear();
  }
}
