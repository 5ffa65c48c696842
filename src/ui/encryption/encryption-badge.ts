import { css, html, nothing, svg } from 'lit';
import { property } from 'lit/decorators.js';
import { isActive, type CallState } from '../../domain/call/call-state.js';
import { base } from '../base/styles/base.styles.js';
import { element } from '../base/define-element.js';
import { icon } from '../base/icons/icon.js';
import { triangleAlert } from '../base/icons/icons.js';
import { PortableElement } from '../base/portable-element.js';
import { words as plainWords, type Words } from '../words/words.js';
import { encryptionWords } from './encryption-words.js';

/** Here, because each call loads the icons of the others. */
const lock = svg`<rect x="4" y="11" width="16" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>`;

function closeOnEscape(event: KeyboardEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.key !== 'Escape' || !details.open) return;
  event.stopPropagation();
  details.open = false;
  details.querySelector('summary')?.focus();
}

/**
 * A lock while all media of the call is encrypted from end to end, and a warning while some cannot be decrypted. Where keys are agreed,
 * the lock opens the code that the participants compare.
 *
 * @csspart badge - The lock of an encrypted call.
 * @csspart code - The code behind the lock.
 * @csspart notice - The warning.
 */
@element('cometchat-call-encryption')
export class EncryptionBadge extends PortableElement {
  static override styles = [
    base,
    css`
      :host {
        position: absolute;
        z-index: 3;
        inset-block-start: 1.25rem;
        inset-inline-start: 1.25rem;
        pointer-events: none;
      }
      .badge {
        display: grid;
        place-items: center;
        inline-size: 1.75rem;
        block-size: 1.75rem;
        border-radius: 50%;
        background: var(--cometchat-surface-raised);
        color: var(--cometchat-text);
        box-shadow: var(--cometchat-shadow);
        --_icon: 1rem;
      }
      details {
        pointer-events: auto;
      }
      summary {
        list-style: none;
        cursor: pointer;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      .panel {
        margin-block-start: 0.5rem;
        inline-size: max-content;
        max-inline-size: min(19rem, calc(100cqi - 2.5rem));
        padding: 0.75rem 1rem;
        border-radius: var(--cometchat-radius);
        background: var(--cometchat-surface-raised);
        color: var(--cometchat-text);
        box-shadow: var(--cometchat-shadow);
        font-size: 0.875rem;
        line-height: 1.4;
      }
      .panel p {
        margin: 0;
      }
      .code {
        display: grid;
        grid-template-columns: repeat(3, max-content);
        justify-content: center;
        gap: 0.25rem 1rem;
        margin-block-start: 0.625rem;
        font:
          600 1.125rem ui-monospace,
          monospace;
        user-select: all;
      }
      .warning {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        padding: 0.5rem 0.75rem;
        border-radius: var(--cometchat-radius);
        background: var(--cometchat-surface-raised);
        color: var(--cometchat-text);
        box-shadow: var(--cometchat-shadow);
        --_icon: 1.125rem;
      }
      .warning svg {
        color: var(--cometchat-warning);
      }
    `,
  ];

  @property({ attribute: false }) state?: CallState;
  @property({ attribute: false }) words: Words = plainWords;

  override render(): unknown {
    const { state } = this;
    const {
      encrypted,
      undecryptable = [],
      verificationCode,
    } = (state && isActive(state) && state.encryption) || {};
    const words = encryptionWords(this.words);
    if (undecryptable.length > 0)
      return html`<span part="notice" class="warning" role="alert"
        >${icon(triangleAlert)}${words.differs()}</span
      >`;
    if (!encrypted) return nothing;
    const label = words.encrypted();
    if (verificationCode === undefined)
      return html`<span part="badge" class="badge" role="img" aria-label=${label} title=${label}
        >${icon(lock)}</span
      >`;
    return html`<details @keydown=${closeOnEscape}>
      <summary part="badge" class="badge" title=${label}>
        <span role="img" aria-label=${label}>${icon(lock)}</span>
      </summary>
      <div class="panel">
        <p>${words.compare()}</p>
        <code part="code" class="code" dir="ltr"
          >${verificationCode.split(' ').map((group) => html`<span>${group} </span>`)}</code
        >
      </div>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-encryption': EncryptionBadge;
  }
}
