import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallCommands } from '../../domain/call/call-commands.js';
import type { ActiveCall } from '../../domain/call/call-state.js';
import { base, pill } from '../base/styles/base.styles.js';
import { element } from '../base/define-element.js';
import { icon } from '../base/icons/icon.js';
import { x } from '../base/icons/icons.js';
import { permissionButton, permissionButtonStyles } from '../view/permission-button.js';
import { PortableElement } from '../base/portable-element.js';
import { words as plainWords, type Words } from '../words/words.js';
import { noticeWords } from './notice-words.js';
import { hintNotices, type Hint } from './hint-rows.js';
import { processingNotice, type DroppedProcessing } from './processing-notice.js';
import { noticesOf, type Notice } from './notice-rows.js';

/**
 * What the user should know about, as small cards over the stage.
 *
 * @csspart notices - All of them.
 * @csspart notice - One.
 */
@element('cometchat-call-notices')
export class NoticeList extends PortableElement {
  static override styles = [
    base,
    pill,
    permissionButtonStyles,
    css`
      :host {
        display: block;
        pointer-events: none;
      }
      .list {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.5rem;
        justify-items: center;
      }
      .notice {
        pointer-events: auto;
        position: relative;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 0.75rem;
        max-inline-size: min(100%, 38rem);
        padding-block: 0.625rem;
        padding-inline: 1rem 0.75rem;
        border: 1px solid var(--cometchat-border);
        border-radius: var(--cometchat-radius);
        background: var(--cometchat-surface-raised);
        color: var(--cometchat-text);
        box-shadow: var(--cometchat-shadow);
        transition:
          opacity var(--cometchat-duration),
          translate var(--cometchat-duration) var(--cometchat-easing);
        @starting-style {
          opacity: 0;
          translate: 0 -0.5rem;
        }
      }
      .sign {
        color: var(--cometchat-accent);
      }
      .warning .sign {
        color: var(--cometchat-warning);
      }
      .recording .sign {
        color: var(--cometchat-danger);
      }
      .title {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .text {
        color: var(--cometchat-text-muted);
        font-size: 0.875rem;
      }
      .words {
        flex: 1 1 9rem;
        /* Also where there is little to say: else it would not stand beside its sign. */
        min-inline-size: min(9rem, 50cqi);
        padding-block: 0.25rem;
      }
      .notice:has(.dismiss) {
        padding-inline-end: 3.5rem;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
        margin-inline-start: auto;
      }
      .dismiss {
        position: absolute;
        inset-block-start: 0.5rem;
        inset-inline-end: 0.5rem;
        display: grid;
        place-items: center;
        inline-size: 2.75rem;
        block-size: 2.75rem;
        border-radius: 50%;
        --_icon: 1.125rem;
      }
      .dismiss:hover {
        background: var(--cometchat-control);
      }
      /* A small picture-in-picture window: there is more to see in the page. */
      @container call (max-width: 260px) and (max-height: 300px) {
        .sign,
        .text {
          display: none;
        }
        .title {
          font-size: 0.8125rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) call?: ActiveCall;
  @property({ attribute: false }) commands?: CallCommands;
  @property({ attribute: false }) words: Words = plainWords;
  /** Hints from measurements. */
  @property({ attribute: false }) hints: readonly Hint[] = [];
  /** Processors that were given up. */
  @property({ attribute: false }) dropped: readonly DroppedProcessing[] = [];
  @state() private dismissed: ReadonlySet<string> = new Set();

  override render(): unknown {
    const { call, commands, words } = this;
    if (!call || !commands) return nothing;
    const all = [
      ...noticesOf(call, words, commands),
      ...hintNotices(this.hints, words, commands),
      ...this.dropped.map((each) => processingNotice(each, words)),
    ];
    const visible = all.filter(({ id }) => !this.dismissed.has(id));
    if (visible.length === 0) return nothing;
    return html`<section part="notices" class="list" aria-label=${noticeWords(words).notices()}>
      ${repeat(
        visible,
        ({ id }) => id,
        (notice) => this.#notice(notice),
      )}
    </section>`;
  }

  #notice({
    id,
    tone,
    icon: shapes,
    title,
    text,
    actions,
    permission,
    role,
    dismissable,
  }: Notice): TemplateResult {
    return html`<div part="notice" class="notice ${tone}" role=${role ?? nothing}>
      <span class="sign">${icon(shapes)}</span>
      <div class="words">
        <div class="title">${title}</div>
        ${text ? html`<div class="text">${text}</div>` : nothing}
      </div>
      ${
        dismissable
          ? html`<button
              class="dismiss"
              aria-label=${noticeWords(this.words).dismiss()}
              @click=${() => this.#dismiss(id)}
            >
              ${icon(x)}
            </button>`
          : nothing
      }
      ${
        actions.length > 0
          ? html`<div class="actions">
              ${permission ? permissionButton(permission.source, permission.retryAction) : nothing}
              ${actions.map(
                ({ label, primary, run }) =>
                  html`<button class="pill ${primary ? 'primary' : ''}" @click=${run}>${label}</button>`,
              )}
            </div>`
          : nothing
      }
    </div>`;
  }

  #dismiss(id: string): void {
    this.dismissed = new Set([...this.dismissed, id]);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-notices': NoticeList;
  }
}
