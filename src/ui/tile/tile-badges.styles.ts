import { css } from 'lit';

/** Name, badges and connection bars of a tile. */
export const badgeStyles = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    min-inline-size: 0;
    min-block-size: 1.625rem;
    padding: 0.125rem 0.5625rem;
    border-radius: 99rem;
    font-size: 0.8125rem;
    font-weight: 500;
  }
  .chip > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .badge {
    padding: 0.25rem;
    min-inline-size: 1.625rem;
    justify-content: center;
  }
  .badge.hand {
    background: #f6c65b;
    color: #33240a;
  }
  .badge.recording {
    color: #ff9aa4;
  }
  .muted svg {
    color: #ffb3ba;
  }
  .bars {
    display: flex;
    align-items: end;
    gap: 0.125rem;
    block-size: 0.875rem;
  }
  .bars i {
    inline-size: 0.1875rem;
    border-radius: 1px;
    background: currentColor;
    opacity: 0.3;
  }
  .bars i:nth-child(1) {
    block-size: 35%;
  }
  .bars i:nth-child(2) {
    block-size: 56%;
  }
  .bars i:nth-child(3) {
    block-size: 78%;
  }
  .bars i:nth-child(4) {
    block-size: 100%;
  }
  .bars i.on {
    opacity: 1;
  }
  .weak {
    color: #ffd479;
  }
`;
