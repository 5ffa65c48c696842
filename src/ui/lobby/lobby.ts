import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { CallCommands } from '../../domain/call/call-commands.js';
import { callFailures } from '../../domain/call-error.js';
import { idle, isBusy, type CallState } from '../../domain/call/call-state.js';
import type { Device } from '../../domain/media/devices.js';
import { defaultSettings, type CallSettings } from '../../settings/setting-rows.js';
import { base, pill } from '../base/styles/base.styles.js';
import { localIdBeforeJoin } from '../../domain/call/participant.js';
import { visibleLevel } from '../base/visible-level.js';
import type { CallMedia } from '../view/call-media.js';
import { withDefault } from '../controls/device-menu.js';
import { element } from '../base/define-element.js';
import { icon } from '../base/icons/icon.js';
import * as icons from '../base/icons/icons.js';
import { failureText } from '../notices/notice-rows.js';
import { permissionButton, permissionButtonStyles } from '../view/permission-button.js';
import { PortableElement } from '../base/portable-element.js';
import { showStream } from '../base/show-stream.js';
import { deviceWords } from '../words/device-words.js';
import { failureWords } from '../words/failure-words.js';
import { words as plainWords, type Words } from '../words/words.js';
import { lobbyWords } from './lobby-words.js';
import { lobbyStyles } from './lobby.styles.js';

type Source = 'microphone' | 'camera';

const switchAppearance = {
  microphone: (on: boolean, words: Words) => ({
    shapes: on ? icons.mic : icons.micOff,
    label: on ? words.muteMicrophone() : words.unmuteMicrophone(),
  }),
  camera: (on: boolean, words: Words) => ({
    shapes: on ? icons.video : icons.videoOff,
    label: on ? words.turnCameraOff() : words.turnCameraOn(),
  }),
};

/**
 * The screen before the call: video preview, microphone level, devices and name.
 *
 * @csspart lobby - Everything.
 * @csspart join - The button that joins.
 * @fires join - The user pressed Join; `detail` is the name, if the user may choose it.
 */
@element('cometchat-call-lobby')
export class CallLobby extends PortableElement {
  static override styles = [base, pill, permissionButtonStyles, lobbyStyles];

  @property({ attribute: false }) state: CallState = idle;
  @property({ attribute: false }) settings: CallSettings = defaultSettings;
  @property({ attribute: false }) commands?: CallCommands;
  @property({ attribute: false }) media?: CallMedia;
  @property({ attribute: false }) words: Words = plainWords;
  /** The name to begin with; without one the token names the user. */
  @property({ attribute: false }) name: string | undefined;
  /** Plays a test sound on a speaker, by its device id; resolves when it ends. */
  @property({ attribute: false }) testSpeaker?: (sinkId: string) => Promise<void>;

  @state() private test: 'silent' | 'playing' | 'failed' = 'silent';
  #level = 0;

  /** How loud the microphone is, 0 to 1. Reaches the screen without a render. */
  set level(value: number) {
    const level = visibleLevel(value);
    if (level === this.#level) return;
    this.#level = level;
    const meter = this.renderRoot.querySelector<HTMLElement>('.meter');
    meter?.style.setProperty('--_level', String(level));
    meter?.setAttribute('aria-valuenow', String(Math.round(level * 100)));
  }

  get #text(): ReturnType<typeof lobbyWords> {
    return lobbyWords(this.words);
  }

  override render(): unknown {
    const { settings } = this;
    return html`<form part="lobby" class="lobby" @submit=${this.#onSubmit}>
      <div class="look">
        ${this.#preview()}
        ${this.#failure('microphone')}${settings.audioOnly ? nothing : this.#failure('camera')}
      </div>
      <div class="choices">
        <h2>${this.#text.title()}</h2>
        ${this.name === undefined ? nothing : this.#nameField(this.name)}${this.#devices()}
        <div class="go"><button part="join" class="pill primary join">${this.#text.join()}</button></div>
      </div>
    </form>`;
  }

