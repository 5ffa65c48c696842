import { css } from 'lit';

export const tileStyles = css`
  :host {
    display: block;
    container: tile / size;
    contain: strict;
    border-radius: var(--_radius, var(--cometchat-radius));
    background: var(--cometchat-surface-tile);
    color: var(--cometchat-text);
    overflow: hidden;
    isolation: isolate;
  }
  .surface {
    position: absolute;
    inset: 0;
    border-radius: inherit;
  }
  .person {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    background: light-dark(oklch(0.9 0.035 var(--_hue)), oklch(0.29 0.035 var(--_hue)));
  }
  .avatar {
    display: grid;
    place-items: center;
    inline-size: clamp(2rem, min(42cqb, 34cqi), 9rem);
    aspect-ratio: 1;
    border-radius: 50%;
    overflow: hidden;
    background: oklch(0.47 0.115 var(--_hue));
    color: #fff;
    font-weight: 600;
    font-size: clamp(0.875rem, min(17cqb, 14cqi), 3.5rem);
    line-height: 1;
    user-select: none;
  }
  .avatar.square {
    border-radius: 18%;
  }
  .avatar.fullscreen {
    inline-size: 100%;
    block-size: 100%;
    aspect-ratio: auto;
    border-radius: 0;
  }
  .avatar img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    opacity: 0;
    transition: opacity var(--cometchat-duration);
  }
  .seen video {
    opacity: 1;
  }
  .whole video {
    object-fit: contain;
  }
  /* The area beside video that is shown uncropped. */
  .seen .person {
    background: oklch(0.22 0.025 var(--_hue));
  }
  .screen {
    background: #0b0c0f;
  }
  .screen .person,
  .seen .avatar {
    visibility: hidden;
  }
  .mirrored video {
    transform: scaleX(-1);
  }
  .ring {
    position: absolute;
    inset: 0;
    border-radius: inherit;
    border: 0.1875rem solid var(--cometchat-speaking);
    opacity: clamp(0, (var(--_level, 0) - 0.03) * 14, 1);
    transition: opacity 140ms linear;
    pointer-events: none;
  }
  :host(:state(speaking)) .ring {
    opacity: 1;
    box-shadow: inset 0 0 0 calc(var(--_level, 0) * 0.1875rem)
      color-mix(in srgb, var(--cometchat-speaking) 45%, transparent);
  }
  .corner {
    position: absolute;
    display: flex;
    align-items: center;
    gap: 0.375rem;
    max-inline-size: calc(100% - 2 * var(--_at));
    --_icon: 1rem;
    --_at: 0.5rem;
  }
  .corner[class*='top'] {
    inset-block-start: var(--_at);
  }
  .corner[class*='bottom'] {
    inset-block-end: var(--_at);
  }
  .corner[class*='left'] {
    inset-inline-start: var(--_at);
  }
  .corner[class*='right'] {
    inset-inline-end: var(--_at);
  }
  .surface:has(.bottom-right) .bottom-left {
    max-inline-size: calc(100% - 3.25rem);
  }
  /* On video: light on dark in every theme. */
  .chip,
  .tool {
    color: #fff;
    background: rgb(16 18 24 / 0.72);
  }
  .tool {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border-radius: 50%;
    --_icon: 1.25rem;
    opacity: 0;
    transition:
      opacity var(--cometchat-duration),
      background var(--cometchat-duration);
  }
  .tool:hover {
    background: rgb(16 18 24 / 0.88);
  }
  .tool:focus-visible {
    outline-color: #fff;
    outline-offset: -0.1875rem;
  }
  :host(:hover) .tool,
  :host(:focus-within) .tool,
  .tool:has(~ cometchat-call-menu:popover-open) {
    opacity: 1;
  }
  .options {
    anchor-name: --options;
  }
  cometchat-call-menu {
    position-anchor: --options;
  }
  .veil {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.5rem;
    text-align: center;
    color: #fff;
    background: rgb(14 16 20 / 0.62);
    font-weight: 500;
  }
  .lost video {
    filter: saturate(0.35);
  }
  .spinner {
    inline-size: 1.75rem;
    aspect-ratio: 1;
    border-radius: 50%;
    border: 0.1875rem solid currentColor;
    border-inline-start-color: transparent;
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 4s;
    }
  }
  @container tile (max-width: 11rem) {
    .corner {
      --_at: 0.25rem;
    }
    .chip {
      font-size: 0.75rem;
      padding-inline: 0.4375rem;
    }
    .veil .text {
      font-size: 0.8125rem;
    }
  }
  /* Where the name would touch it. */
  @container tile (max-height: 9rem) {
    .avatar:not(.fullscreen) {
      margin-block-end: 1.5rem;
    }
    .veil {
      padding-block-end: 2rem;
      gap: 0.25rem;
    }
  }
  @container tile (max-width: 7rem) {
    .chip.name > span {
      display: none;
    }
    .chip.name:not(:has(svg)) {
      display: none;
    }
  }
  @media (forced-colors: active) {
    :host {
      border: 1px solid CanvasText;
    }
    .chip,
    .tool {
      background: Canvas;
      color: CanvasText;
      border: 1px solid CanvasText;
    }
    .muted svg {
      color: inherit;
    }
    .bars i {
      forced-color-adjust: none;
    }
    .avatar {
      border: 2px solid CanvasText;
    }
  }
`;
