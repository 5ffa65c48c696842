import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { defaultSettings, type CallSettings } from '../../settings/setting-rows.js';
import type { ActiveCall } from '../../domain/call/call-state.js';
import { base } from '../base/styles/base.styles.js';
import { exportedParts } from '../view/call-parts.js';
import { element } from '../base/define-element.js';
import { FocusKeeper } from '../base/focus-keeper.js';
import { icon } from '../base/icons/icon.js';
import { ellipsis } from '../base/icons/icons.js';
import { loadMenu } from '../menu/load-menu.js';
import type { MenuSource } from '../menu/menu-group.js';
import { nextIndex, rowKeys } from '../menu/roving-focus.js';
import { PortableElement } from '../base/portable-element.js';
import { SizeController } from '../base/size-controller.js';
import { words as plainWords, type Words } from '../words/words.js';
import { detectCapabilities, type Capabilities } from './capabilities.js';
import { controlBarStyles } from './control-bar.styles.js';
import { controlRows, type ControlActions, type ControlContext, type ControlRow } from './control-rows.js';
import { fitControls } from './fit-controls.js';

/**
 * The row of buttons under the tiles. Knows no button by name: see `control-rows.ts`.
 *
 * @slot start - Before the buttons.
 * @slot end - After them.
 * @csspart toolbar - The row.
 * @csspart button - Every button; also `button-` and the control's id.
 * @fires control-pressed - The user pressed the control of that id.
 */
@element('cometchat-call-controls')
export class ControlBar extends PortableElement {
  static override styles = [base, controlBarStyles];

  @property({ attribute: false }) call?: ActiveCall;
  @property({ attribute: false }) settings: CallSettings = defaultSettings;
  @property({ attribute: false }) actions?: ControlActions;
  @property({ attribute: false }) words: Words = plainWords;
  @property({ attribute: false }) capabilities: Capabilities = detectCapabilities();
  @property({ attribute: false }) participantsShown = false;
  @property({ attribute: false }) fullScreen = false;

  /** The one button that Tab reaches; arrow keys go on from it. */
  @state() private current = '';
  readonly #sizeController = new SizeController(this);

  constructor() {
    super();
    // A button without room moves into the "more" menu.
    new FocusKeeper(this, (removed) => this.focusControl((removed as HTMLElement).dataset['control'] ?? ''));
  }

  override render(): unknown {
    const { context, actions, words } = this;
    if (!context || !actions) return nothing;
    const rows = controlRows.filter((row) => row.shown(context));
    const { main, side, more } = fitControls(rows, this.#measures());
    const current = this.#currentOf([...main.map(({ id }) => id), ...side.map(({ id }) => id)]);
    const renderButton = (row: ControlRow): TemplateResult => this.#button(row, context, actions, current);
    const endButton = main.at(-1)?.rank === 0 ? main.at(-1) : undefined;
    return html`<div
      part="toolbar"
      class="bar"
      role="toolbar"
      aria-label=${words.controls()}
      @keydown=${this.#onKey}
      @focusin=${this.#onFocus}
    >
      <div class="start"><slot name="start"></slot></div>
      <div class="main">
        ${repeat(
          main.filter((row) => row !== endButton),
          idOf,
          renderButton,
        )}
        ${more.length > 0 ? this.#more(more, context, actions, current) : nothing}
        ${endButton ? renderButton(endButton) : nothing}
      </div>
      <div class="side">${repeat(side, idOf, renderButton)}<slot name="end"></slot></div>
    </div>`;
  }

  /** The current input of the rows. */
  get context(): ControlContext | undefined {
    const { call, settings, words, capabilities, participantsShown, fullScreen } = this;
    return call && { call, settings, words, capabilities, participantsShown, fullScreen };
  }

  #measures(): { width: number; button: number; gap: number } {
    const { width, height } = this.#sizeController.size;
    // The bar is as high as its buttons, whatever size the page gives them; higher only by what the page puts beside them.
    const button = Math.min(72, Math.max(44, height));
    return { width, button, gap: width < 400 ? 6 : 10 };
  }