  #preview(): TemplateResult {
    const { camera, facingMode } = this.state.local;
    const { audioOnly } = this.settings;
    const stream = camera.actual ? this.media?.streamOf(localIdBeforeJoin, 'camera') : null;
    return html`<div class="preview" role="group" aria-label=${this.#text.preview()}>
      ${
        stream
          ? html`<video
              class=${facingMode === 'user' ? 'mirrored' : ''}
              aria-hidden="true"
              playsinline
              autoplay
              disablepictureinpicture
              .muted=${true}
              ${showStream(stream)}
            ></video>`
          : html`<p role="status">${isBusy(camera) ? this.#text.opening() : this.#text.cameraIsOff()}</p>`
      }
      <div class="switches">${this.#switch('microphone')}${audioOnly ? nothing : this.#switch('camera')}</div>
    </div>`;
  }

  #switch(source: Source): TemplateResult {
    const { words } = this;
    const toggle = this.state.local[source];
    const on = toggle.wanted;
    const { shapes, label } = switchAppearance[source](on, words);
    return html`<button
      type="button"
      data-control=${source}
      class="switch ${on ? '' : 'off'}"
      aria-label=${label}
      aria-busy=${isBusy(toggle) ? 'true' : nothing}
      @click=${() => this.#setEnabled(source, !on)}
    >
      ${icon(shapes)}
    </button>`;
  }

  #failure(source: Source): TemplateResult | typeof nothing {
    const { words, state: call } = this;
    const code = call.local.failures[source];
    if (!code) return nothing;
    const retry = (): void => this.#setEnabled(source, true);
    const { actual } = call.local[source];
    const { deviceFailed, cameraFailed, microphoneFailed } = failureWords(words);
    const title = source === 'camera' ? cameraFailed() : microphoneFailed();
    return html`<div part="notice" class="failure" role="status">
      <span class="sign">${icon(source === 'camera' ? icons.videoOff : icons.micOff)}</span>
      <p>
        <strong>${actual ? deviceFailed() : title}</strong>
        <span>${failureText(code, words)}</span>
      </p>
      <div class="actions">
        ${code === 'MEDIA_DENIED' ? permissionButton(source, retry) : nothing}
        ${
          callFailures[code].retryable && !actual
            ? html`<button
                type="button"
                class="pill"
                aria-label="${words.tryAgain()}: ${deviceWords(words)[source]()}"
                @click=${retry}
              >
                ${words.tryAgain()}
              </button>`
            : nothing
        }
      </div>
    </div>`;
  }

  #nameField(name: string): TemplateResult {
    return html`<label class="field">
      <span>${this.#text.name()}</span>
      <input name="name" autocomplete="name" maxlength="100" .value=${live(name)} @input=${this.#onName} />
    </label>`;
  }

  #devices(): TemplateResult {
    const { words, commands, settings } = this;
    const { devices, microphone } = this.state.local;
    return html`${this.#choice(deviceWords(words).microphone(), devices.audioInputDevices, (id) => commands?.setAudioInputDevice(id))}
      <div
        class="meter"
        role="meter"
        aria-label=${this.#text.level()}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow="0"
      ></div>
      ${microphone.wanted ? nothing : html`<p class="note">${this.#text.microphoneIsOff()}</p>`}
      ${this.#choice(deviceWords(words).speaker(), devices.audioOutputDevices, (id) => commands?.setAudioOutputDevice(id))}
      <button
        type="button"
        class="pill test"
        aria-disabled=${this.test === 'playing' ? 'true' : nothing}
        @click=${this.#testSpeaker}
      >
        ${icon(icons.volume2)}${this.test === 'playing' ? this.#text.testing() : this.#text.testSpeaker()}
      </button>
      <p class="note" role="status">${this.test === 'failed' ? this.#text.noSound() : nothing}</p>
      ${
        settings.audioOnly
          ? nothing
          : this.#choice(deviceWords(words).camera(), devices.videoInputDevices, (id) =>
              commands?.setVideoInputDevice(id),
            )
      }${
        settings.showVirtualBackgroundSetting && settings.backgroundChoices !== 'none'
          ? html`<button type="button" class="pill test" @click=${() => commands?.openVirtualBackground()}>
              ${icon(icons.sparkles)}${deviceWords(words).background()}
            </button>`
          : nothing
      }`;
  }

  #choice(
    label: string,
    devices: readonly Device[],
    choose: (id: string) => void,
  ): TemplateResult | typeof nothing {
    if (devices.length === 0) return nothing;
    const choices = withDefault(devices, this.words);
    const active = choices.find((device) => device.active) ?? choices[0];
    return html`<label class="field">
      <span>${label}</span>
      <select
        .value=${live(active?.deviceId ?? '')}
        @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}
      >
        ${choices.map(
          ({ deviceId, label: name }, index) =>
            html`<option value=${deviceId} ?selected=${deviceId === active?.deviceId}>
              ${name || deviceWords(this.words).unnamedDevice(index + 1)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #setEnabled(source: Source, on: boolean): void {
    if (source === 'camera') this.commands?.pauseVideo(!on);
    else this.commands?.muteAudio(!on);
  }

  readonly #onName = ({ target }: Event): void => {
    this.name = (target as HTMLInputElement).value;
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    this.dispatchEvent(new CustomEvent('join', { detail: this.name?.trim() }));
  };

  readonly #testSpeaker = (): void => {
    if (this.test === 'playing' || !this.testSpeaker) return;
    this.test = 'playing';
    const { audioOutputDevices } = this.state.local.devices;
    this.testSpeaker(audioOutputDevices.find(({ active }) => active)?.deviceId ?? '').then(
      () => (this.test = 'silent'),
      () => (this.test = 'failed'),
    );
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-lobby': CallLobby;
  }
}
