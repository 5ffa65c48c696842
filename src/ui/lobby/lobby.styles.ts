import { css } from 'lit';

export const lobbyStyles = css`
  :host {
    position: absolute;
    inset: 0;
    display: block;
    overflow: auto;
    container: lobby / size;
  }
  .lobby {
    display: grid;
    align-content: safe center;
    justify-content: center;
    grid-template-columns: minmax(0, 34rem);
    gap: 1.25rem 2.5rem;
    min-block-size: 100%;
    padding: 1rem;
  }
  h2,
  p {
    margin: 0;
  }
  h2 {
    font-size: 1.5rem;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }
  .look,
  .choices {
    display: grid;
    align-content: start;
    gap: 0.75rem;
    min-inline-size: 0;
  }
  .preview {
    position: relative;
    display: grid;
    place-items: center;
    aspect-ratio: 16 / 9;
    max-block-size: 60cqb;
    overflow: hidden;
    border-radius: calc(var(--cometchat-radius) * 1.25);
    background: var(--cometchat-surface-tile);
    box-shadow: var(--cometchat-shadow);
  }
  .preview video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .preview p {
    padding: 1rem 1rem 4rem;
    font-weight: 500;
    text-align: center;
  }
  .mirrored {
    transform: scaleX(-1);
  }
  .switches {
    position: absolute;
    inset-block-end: 0.75rem;
    inset-inline: 0;
    display: flex;
    justify-content: center;
    gap: 0.75rem;
  }
  .switch {
    display: grid;
    place-items: center;
    inline-size: var(--cometchat-target);
    block-size: var(--cometchat-target);
    border-radius: 50%;
    background: var(--cometchat-control);
    color: var(--cometchat-control-text);
    box-shadow: var(--cometchat-shadow);
    transition: background var(--cometchat-duration);
  }
  .switch:hover {
    background: var(--cometchat-control-hover);
  }
  .switch.off {
    background: var(--cometchat-control-off);
    color: var(--cometchat-control-off-text);
  }
  .field {
    display: grid;
    gap: 0.25rem;
  }
  .field span {
    color: var(--cometchat-text-muted);
    font-size: 0.8125rem;
    font-weight: 500;
  }
  input,
  select {
    inline-size: 100%;
    min-block-size: 2.75rem;
    padding-inline: 0.75rem;
    border: 1px solid var(--cometchat-text-muted);
    border-radius: var(--cometchat-radius-small);
    background: var(--cometchat-surface-raised);
    color: inherit;
    font: inherit;
    text-overflow: ellipsis;
  }
  select {
    appearance: none;
    padding-inline-end: 2.25rem;
  }
  .field:has(select)::after {
    content: '';
    grid-area: 2 / 1;
    place-self: center end;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    margin-inline-end: 1rem;
    border: solid var(--cometchat-text-muted);
    border-width: 0 0.125rem 0.125rem 0;
    rotate: 45deg;
    translate: 0 -0.125rem;
    pointer-events: none;
  }
  select,
  .field input {
    grid-area: 2 / 1;
  }
  input:hover,
  select:hover {
    border-color: var(--cometchat-text);
  }
  .meter {
    block-size: 0.375rem;
    border-radius: 99rem;
    background: var(--cometchat-control);
    overflow: hidden;
  }
  .meter::before {
    content: '';
    display: block;
    block-size: 100%;
    border-radius: inherit;
    background: var(--cometchat-success);
    inline-size: calc(var(--_level, 0) * 100%);
    transition: inline-size 100ms linear;
    forced-color-adjust: none;
  }
  .note {
    color: var(--cometchat-text-muted);
    font-size: 0.875rem;
  }
  .note:empty {
    display: none;
  }
  .test {
    justify-self: start;
    --_icon: 1.125rem;
  }
  /* In reach, however long the list of devices is. */
  .go {
    position: sticky;
    inset-block-end: 0;
    display: grid;
    padding-block: 0.5rem 1rem;
    margin-block-end: -1rem;
    background: var(--cometchat-surface);
  }
  .join {
    min-block-size: 3.25rem;
    font-size: 1.0625rem;
  }
  .failure {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.5rem 0.75rem;
    padding: 0.75rem 0.875rem;
    border: 1px solid var(--cometchat-border);
    border-radius: var(--cometchat-radius);
    background: var(--cometchat-surface-raised);
  }
  .failure p {
    display: grid;
    gap: 0.125rem;
    overflow-wrap: anywhere;
  }
  .failure p span {
    color: var(--cometchat-text-muted);
    font-size: 0.875rem;
  }
  .failure .sign {
    color: var(--cometchat-warning);
  }
  .failure .actions {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .failure .actions:not(:has(*)) {
    display: none;
  }
  /* Beside one another also on a phone that lies on its side, or at a great zoom. */
  @container lobby ((min-width: 45rem) or ((min-width: 34rem) and (max-height: 32rem))) {
    .lobby {
      grid-template-columns: minmax(0, 36rem) minmax(0, 20rem);
      padding: 2rem;
    }
    .lobby > * {
      align-self: center;
    }
  }
  @media (forced-colors: active) {
    .switch {
      border: 1px solid;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .meter::before {
      transition: none;
    }
  }
`;
