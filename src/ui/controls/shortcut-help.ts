import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { base, pill } from '../base/styles/base.styles.js';
import type { CallView } from '../view/call-view.js';
import { controlRows, type ControlContext } from './control-rows.js';
import { element } from '../base/define-element.js';
import { PortableElement } from '../base/portable-element.js';
import { helpWords } from './help-words.js';

/**
 * The keys that a call obeys, and the switch that turns them off.
 *
 * @csspart dialog - The dialog.
 * @fires turned - `detail`: whether shortcuts are enabled.
 */
@element('cometchat-call-shortcuts')
export class ShortcutHelp extends PortableElement {
  static override styles = [
    base,
    pill,
    css`
      dialog {
        inline-size: min(26rem, calc(100% - 2rem));
        max-block-size: calc(100% - 2rem);
        padding: 1.5rem;
        border: 1px solid var(--cometchat-border);
        border-radius: calc(var(--cometchat-radius) * 1.25);
        background: var(--cometchat-surface-raised);
        color: var(--cometchat-text);
        box-shadow: var(--cometchat-shadow);
      }
      dialog::backdrop {
        background: rgb(10 12 16 / 0.55);
      }
      h2,
      p,
      dl,
      dd {
        margin: 0;
      }
      h2 {
        font-size: 1.25rem;
      }
      p {
        margin-block: 0.375rem 1rem;
        color: var(--cometchat-text-muted);
      }
      .row {
        display: flex;
        flex-direction: row-reverse;
        align-items: center;
        justify-content: space-between;
        gap: 1rem;
        min-block-size: 2.5rem;
        border-block-end: 1px solid var(--cometchat-border);
        overflow-wrap: anywhere;
      }
      dd {
        flex: 1;
        min-inline-size: 33%;
      }
      kbd {
        display: inline-block;
        min-inline-size: 2rem;
        padding: 0.125rem 0.5rem;
        border-radius: 0.375rem;
        background: var(--cometchat-control);
        color: var(--cometchat-control-text);
        font: inherit;
        font-weight: 600;
        text-align: center;
      }
      label {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        min-block-size: 2.75rem;
        margin-block-start: 0.75rem;
      }
      input {
        inline-size: 1.25rem;
        block-size: 1.25rem;
        accent-color: var(--cometchat-accent);
      }
      .pill {
        inline-size: 100%;
        margin-block-start: 0.5rem;
      }
    `,
  ];

  @property({ attribute: false }) context?: ControlContext;
  @property({ attribute: false }) on = true;

  override render(): unknown {
    const { context } = this;
    if (!context) return nothing;
    const text = helpWords(context.words);
    const keys = controlRows.flatMap((row) =>
      row.key && row.shown(context) ? [[row.key.toUpperCase(), row.label(context)] as const] : [],
    );
    const talk = context.settings.pushToTalk ? [[text.space(), text.talk()] as const] : [];
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      aria-describedby="about"
      @close=${() => this.remove()}
    >
      <h2 id="title">${context.words.shortcuts()}</h2>
      <p id="about">${text.about()}</p>
      <dl>
        ${[...keys, ...talk, ['?', text.help()] as const].map(
          ([key, label]) =>
            html`<div class="row">
              <dt><kbd>${key}</kbd></dt>
              <dd>${label}</dd>
            </div>`,
        )}
      </dl>
      <label>
        <input type="checkbox" .checked=${this.on} @change=${this.#onToggle} />
        ${text.on()}
      </label>
      <button class="pill primary" autofocus @click=${() => this.renderRoot.querySelector('dialog')?.close()}>
        ${context.words.close()}
      </button>
    </dialog>`;
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  readonly #onToggle = ({ target }: Event): void => {
    this.dispatchEvent(new CustomEvent('turned', { detail: (target as HTMLInputElement).checked }));
  };
}

interface HelpOptions {
  /** Whether keys are obeyed now. */
  readonly on: boolean;
  readonly setEnabled: (on: boolean) => void;
  readonly signal: AbortSignal;
}

/** Opens the list over the call; closing it gives the focus back. */
export function openShortcutHelp(view: CallView, { on, setEnabled, signal }: HelpOptions): void {
  const bar = view.renderRoot.querySelector('cometchat-call-controls');
  if (!bar?.context || view.renderRoot.querySelector('cometchat-call-shortcuts')) return;
  const help = Object.assign(document.createElement('cometchat-call-shortcuts'), {
    context: bar.context,
    on,
  });
  help.addEventListener('turned', (event) => setEnabled((event as CustomEvent<boolean>).detail));
  signal.addEventListener('abort', () => help.remove(), { once: true });
  view.renderRoot.append(help);
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-shortcuts': ShortcutHelp;
  }
}
