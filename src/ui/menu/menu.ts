import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { base } from '../base/styles/base.styles.js';
import { element } from '../base/define-element.js';
import { icon } from '../base/icons/icon.js';
import { check } from '../base/icons/icons.js';
import { PortableElement } from '../base/portable-element.js';
import { columnKeys, nextIndex } from './roving-focus.js';
import * as builders from './menu-builders.js';
import type { MenuGroup, MenuItem, MenuSource } from './menu-group.js';

/**
 * A menu that opens over everything else. Give it an `id`, and a button of the same shadow tree `popovertarget`: opening,
 * closing, Escape and the way back of the focus are the browser's.
 *
 * @csspart menu - The list.
 * @csspart menu-item - A line of it.
 */
@element('cometchat-call-menu')
export class CallMenu extends PortableElement {
  static override styles = [
    base,
    css`
      :host {
        margin: 0.5rem;
        padding: 0;
        border: 1px solid var(--cometchat-border);
        border-radius: var(--cometchat-radius);
        background: var(--cometchat-surface-raised);
        color: var(--cometchat-text);
        box-shadow: var(--cometchat-shadow);
        max-inline-size: min(22rem, calc(100vw - 1rem));
        max-block-size: min(32rem, calc(100vh - 1rem));
        overflow: auto;
        font: var(--cometchat-font-size) / 1.35 var(--cometchat-font);
        opacity: 0;
        transition:
          opacity var(--cometchat-duration),
          overlay var(--cometchat-duration) allow-discrete,
          display var(--cometchat-duration) allow-discrete;
        /* No position-area: Firefox loses the menu where its direction is not that of the page. */
        inset-block: anchor(self-end) auto;
        inset-inline: auto anchor(self-end);
        position-try-fallbacks:
          flip-block,
          flip-inline,
          flip-block flip-inline,
          --across,
          --across flip-block,
          --inside;
      }
      @position-try --across {
        inset-inline: 0;
        margin-inline: auto;
      }
      @position-try --inside {
        inset: 0;
        margin: auto;
      }
      :host(:popover-open) {
        opacity: 1;
        @starting-style {
          opacity: 0;
        }
      }
      /* Where the browser cannot anchor it to its button: a sheet at the lower edge. */
      @supports not (top: anchor(end)) {
        :host {
          inset: auto 0.5rem 5rem;
          margin: auto;
        }
      }
      [role='menu'] {
        padding: 0.375rem;
        min-inline-size: 14rem;
      }
      [role='group'] + [role='group'] {
        border-block-start: 1px solid var(--cometchat-border);
        margin-block-start: 0.375rem;
        padding-block-start: 0.375rem;
      }
      .label {
        padding: 0.375rem 0.75rem;
        font-size: 0.8125rem;
        font-weight: 600;
        color: var(--cometchat-text-muted);
      }
      button {
        --_icon: 1.25rem;
        display: flex;
        align-items: center;
        gap: 0.75rem;
        inline-size: 100%;
        min-block-size: 2.75rem;
        padding: 0.375rem 0.75rem;
        border-radius: var(--cometchat-radius-small);
        text-align: start;
      }
      button:hover {
        background: var(--cometchat-control);
      }
      button:focus-visible {
        outline-offset: -0.1875rem;
      }
      .text {
        flex: 1;
        overflow-wrap: anywhere;
      }
      .check {
        color: var(--cometchat-accent);
      }
    `,
  ];

  @property({ attribute: false }) source: MenuSource = () => [];
  @property({ attribute: false }) label = '';
  @state() private open = false;

  constructor() {
    super();
    this.addEventListener('beforetoggle', ({ newState }) => {
      this.open = newState === 'open';
    });
    this.addEventListener('toggle', ({ newState }) => {
      if (newState === 'open') void this.#focusFirst();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'auto';
    // It may have been opened before its code was here.
    if (!this.matches(':popover-open')) return;
    this.open = true;
    void this.#focusFirst();
  }

  override render(): unknown {
    if (!this.open) return nothing;
    return html`<div part="menu" role="menu" aria-label=${this.label} @keydown=${this.#onKey}>
      ${this.source(builders).map((group) => this.#group(group))}
    </div>`;
  }

  #group({ label, items, choice = false }: MenuGroup): TemplateResult {
    return html`<div role="group" aria-label=${label ?? nothing}>
      ${label ? html`<div class="label" aria-hidden="true">${label}</div>` : nothing}
      ${items.map((item) => this.#item(item, choice))}
    </div>`;
  }

  #item(item: MenuItem, choice: boolean): TemplateResult {
    const { id, label, checked } = item;
    const role = checked === undefined ? 'menuitem' : choice ? 'menuitemradio' : 'menuitemcheckbox';
    return html`<button
      part="menu-item"
      role=${role}
      tabindex="-1"
      data-item=${id}
      aria-checked=${checked === undefined ? nothing : String(checked)}
      @click=${() => this.#choose(item)}
    >
      ${item.icon ? icon(item.icon) : nothing}<span class="text">${label}</span>
      ${checked ? html`<span class="check">${icon(check)}</span>` : nothing}
    </button>`;
  }

  #choose({ run }: MenuItem): void {
    this.hidePopover();
    run();
  }

  get #buttons(): readonly HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll('button')];
  }

  async #focusFirst(): Promise<void> {
    await this.updateComplete;
    const buttons = this.#buttons;
    (buttons.find(({ ariaChecked }) => ariaChecked === 'true') ?? buttons[0])?.focus();
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') this.hidePopover();
    const buttons = this.#buttons;
    const current = buttons.findIndex((button) => button.matches(':focus'));
    const next = nextIndex(event.key, current, buttons.length, columnKeys);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[next]?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-menu': CallMenu;
  }
}
