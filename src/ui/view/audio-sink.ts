import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { remoteParticipantsOf, type ActiveCall } from '../../domain/call/call-state.js';
import type { CallMedia } from './call-media.js';
import { element } from '../base/define-element.js';
import { PortableElement } from '../base/portable-element.js';
import { showStream } from '../base/show-stream.js';

/**
 * Plays the audio of all remote participants, independent of tiles: changing the page mutes no one.
 *
 * @fires sound-blocked - Autoplay is blocked until a user gesture; `detail`: whether it is blocked now.
 */
@element('cometchat-call-sound')
export class AudioSink extends PortableElement {
  static override styles = css`
    :host {
      display: none;
    }
  `;

  @property({ attribute: false }) call?: ActiveCall;
  @property({ attribute: false }) media?: CallMedia;
  @property({ attribute: false }) sinkId = '';
  #blocked = false;
  #gestureListeners: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gestureListeners?.abort();
    this.#gestureListeners = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#blocked) this.#resumeOnGesture();
  }

  override render(): unknown {
    const { call } = this;
    if (!call) return nothing;
    return repeat(
      remoteParticipantsOf(call),
      ({ id }) => id,
      ({ id, screenSharing }) => [
        this.#audio(this.media?.streamOf(id, 'microphone')),
        screenSharing ? this.#audio(this.media?.streamOf(id, 'screen-audio')) : nothing,
      ],
    );
  }

  protected override updated(): void {
    for (const audio of this.#audios) this.#route(audio);
  }

  /** Plays everything again; to be called from within a gesture of the user. */
  resume(): void {
    for (const audio of this.#audios) this.#play(audio);
    this.#setBlocked(false);
  }

  #audio(stream: MediaStream | null | undefined): TemplateResult | typeof nothing {
    if (!stream) return nothing;
    return html`<audio
      ${showStream(stream)}
      @loadedmetadata=${this.#onReady}
      @pause=${this.#onReady}
    ></audio>`;
  }

  get #audios(): readonly HTMLAudioElement[] {
    return [...this.renderRoot.querySelectorAll('audio')];
  }

  readonly #onReady = (event: Event): void => this.#play(event.target as HTMLAudioElement);

  #play(audio: HTMLAudioElement): void {
    if (!audio.isConnected || !audio.srcObject) return;
    audio.play().catch((error: unknown) => {
      // Any other rejection means that a newer `play` or a new stream took over.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#setBlocked(true);
    });
  }

  #route(audio: HTMLAudioElement): void {
    // Safari before 18.4 has no setSinkId.
    if (!('setSinkId' in audio) || audio.sinkId === this.sinkId) return;
    audio.setSinkId(this.sinkId).catch(() => {
      // The speaker has gone: the browser plays on the system's choice, and the list of devices says so.
    });
  }

  #setBlocked(blocked: boolean): void {
    if (blocked === this.#blocked) return;
    this.#blocked = blocked;
    this.#gestureListeners?.abort();
    if (blocked) this.#resumeOnGesture();
    this.dispatchEvent(new CustomEvent('sound-blocked', { detail: blocked }));
  }

  #resumeOnGesture(): void {
    this.#gestureListeners = new AbortController();
    const options = { capture: true, signal: this.#gestureListeners.signal };
    const resume = (): void => this.resume();
    for (const gesture of ['pointerup', 'keydown'])
      this.ownerDocument.addEventListener(gesture, resume, options);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-sound': AudioSink;
  }
}
