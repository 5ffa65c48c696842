import { css } from 'lit';

/** A call that rings, on top of the page. */
export const ringCardStyles = css`
  :host {
    display: contents;
  }
  .card {
    position: fixed;
    inset: 1rem;
    inset-block-end: auto;
    inset-inline-start: auto;
    inline-size: min(22rem, calc(100vw - 2rem));
    margin: 0;
    padding: 1rem;
    border: 1px solid var(--cometchat-border);
    border-radius: calc(var(--cometchat-radius) * 1.25);
    background: var(--cometchat-surface-raised);
    color: var(--cometchat-text);
    box-shadow: var(--cometchat-shadow);
    font: var(--cometchat-font-size) / 1.4 var(--cometchat-font);
    text-align: start;
  }
  .card:popover-open {
    animation: come var(--cometchat-duration) var(--cometchat-easing);
  }
  .who {
    display: flex;
    align-items: center;
    gap: 0.875rem;
    min-inline-size: 0;
  }
  .text {
    min-inline-size: 0;
    flex: 1;
  }
  h2,
  p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  h2 {
    font-size: 1.125rem;
    line-height: 1.3;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  p {
    color: var(--cometchat-text-muted);
  }
  .avatar {
    position: relative;
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 3.5rem;
    aspect-ratio: 1;
    border-radius: 50%;
    background: oklch(0.47 0.115 var(--_hue));
    color: #fff;
    font-weight: 600;
    font-size: 1.25rem;
    line-height: 1;
  }
  .avatar img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 50%;
    object-fit: cover;
  }
  .live .avatar::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 50%;
    border: 2px solid var(--cometchat-speaking);
    animation: pulse 1.6s ease-out infinite;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625rem;
    margin-block-start: 1rem;
  }
  .actions .pill {
    flex: 1;
    min-inline-size: fit-content;
    padding-inline: 0.75rem;
  }
  .pill.accept {
    background: light-dark(#12784a, #157a4c);
    color: #fff;
  }
  .pill.decline {
    background: var(--cometchat-danger);
    color: var(--cometchat-on-danger);
  }
  .pill.accept:hover,
  .pill.decline:hover {
    filter: brightness(1.08);
  }
  @keyframes come {
    from {
      opacity: 0;
      translate: 0 -0.75rem;
    }
  }
  @keyframes pulse {
    to {
      scale: 1.45;
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .live .avatar::after {
      animation: none;
    }
  }
`;
