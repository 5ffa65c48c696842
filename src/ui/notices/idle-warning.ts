import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { CallCommands } from '../../domain/call/call-commands.js';
import { base, pill } from '../base/styles/base.styles.js';
import { ClockController } from '../base/clock-controller.js';
import { element } from '../base/define-element.js';
import { PortableElement } from '../base/portable-element.js';
import { words as plainWords, type Words } from '../words/words.js';
import { idleWords } from './idle-words.js';

/** Seconds left at which the countdown is read aloud; every second would be noise. */
const announcedSeconds: ReadonlySet<number> = new Set([60, 30, 10, 5]);

/**
 * Asks a user who is alone in the call whether to stay, with a countdown.
 *
 * @csspart dialog - The dialog.
 */
@element('cometchat-call-idle-warning')
export class IdleWarning extends PortableElement {
  static override styles = [
    base,
    pill,
    css`
      :host {
        position: absolute;
        inset: 0;
        z-index: 6;
        display: grid;
        place-items: center;
        padding: 1rem;
        background: rgb(10 12 16 / 0.55);
      }
      .dialog {
        display: grid;
        justify-items: center;
        gap: 0.75rem;
        inline-size: min(100%, 24rem);
        max-block-size: 100%;
        overflow: auto;
        padding: 1.75rem 1.5rem 1.5rem;
        border-radius: calc(var(--cometchat-radius) * 1.25);
        background: var(--cometchat-surface-raised);
        color: var(--cometchat-text);
        box-shadow: var(--cometchat-shadow);
        text-align: center;
      }
      h2,
      p {
        margin: 0;
      }
      h2 {
        font-size: 1.25rem;
        line-height: 1.25;
      }
      p {
        color: var(--cometchat-text-muted);
      }
      .countdown {
        position: relative;
        display: grid;
        place-items: center;
        inline-size: 5.5rem;
        aspect-ratio: 1;
        font-size: 1.75rem;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      .countdown svg {
        --_icon: 100%;
        position: absolute;
        inset: 0;
        rotate: -90deg;
        stroke-width: 1.5;
      }
      .track {
        stroke: var(--cometchat-border);
      }
      .left {
        stroke: var(--cometchat-accent);
        transition: stroke-dashoffset var(--cometchat-duration) linear;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 0.625rem;
        inline-size: 100%;
        padding-block-start: 0.5rem;
      }
      .pill {
        flex: 1 1 auto;
      }
    `,
  ];

  /** When the call will be ended, by `performance.now()`. */
  @property({ attribute: false }) endsAt = 0;
  /** Seconds that the warning shows for. */
  @property({ attribute: false }) period = 60;
  @property({ attribute: false }) commands?: CallCommands;
  @property({ attribute: false }) words: Words = plainWords;

  constructor() {
    super();
    this.addController(new ClockController(this));
  }

  override render(): unknown {
    const { words, commands, period: totalSeconds } = this;
    const seconds = Math.max(0, Math.round((this.endsAt - performance.now()) / 1000));
    return html`<div
      part="dialog"
      class="dialog"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="title"
      aria-describedby="text"
    >
      <div class="countdown" role="timer" aria-label=${idleWords(words).countdown(seconds)}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle class="track" cx="12" cy="12" r="11" pathLength=${totalSeconds}></circle>
          <circle
            class="left"
            cx="12"
            cy="12"
            r="11"
            pathLength=${totalSeconds}
            stroke-dasharray=${totalSeconds}
            stroke-dashoffset=${totalSeconds - Math.min(totalSeconds, seconds)}
          ></circle>
        </svg>
        <span aria-hidden="true">${words.number(seconds)}</span>
      </div>
      <h2 id="title">${idleWords(words).title()}</h2>
      <p id="text">${idleWords(words).text()}</p>
      <div class="unseen" role="status">
        ${announcedSeconds.has(seconds) ? idleWords(words).countdown(seconds) : nothing}
      </div>
      <div class="actions">
        <button class="pill" @click=${() => commands?.pressEndCall()}>${idleWords(words).leaveNow()}</button>
        <button class="pill primary stay" @click=${() => commands?.stay()}>${idleWords(words).stay()}</button>
      </div>
    </div>`;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('.stay')?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-idle-warning': IdleWarning;
  }
}
