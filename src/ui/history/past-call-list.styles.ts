import { css } from 'lit';

/** A list that scrolls in the height the page gives it, and takes the height of its calls otherwise. */
export const pastCallListStyles = css`
  :host {
    block-size: auto;
    max-block-size: 100%;
    container: calls / inline-size;
    background: none;
  }
  .list {
    max-block-size: inherit;
    block-size: 100%;
    overflow-y: auto;
    border-radius: var(--cometchat-radius-small);
  }
  ul,
  p {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto auto;
    align-items: center;
    column-gap: 0.75rem;
    padding: 0.5rem 0.25rem;
    border-block-end: 1px solid var(--cometchat-border);
  }
  li:last-child {
    border-block-end: 0;
  }
  .avatar {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 2.5rem;
    aspect-ratio: 1;
    border-radius: 50%;
    background: oklch(0.47 0.115 var(--_hue));
    color: #fff;
    font-weight: 600;
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
  .text {
    min-inline-size: 0;
  }
  .name {
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .line {
    --_icon: 1rem;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    column-gap: 0.375rem;
    color: var(--cometchat-text-muted);
  }
  .line.missed {
    color: var(--cometchat-control-off-text);
    font-weight: 600;
  }
  .duration,
  .time {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .duration::before {
    content: ' · ';
  }
  .time {
    color: var(--cometchat-text-muted);
  }
  .call-back {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    aspect-ratio: 1;
    border-radius: 50%;
    background: var(--cometchat-control);
    color: var(--cometchat-control-text);
  }
  .call-back:hover {
    background: var(--cometchat-control-hover);
  }
  .end {
    display: grid;
    justify-items: center;
    gap: 0.75rem;
    min-block-size: 1px;
    color: var(--cometchat-text-muted);
  }
  .end > * {
    margin-block: 0.75rem;
  }
  @container calls (inline-size < 22rem) {
    li {
      grid-template-columns: auto minmax(0, 1fr) auto;
    }
    .time {
      grid-row: 2;
      grid-column: 2;
      justify-self: start;
    }
    .duration {
      display: block;
    }
    .duration::before {
      content: none;
    }
    .avatar,
    .call-back {
      grid-row: 1 / span 2;
    }
    .call-back {
      grid-column: 3;
    }
  }
  @media (forced-colors: active) {
    .call-back {
      border: 1px solid;
    }
  }
`;
