import { css } from 'lit';

export const stageStyles = css`
  :host {
    display: block;
    position: relative;
    inline-size: 100%;
    block-size: 100%;
    box-sizing: border-box;
    /* Nothing is pushed away by it: it is how the gap is measured, see SizeController. */
    padding-block-start: var(--cometchat-gap);
    --_direction: 1;
  }
  :host(:dir(rtl)) {
    --_direction: -1;
  }
  .stage {
    position: absolute;
    inset: 0;
  }
  cometchat-call-tile {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    transform: translate(calc(var(--_x) * var(--_direction)), var(--_y));
    transition-property: transform, inline-size, block-size, opacity, scale, border-radius;
    transition-duration: var(--cometchat-duration);
    transition-timing-function: var(--cometchat-easing);
    @starting-style {
      opacity: 0;
      scale: 0.94;
    }
  }
  .still cometchat-call-tile {
    transition-duration: 0s;
  }
  .filmstrip,
  .self-view {
    --_radius: var(--cometchat-radius-small);
  }
  .self-view {
    z-index: 1;
    box-shadow: var(--cometchat-shadow);
  }
  .movable {
    cursor: grab;
    touch-action: none;
  }
  [data-dragged] {
    cursor: grabbing;
    transition-property: opacity;
  }
  cometchat-call-tile:fullscreen {
    inline-size: 100% !important;
    block-size: 100% !important;
    transform: none;
    --_radius: 0;
  }
  .pager {
    position: absolute;
    inset-block-end: 0.5rem;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: fit-content;
    z-index: 2;
    display: flex;
    align-items: center;
    border-radius: 99rem;
    background: var(--cometchat-surface-raised);
    box-shadow: var(--cometchat-shadow);
    font-size: 0.8125rem;
  }
  .pager button {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border-radius: 50%;
  }
  .pager button[aria-disabled='true'] {
    opacity: 0.4;
    cursor: default;
  }
  :host(:dir(rtl)) .pager svg {
    transform: scaleX(-1);
  }
`;