  #currentOf(ids: readonly string[]): string {
    return ids.includes(this.current) || this.current === 'more' ? this.current : (ids[0] ?? 'more');
  }

  #button(
    row: ControlRow,
    context: ControlContext,
    actions: ControlActions,
    current: string,
  ): TemplateResult {
    const busy = row.busy?.(context) ?? false;
    const waits = busy || (row.waits?.(context) ?? false);
    const count = row.count?.(context);
    const label = row.label(context);
    const { menu } = row;
    return html`<button
        part="button button-${row.id}"
        data-control=${row.id}
        class="control ${row.tone?.(context) ?? ''} ${waits ? 'busy' : ''}"
        tabindex=${row.id === current ? 0 : -1}
        aria-label=${count === undefined ? label : `${label}: ${this.words.number(count)}`}
        aria-pressed=${row.pressed ? String(row.pressed(context)) : nothing}
        aria-busy=${waits ? 'true' : nothing}
        aria-disabled=${busy ? 'true' : nothing}
        aria-haspopup=${menu ? 'menu' : nothing}
        aria-keyshortcuts=${(this.settings.hotkeys && row.key) || nothing}
        popovertarget=${menu ? `menu-${row.id}` : nothing}
        @pointerenter=${menu ? loadMenu : nothing}
        @focus=${menu ? loadMenu : nothing}
        @click=${(event: Event) => {
          if (menu) loadMenu(event);
          this.press(row, context, actions);
        }}
      >
        ${icon(row.icon(context))}
        ${count === undefined ? nothing : html`<span class="count" aria-hidden="true">${this.words.number(count)}</span>`}
        <span class="tip" aria-hidden="true">${label}</span>
      </button>
      ${menu ? this.#menu(`menu-${row.id}`, label, menu(context, actions)) : nothing}`;
  }

  /** Reported before the action runs: a press that ends the call is still reported within it. */
  press(row: ControlRow, context: ControlContext, actions: ControlActions): void {
    if (row.busy?.(context)) return;
    this.dispatchEvent(new CustomEvent('control-pressed', { detail: row.id }));
    if (row.act) row.act(actions.commands, context.call);
    else row.run?.(actions, context);
  }

  #more(
    rows: readonly ControlRow[],
    context: ControlContext,
    actions: ControlActions,
    current: string,
  ): TemplateResult {
    const label = this.words.more();
    return html`<button
        part="button button-more"
        data-control="more"
        class="control"
        tabindex=${current === 'more' ? 0 : -1}
        aria-label=${label}
        aria-haspopup="menu"
        popovertarget="menu-more"
        @pointerenter=${loadMenu}
        @focus=${loadMenu}
        @click=${loadMenu}
      >
        ${icon(ellipsis)}<span class="tip" aria-hidden="true">${label}</span>
      </button>
      ${this.#menu('menu-more', label, (menus) =>
        menus.moreMenu(rows, context, actions, (row) => this.press(row, context, actions))(menus),
      )}`;
  }

  #menu(id: string, label: string, source: MenuSource): TemplateResult {
    return html`<cometchat-call-menu
      id=${id}
      popover
      exportparts=${exportedParts}
      .label=${label}
      .source=${source}
    ></cometchat-call-menu>`;
  }

  /** Gives a button the focus, for instance when what it had opened was closed. */
  focusControl(id: string): void {
    const buttons = this.#buttons;
    const control = buttons.find(({ dataset }) => dataset['control'] === id);
    this.#focus(control ?? buttons.find(({ dataset }) => dataset['control'] === 'more'));
  }

  #focus(button: HTMLButtonElement | undefined): void {
    button?.focus();
    this.current = button?.dataset['control'] ?? this.current;
  }

  get #buttons(): readonly HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('[data-control]')];
  }

  readonly #onFocus = (event: Event): void => {
    const { control } = (event.target as HTMLElement).dataset;
    if (control) this.current = control;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const buttons = this.#buttons;
    const current = buttons.findIndex((button) => button === event.target);
    if (current < 0) return;
    const next = nextIndex(event.key, current, buttons.length, rowKeys(this));
    if (next === null) return;
    event.preventDefault();
    this.#focus(buttons[next]);
  };
}

const idOf = ({ id }: ControlRow): string => id;

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-controls': ControlBar;
  }
}
