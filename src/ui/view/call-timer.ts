import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../base/styles/base.styles.js';
import { ClockController } from '../base/clock-controller.js';
import { element } from '../base/define-element.js';
import { PortableElement } from '../base/portable-element.js';
import { words as plainWords, type Words } from '../words/words.js';

/**
 * How long one has been in the call, and whether it is being recorded.
 *
 * @csspart timer - The clock.
 */
@element('cometchat-call-timer')
export class CallTimer extends PortableElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .timer {
        display: inline-flex;
        align-items: center;
        gap: 0.5rem;
        font-variant-numeric: tabular-nums;
        font-weight: 500;
        white-space: nowrap;
      }
      .recording {
        inline-size: 0.625rem;
        aspect-ratio: 1;
        border-radius: 50%;
        background: var(--cometchat-danger);
        forced-color-adjust: none;
      }
    `,
  ];

  /** By `performance.now()`. */
  @property({ attribute: false }) startedAt = 0;
  @property({ attribute: false }) recording = false;
  @property({ attribute: false }) words: Words = plainWords;

  constructor() {
    super();
    this.addController(new ClockController(this));
  }

  override render(): unknown {
    const { words } = this;
    const seconds = Math.max(0, Math.floor((performance.now() - this.startedAt) / 1000));
    return html`<div part="timer" class="timer" role="timer" aria-label=${words.callTime()}>
      ${
        this.recording
          ? html`<span class="recording" role="img" aria-label=${words.recording()}></span>`
          : nothing
      }
      <span>${words.clock(seconds)}</span>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-timer': CallTimer;
  }
}
