import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { BackgroundImage } from '../../domain/media/background-image.js';
import { builtInBackgrounds, builtInColours } from '../../domain/media/built-in-backgrounds.js';
import { defaultSettings, type CallSettings } from '../../settings/setting-rows.js';
import { base } from '../base/styles/base.styles.js';
import { element } from '../base/define-element.js';
import { icon } from '../base/icons/icon.js';
import { x } from '../base/icons/icons.js';
import { PortableElement } from '../base/portable-element.js';
import { showStream } from '../base/show-stream.js';
import { styleProperties } from '../base/styles/style-properties.js';
import { deviceWords } from '../words/device-words.js';
import { words as plainWords, type Words } from '../words/words.js';
import { backgroundPanelStyles } from './background-panel.styles.js';
import { backgroundWords } from './background-words.js';
import { renderFile } from './render-file.js';

/** What the user chose, as settings. */
export type ChosenBackground = Partial<
  Pick<CallSettings, 'backgroundBlur' | 'backgroundImage' | 'noiseSuppression'>
>;

interface Preview {
  readonly stream: MediaStream;
  readonly mirrored: boolean;
}

/** Levels of the two blurs that are offered. */
const slightBlur = 30;
const strong = 80;

interface Option {
  readonly id: string;
  readonly label: string;
  readonly chosen: boolean;
  readonly choice: ChosenBackground;
  /** Its thumbnail. */
  readonly sample: TemplateResult;
}

/**
 * The choice of what is seen behind the user, and whether noise is taken out of the microphone.
 *
 * @csspart dialog - The dialog.
 * @fires choose - `detail` holds the settings that were chosen.
 * @fires close - It was closed.
 */
@element('cometchat-call-backgrounds')
export class BackgroundPanel extends PortableElement {
  static override styles = [base, backgroundPanelStyles];

  @property({ attribute: false }) settings: CallSettings = defaultSettings;
  @property({ attribute: false }) words: Words = plainWords;
  /** The local video as it is sent, while the camera is on. */
  @property({ attribute: false, hasChanged: isOther }) preview: Preview | null = null;

  override render(): unknown {
    const { words, settings } = this;
    const text = backgroundWords(words);
    return html`<dialog part="dialog" aria-labelledby="title" closedby="any" @close=${this.#onClose}>
      <header>
        <h2 id="title">${deviceWords(words).background()}</h2>
        <button class="close" aria-label=${words.close()} @click=${() => this.close()}>${icon(x)}</button>
      </header>
      ${this.#preview()}
      <fieldset aria-label=${text.behind()}>
        ${this.#options().map((option) => this.#option(option))} ${this.#upload()}
      </fieldset>
      <label class="switch">
        <input
          type="checkbox"
          .checked=${settings.noiseSuppression}
          @change=${({ target }: Event) =>
            this.#choose({ noiseSuppression: (target as HTMLInputElement).checked })}
        />
        ${text.noise()}
      </label>
    </dialog>`;
  }

  /** Closes it; the focus goes back to where it was. */
  close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (!dialog || dialog.open) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('input:checked')?.focus();
  }

  #preview(): TemplateResult | typeof nothing {
    if (!this.preview) return nothing;
    const { stream, mirrored } = this.preview;
    return html`<video
      class=${mirrored ? 'mirrored' : ''}
      aria-hidden="true"
      playsinline
      autoplay
      disablepictureinpicture
      .muted=${true}
      ${showStream(stream)}
    ></video>`;
  }

  get #offered(): readonly string[] {
    return this.settings.backgroundChoices.split(/\s+/).filter(Boolean);
  }

  #options(): readonly Option[] {
    const { backgroundBlur: blur, backgroundImage: image } = this.settings;
    const text = backgroundWords(this.words);
    const blurOption = (id: string, level: number, chosen: boolean, label: string): Option => ({
      id,
      label,
      chosen: !image && chosen,
      choice: { backgroundBlur: level, backgroundImage: '' },
      sample: html`<span class="sample"><span class="blob ${id}"></span></span>`,
    });
    const middle = (slightBlur + strong) / 2;
    const isAddress = (each: string): boolean => !['blur', 'builtin', 'upload', 'none'].includes(each);
    const addresses = [
      ...(this.#offered.includes('builtin')
        ? Object.keys(builtInBackgrounds).map((name) => `builtin:${name}`)
        : []),
      ...this.#offered.filter(isAddress),
    ];
    return [
      {
        id: 'none',
        label: text.none(),
        chosen: !image && !blur,
        choice: { backgroundBlur: 0, backgroundImage: '' },
        sample: html`<span class="sample">${icon(x)}</span>`,
      },
      ...(this.#offered.includes('blur')
        ? [
            blurOption('slight', slightBlur, blur > 0 && blur < middle, text.slight()),
            blurOption('strong', strong, blur >= middle, text.strong()),
          ]
        : []),
      ...addresses.map((address, at) => ({
        id: address,
        label: `${text.image()} ${this.words.number(at + 1)}`,
        chosen: image === address,
        choice: { backgroundBlur: 0, backgroundImage: address },
        sample: sampleFor(address),
      })),
      ...(image && !addresses.some((each) => each === image)
        ? [
            {
              id: 'own',
              label: text.ownImage(),
              chosen: true,
              choice: { backgroundBlur: 0, backgroundImage: image },
              sample: ownSample(image),
            },
          ]
        : []),
    ];
  }

  #option({ id, label, chosen, choice, sample }: Option): TemplateResult {
    return html`<label class="option">
      <input
        type="radio"
        name="background"
        value=${id}
        .checked=${chosen}
        @change=${() => this.#choose(choice)}
      />
      ${sample} ${label}
    </label>`;
  }

  #upload(): TemplateResult | typeof nothing {
    if (!this.#offered.includes('upload')) return nothing;
    return html`<label class="option">
      <input type="file" accept="image/*" @change=${this.#onFile} />
      <span class="sample add"></span>
      ${backgroundWords(this.words).upload()}
    </label>`;
  }

  #choose(detail: ChosenBackground): void {
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }

  readonly #onFile = ({ target }: Event): void => {
    const [file] = (target as HTMLInputElement).files ?? [];
    if (file) this.#choose({ backgroundBlur: 0, backgroundImage: file });
  };

  readonly #onClose = (): void => {
    this.dispatchEvent(new CustomEvent('close'));
    this.remove();
  };
}

function isOther(next: Preview | null, before: Preview | null): boolean {
  return next?.stream !== before?.stream || next?.mirrored !== before?.mirrored;
}

/** A file of the user, or an address that is not among those offered. */
function ownSample(image: BackgroundImage): TemplateResult {
  if (typeof image === 'string') return sampleFor(image);
  if ('src' in image) return sampleFor(image.src);
  if ('url' in image) return sampleFor(image.url);
  return html`<span class="sample own"><canvas ${renderFile(image)}></canvas></span>`;
}

/** A file of the page is shown as it is; a drawn background by its colours. */
function sampleFor(address: string): TemplateResult {
  const colours = builtInColours(address);
  return colours
    ? html`<span
        class="sample"
        ${styleProperties({ '--_colours': `linear-gradient(to bottom right, ${colours.join(', ')})` })}
      ></span>`
    : html`<span class="sample"><img src=${address} alt="" crossorigin="anonymous" /></span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-backgrounds': BackgroundPanel;
  }
}
