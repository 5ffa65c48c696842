import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators/property.js';
import { loadChunk } from '../../base/load-chunk.js';
import { idle } from '../../domain/call/call-state.js';
import { PortableElement } from '../../ui/base/portable-element.js';
import type * as buttonActions from './button-actions.js';
import type { CometChatCall } from '../cometchat-call.js';
import { findCall, pageCalls } from './page-calls.js';

/** What the actions are: loaded for the first button, as most pages have none. */
let actions: typeof buttonActions | undefined;

/**
 * A call button anywhere in the page: same state and action as the button in the call. Put its label inside.
 *
 * @tag cometchat-call-button
 * @slot - The label.
 * @slot pressed - The label while the button is pressed; default: the normal label.
 * @csspart button - The button.
 * @cssstate pressed - The toggle is on: the microphone is muted, the screen is shared …
 * @cssstate disabled - The action is unavailable: there is no call, or no second camera …
 */
export class CometChatCallButton extends PortableElement {
  static override styles = css`
    :host {
      display: inline-block;
    }
    button {
      inline-size: 100%;
      block-size: 100%;
      font: inherit;
    }
  `;

  /**
   * Id of the `<cometchat-call>`; without it, the first one. Found in the tree of the button first, then in any other of the
   * page, shadow trees included.
   */
  @property() for = '';

  /**
   * `mute-audio`, `pause-video`, `share-screen`, `record`, `raise-hand` and `picture-in-picture` toggle; any
   * command of the element works, without the leading hyphens: `end-session`, `start-session`, `switch-camera` …
   */
  @property() action = '';

  /** Ends when the button leaves the page, or turns to another call. */
  #bound: AbortController | undefined;
  #call: CometChatCall | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#bind();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#bound?.abort();
    this.#bound = undefined;
  }

  override willUpdate(): void {
    this.#bind();
    this.setCustomState('pressed', this.#pressed === true);
    this.setCustomState('disabled', this.#disabled);
  }

  override render() {
    const pressed = this.#pressed;
    // A button whose label changes is not "pressed" as well.
    const ariaPressed =
      pressed === undefined || this.querySelector('[slot="pressed"]') ? nothing : String(pressed);
    return html`<button
      part="button"
      aria-pressed=${ariaPressed}
      ?disabled=${this.#disabled}
      @click=${this.#onClick}
    >
      ${pressed ? html`<slot name="pressed"><slot>${this.action}</slot></slot>` : html`<slot>${this.action}</slot>`}
    </button>`;
  }

  get #pressed(): boolean | undefined {
    return actions?.isPressed(this.action, this.#call?.callState ?? idle);
  }

  get #disabled(): boolean {
    return !this.#call || !actions?.isEnabled(this.action, this.#call.callState);
  }

  #bind(): void {
    const call = findCall(this, this.for) as CometChatCall | undefined;
    if (this.#bound && call === this.#call) return;
    this.#bound?.abort();
    this.#bound = new AbortController();
    const { signal } = this.#bound;
    const update = (): void => {
      this.requestUpdate();
      // Where it did not load, each change of the call is another try.
      if (!actions)
        loadChunk('button-actions', () => import('./button-actions.js')).then(
          (loaded) => {
            actions = loaded;
            this.requestUpdate();
          },
          () => undefined,
        );
    };
    update();
    this.#call = call;
    call?.callEvents?.on('state', update, { signal });
    pageCalls.on('changed', update, { signal });
    // Its id may have been set after it came.
    document.addEventListener('cometchat-session-joined', update, { signal });
  }

  readonly #onClick = (): void => {
    if (actions)
      this.#call?.dispatchEvent(
        Object.assign(new Event('command'), { command: actions.commandOf(this.action) }),
      );
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-button': CometChatCallButton;
  }
}
