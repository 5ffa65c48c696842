import { css } from 'lit';

export const controlBarStyles = css`
  :host {
    display: block;
    container: bar / inline-size;
    --_size: max(2.75rem, var(--cometchat-target));
    --_gap: 0.625rem;
  }
  .bar {
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    align-items: center;
    gap: var(--_gap);
  }
  .start,
  .main,
  .side {
    display: flex;
    align-items: center;
    gap: var(--_gap);
    min-inline-size: 0;
  }
  .side {
    justify-content: end;
  }
  .control {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: var(--_size);
    block-size: var(--_size);
    border-radius: 99rem;
    background: var(--cometchat-control);
    color: var(--cometchat-control-text);
    transition:
      background var(--cometchat-duration),
      color var(--cometchat-duration),
      border-radius var(--cometchat-duration) var(--cometchat-easing);
  }
  .control:hover {
    background: var(--cometchat-control-hover);
  }
  .control.off {
    background: var(--cometchat-control-off);
    color: var(--cometchat-control-off-text);
    border-radius: 32%;
  }
  .control.on {
    background: var(--cometchat-accent);
    color: var(--cometchat-on-accent);
  }
  .control.danger {
    inline-size: calc(var(--_size) * 1.333);
    background: var(--cometchat-danger);
    color: var(--cometchat-on-danger);
  }
  .control.off:hover,
  .control.on:hover,
  .control.danger:hover {
    filter: brightness(1.08);
  }
  .side .control:not(.on) {
    background: none;
    color: var(--cometchat-text);
  }
  .side .control:not(.on):hover,
  .side .control:has(+ :popover-open) {
    background: var(--cometchat-control);
    color: var(--cometchat-control-text);
  }
  .busy svg {
    animation: pulse 1s ease-in-out infinite alternate;
  }
  @keyframes pulse {
    to {
      opacity: 0.35;
    }
  }
  .control > :is(svg, .count) {
    grid-area: 1 / 1;
  }
  .count {
    place-self: start end;
    margin-block-start: 0.25rem;
    margin-inline-end: 0.125rem;
    min-inline-size: 1.125rem;
    padding-inline: 0.25rem;
    border-radius: 99rem;
    font-size: 0.6875rem;
    font-weight: 600;
    line-height: 1.125rem;
    background: var(--cometchat-text);
    color: var(--cometchat-surface);
    text-align: center;
  }
  .tip {
    position: absolute;
    z-index: 3;
    inset-block-end: calc(100% + 0.5rem);
    inset-inline-start: 50%;
    translate: -50% 0;
    padding: 0.3125rem 0.625rem;
    border-radius: 0.5rem;
    font-size: 0.8125rem;
    white-space: nowrap;
    color: #fff;
    background: #1c1f26;
    pointer-events: none;
    visibility: hidden;
    opacity: 0;
    transition:
      opacity 120ms,
      visibility 120ms;
  }
  :dir(rtl) > .tip {
    translate: 50% 0;
  }
  .side .tip {
    inset-inline: auto 0;
    translate: none;
  }
  /* Beside the edge of a narrow call the label stays inside. */
  @container bar (max-width: 599px) {
    .main .control:first-child .tip {
      inset-inline: 0 auto;
      translate: none;
    }
    .main .control:last-child .tip {
      inset-inline: auto 0;
      translate: none;
    }
  }
  /* There is no room beside any button: the label is in the middle. */
  @container bar (max-width: 399px) {
    .main {
      position: relative;
    }
    .main .control {
      position: static;
    }
    .main .control .tip.tip {
      inset-inline: 0;
      inline-size: fit-content;
      max-inline-size: 100%;
      white-space: normal;
      margin-inline: auto;
      translate: none;
    }
  }
  .control:focus-visible .tip {
    visibility: visible;
    opacity: 1;
  }
  @media (hover: hover) {
    .control:hover .tip {
      visibility: visible;
      opacity: 1;
      transition-delay: 450ms;
    }
  }
  .control:has(+ :popover-open) .tip {
    visibility: hidden;
  }
  .control:has(+ cometchat-call-menu:popover-open) {
    anchor-name: --open-control;
  }
  cometchat-call-menu {
    position-anchor: --open-control;
    inset-block: auto anchor(self-start);
  }
  .main cometchat-call-menu {
    inset-inline: 0;
    justify-self: anchor-center;
  }
  @container bar (max-width: 399px) {
    .bar {
      --_gap: 0.375rem;
      --_size: max(2.75rem, calc(var(--cometchat-target) - 0.125rem));
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .busy svg {
      animation: none;
      opacity: 0.5;
    }
  }
  @media (forced-colors: active) {
    .control {
      border: 1px solid ButtonText;
    }
    .tip,
    .count {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }
    .control.on,
    .control.off {
      border-width: 3px;
    }
  }
`;
