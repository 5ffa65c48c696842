import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { builtInBackgrounds, builtInColours } from '../../domain/built-in-backgrounds.js';
import { defaultSettings, type CallSettings } from '../../settings/setting-rows.js';
import { base, pill } from '../base.styles.js';
import { element } from '../define-element.js';
import { icon } from '../icon.js';
import { x } from '../icons.js';
import { PortableElement } from '../portable-element.js';
import { styleProperties } from '../style-properties.js';
import { words as plainWords, type Words } from '../words.js';
import { backgroundWords } from './background-words.js';

/** What the user chose, as settings. */
export type ChosenBackground = Partial<
  Pick<CallSettings, 'backgroundBlur' | 'backgroundImage' | 'noiseSuppression'>
>;

/** Levels of the two blurs that are offered. */
const slight = 30;
const strong = 80;

interface Option {
  readonly id: string;
  readonly label: string;
  readonly chosen: boolean;
  readonly choice: ChosenBackground;
  /** A picture of it. */
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
  static override styles = [
    base,
    pill,
    css`
      dialog {
        inline-size: min(28rem, calc(100% - 1rem));
        max-block-size: calc(100% - 1rem);
        margin-block: auto 0.5rem;
        padding: 1rem;
        border: 1px solid var(--cometchat-border);
        border-radius: calc(var(--cometchat-radius) * 1.25);
        background: var(--cometchat-surface-raised);
        color: var(--cometchat-text);
        box-shadow: var(--cometchat-shadow);
      }
      /* The own picture stays in sight: what is chosen shows there. */
      dialog::backdrop {
        background: transparent;
      }
      header,
      label.switch {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 0.75rem;
        min-block-size: 2.75rem;
      }
      h2 {
        margin: 0;
        font-size: 1.125rem;
      }
      .close {
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 2.75rem;
        block-size: 2.75rem;
        border-radius: 50%;
      }
      .close:hover {
        background: var(--cometchat-control);
      }
      fieldset {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(5.5rem, 1fr));
        gap: 0.75rem;
        margin: 0.5rem 0 0.75rem;
        padding: 0;
        border: 0;
      }
      .option {
        position: relative;
        display: grid;
        align-content: start;
        gap: 0.25rem;
        font-size: 0.8125rem;
        text-align: center;
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      /* Over its sample, so that it is where the eye is; the frame shows its state. */
      .option input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        inline-size: 100%;
        block-size: 100%;
        cursor: pointer;
      }
      .sample {
        display: grid;
        place-items: center;
        box-sizing: border-box;
        inline-size: 100%;
        block-size: 3.25rem;
        overflow: hidden;
        border: 2px solid var(--cometchat-border);
        border-radius: 0.5rem;
        background: var(--_colours, var(--cometchat-control));
        color: var(--cometchat-control-text);
        --_icon: 1.25rem;
      }
      .sample img {
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
      }
      .blob {
        inline-size: 1.75rem;
        block-size: 1.75rem;
        border-radius: 50%;
        background: var(--cometchat-accent);
        filter: blur(3px);
      }
      .blob.strong {
        filter: blur(8px);
      }
      .own {
        background: var(--cometchat-accent);
      }
      .add::before {
        content: '+' / '';
        font-size: 1.5rem;
      }
      .option input:checked + .sample {
        border-color: var(--cometchat-accent);
        box-shadow: 0 0 0 2px var(--cometchat-accent);
      }
      .option input:focus-visible + .sample {
        outline: 2px solid var(--cometchat-focus, currentColor);
        outline-offset: 4px;
      }
      label.switch {
        justify-content: start;
      }
      label.switch input {
        inline-size: 1.25rem;
        block-size: 1.25rem;
        accent-color: var(--cometchat-accent);
      }
      @media (forced-colors: active) {
        .option input:checked + .sample {
          border-color: Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) settings: CallSettings = defaultSettings;
  @property({ attribute: false }) words: Words = plainWords;

  override render(): unknown {
    const { words, settings } = this;
    const text = backgroundWords(words);
    return html`<dialog part="dialog" aria-labelledby="title" @close=${this.#onClose}>
      <header>
        <h2 id="title">${words.background()}</h2>
        <button class="close" aria-label=${words.close()} @click=${() => this.close()}>${icon(x)}</button>
      </header>
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

  get #offered(): readonly string[] {
    return this.settings.backgroundChoices.split(/\s+/).filter(Boolean);
  }

  #options(): readonly Option[] {
    const { backgroundBlur: blur, backgroundImage: image } = this.settings;
    const text = backgroundWords(this.words);
    const blurred = (id: string, level: number, chosen: boolean, label: string): Option => ({
      id,
      label,
      chosen: !image && chosen,
      choice: { backgroundBlur: level, backgroundImage: '' },
      sample: html`<span class="sample"><span class="blob ${id}"></span></span>`,
    });
    const middle = (slight + strong) / 2;
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
            blurred('slight', slight, blur > 0 && blur < middle, text.slight()),
            blurred('strong', strong, blur >= middle, text.strong()),
          ]
        : []),
      ...addresses.map((address, at) => ({
        id: address,
        label: `${text.picture()} ${this.words.number(at + 1)}`,
        chosen: image === address,
        choice: { backgroundBlur: 0, backgroundImage: address },
        sample: sampleOf(address),
      })),
      ...(image && !addresses.some((each) => each === image)
        ? [
            {
              id: 'own',
              label: text.own(),
              chosen: true,
              choice: { backgroundBlur: 0, backgroundImage: image },
              sample: html`<span class="sample own"></span>`,
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

/** A file of the page is shown as it is; a drawn background by its colours. */
function sampleOf(address: string): TemplateResult {
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
