import { css } from 'lit';

export const panelStyles = css`
  :host {
    display: block;
    grid-area: panel;
    inline-size: 21rem;
    block-size: 100%;
    min-block-size: 0;
    margin-inline-start: var(--_edge);
  }
  .panel {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    border-radius: var(--cometchat-radius);
    background: var(--cometchat-surface-raised);
    color: var(--cometchat-text);
    box-shadow: var(--cometchat-shadow);
    overflow: hidden;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-block: 0.75rem 0.25rem;
    padding-inline: 1.125rem 0.75rem;
  }
  h2 {
    margin: 0;
    font-size: 1.0625rem;
  }
  .search {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    margin: 0.25rem 1rem 0.5rem;
    padding-inline: 0.75rem;
    min-block-size: 2.75rem;
    border-radius: 99rem;
    background: var(--cometchat-surface);
    color: var(--cometchat-text-muted);
    --_icon: 1.125rem;
  }
  .search:focus-within {
    outline: 0.1875rem solid var(--cometchat-focus);
  }
  input {
    flex: 1;
    min-inline-size: 0;
    border: 0;
    outline: none;
    background: none;
    font: inherit;
    color: var(--cometchat-text);
  }
  input:focus-visible {
    outline: none;
  }
  input::placeholder {
    color: var(--cometchat-text-muted);
    opacity: 1;
  }
  ul {
    flex: 1;
    margin: 0;
    padding: 0 0.5rem 0.75rem;
    overflow: auto;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    padding-block: 0.125rem;
    padding-inline: 0.625rem 0.25rem;
    border-radius: var(--cometchat-radius-small);
    content-visibility: auto;
    contain-intrinsic-size: auto 3rem;
  }
  li:hover,
  li:focus-within {
    background: color-mix(in srgb, var(--cometchat-control) 55%, transparent);
  }
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    margin-inline-end: 0.5rem;
    border-radius: 50%;
    overflow: hidden;
    font-size: 0.8125rem;
    font-weight: 600;
    background: oklch(0.47 0.115 var(--_hue));
    color: #fff;
  }
  .avatar.square {
    border-radius: 22%;
  }
  .avatar img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .name {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .sign {
    display: grid;
    place-items: center;
    inline-size: 2rem;
    color: var(--cometchat-text-muted);
    --_icon: 1.125rem;
  }
  .tool {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border-radius: 50%;
    --_icon: 1.125rem;
  }
  .tool:hover {
    background: var(--cometchat-control);
  }
  .tool[aria-pressed='true'] {
    color: var(--cometchat-accent);
  }
  .no-matches {
    margin: 0;
    padding: 1rem;
    text-align: center;
    color: var(--cometchat-text-muted);
  }
  /* A sheet over a narrow call. */
  @container (max-width: 719px) {
    :host {
      /* Else it would be placed in the column of the panel, which is empty then. */
      grid-area: 1 / 1 / -1 / -1;
      position: absolute;
      z-index: 5;
      inset-inline: calc(-1 * var(--_edge));
      inset-block-end: calc(-1 * var(--_edge));
      inline-size: auto;
      margin: 0;
      block-size: min(38rem, 86%);
      border-radius: var(--cometchat-radius) var(--cometchat-radius) 0 0;
      background: var(--cometchat-surface-raised);
      box-shadow: 0 0 0 100vmax rgb(10 12 16 / 0.55);
    }
  }
`;
