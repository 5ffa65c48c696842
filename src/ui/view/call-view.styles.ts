import { css } from 'lit';

export const callViewStyles = css`
  :host {
    display: block;
    position: absolute;
    inset: 0;
    container: call / size;
    overflow: hidden;
    color: var(--cometchat-text);
    background: var(--cometchat-surface);
  }
  .view,
  .call,
  .joining {
    position: absolute;
    inset: 0;
  }
  .call {
    --_edge: 0.75rem;
    display: grid;
    grid-template: 'stage panel' minmax(0, 1fr) 'bar bar' auto / minmax(0, 1fr) auto;
    row-gap: var(--_edge);
    padding: var(--_edge);
  }
  .call.bare {
    padding: 0;
    row-gap: 0;
  }
  .stage {
    grid-area: stage;
    position: relative;
    min-block-size: 0;
  }
  cometchat-call-controls {
    grid-area: bar;
  }
  cometchat-call-timer,
  .title {
    padding-inline-start: 0.5rem;
  }
  .title {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  cometchat-call-notices {
    position: absolute;
    z-index: 4;
    inset-block-start: 0.75rem;
    inset-inline: 0.75rem;
  }
  .low {
    position: absolute;
    z-index: 3;
    inset-block-end: 3rem;
    inset-inline: 1rem;
    display: grid;
    justify-items: center;
    gap: 0.75rem;
    pointer-events: none;
  }
  .low > * {
    pointer-events: auto;
  }
  .hear {
    min-block-size: 3.25rem;
    padding-inline: 1.5rem;
    box-shadow: var(--cometchat-shadow);
  }
  .hint {
    display: grid;
    gap: 0.125rem;
    padding: 0.75rem 1.25rem;
    border-radius: var(--cometchat-radius);
    background: var(--cometchat-surface-raised);
    box-shadow: var(--cometchat-shadow);
    text-align: center;
  }
  .hint span {
    color: var(--cometchat-text-muted);
    font-size: 0.875rem;
  }
  .hint strong {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.625rem;
  }
  .reconnecting {
    position: absolute;
    z-index: 4;
    inset-block-start: 0.75rem;
    inset-inline: 0.75rem;
    inline-size: fit-content;
    margin-inline: auto;
  }
  .reconnecting ~ cometchat-call-notices {
    margin-block-start: 4.5rem;
  }
  .joining,
  .middle {
    display: grid;
    place-items: center;
    place-content: center;
    gap: 1.25rem;
    padding: 1.5rem;
  }
  .middle {
    position: absolute;
    inset: 0;
    overflow: auto;
  }
  .preview {
    inline-size: min(100%, 28rem);
    aspect-ratio: 16 / 9;
    object-fit: cover;
    border-radius: calc(var(--cometchat-radius) * 1.25);
    background: var(--cometchat-surface-tile);
    box-shadow: var(--cometchat-shadow);
  }
  .mirrored {
    transform: scaleX(-1);
  }
  .progress {
    display: inline-flex;
    align-items: center;
    gap: 0.75rem;
    font-size: 1.0625rem;
    font-weight: 500;
  }
  .spinner {
    inline-size: 1.375rem;
    aspect-ratio: 1;
    border-radius: 50%;
    border: 0.1875rem solid var(--cometchat-accent);
    border-inline-start-color: transparent;
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  .card {
    display: grid;
    justify-items: center;
    gap: 0.625rem;
    inline-size: min(100%, 28rem);
    padding: 2.5rem 1.5rem;
    border-radius: calc(var(--cometchat-radius) * 1.25);
    background: var(--cometchat-surface-raised);
    box-shadow: var(--cometchat-shadow);
    text-align: center;
  }
  .sign {
    --_icon: 1.75rem;
    display: grid;
    place-items: center;
    inline-size: 4rem;
    aspect-ratio: 1;
    margin-block-end: 0.75rem;
    border-radius: 50%;
    background: var(--cometchat-control-off);
    color: var(--cometchat-control-off-text);
  }
  .card h2 {
    margin: 0;
    font-size: 1.625rem;
    line-height: 1.25;
    text-wrap: balance;
  }
  .card p {
    margin: 0;
    color: var(--cometchat-text-muted);
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  .card .pill {
    margin-block-start: 0.75rem;
    padding-inline: 1.75rem;
  }
  @container call (max-width: 719px) {
    .call {
      --_edge: 0.5rem;
    }
    /* A line of its own: over the pictures it would cover their signs. */
    .call:has(cometchat-call-timer) {
      padding-block-start: 1.875rem;
    }
    cometchat-call-timer {
      position: absolute;
      inset-block-start: 0.3125rem;
      inset-inline: 0;
      margin-inline: auto;
      inline-size: fit-content;
      font-size: 0.8125rem;
    }
    .title {
      display: none;
    }
    cometchat-call-notices {
      inset-inline: 0.5rem;
    }
  }
  @container call (max-height: 25rem) {
    .call {
      --_edge: 0.375rem;
    }
  }
  /* A picture-in-picture window: the picture, and the buttons only when they are wanted. */
  @container call (max-width: 420px) and (max-height: 300px) {
    .call.call {
      padding: 0;
    }
    .stage {
      grid-row: 1 / -1;
    }
    cometchat-call-controls {
      z-index: 2;
      align-self: end;
      margin: 0.375rem;
      opacity: 0;
      transition: opacity var(--cometchat-duration);
    }
    .call:hover cometchat-call-controls,
    .call:focus-within cometchat-call-controls {
      opacity: 1;
    }
    cometchat-call-timer,
    .hint {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 4s;
    }
  }
`;
