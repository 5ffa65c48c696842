import { css } from 'lit';

/** What every element of the interface starts from. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
    border: 0;
    background: none;
    padding: 0;
    margin: 0;
    -webkit-tap-highlight-color: transparent;
  }
  button[aria-disabled='true'] {
    cursor: progress;
  }
  button:active:not([role]) {
    scale: 0.95;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 0.1875rem solid var(--cometchat-focus);
    outline-offset: 0.125rem;
  }
  svg {
    display: block;
    inline-size: var(--_icon, 1.375rem);
    block-size: var(--_icon, 1.375rem);
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    flex: none;
  }
  @media (forced-colors: active) {
    .panel,
    .dialog,
    .hint,
    .card {
      border: 1px solid;
    }
  }
  :not(:defined) {
    visibility: hidden;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** A button with words on it. */
export const pill = css`
  .pill {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-block-size: 2.75rem;
    padding: 0.5rem 1.125rem;
    border-radius: 99rem;
    font-weight: 600;
    background: var(--cometchat-control);
    color: var(--cometchat-control-text);
    transition: background var(--cometchat-duration);
  }
  .pill:hover {
    background: var(--cometchat-control-hover);
  }
  .pill.primary {
    background: var(--cometchat-accent);
    color: var(--cometchat-on-accent);
  }
  .pill.primary:hover {
    filter: brightness(1.08);
  }
  @media (forced-colors: active) {
    .pill {
      border: 1px solid;
    }
    .pill.primary {
      forced-color-adjust: none;
    }
  }
`;
