import { css } from 'lit';

/** The size and place of `<cometchat-call>` in the page. */
export const hostStyles = css`
  :host {
    display: block;
    position: relative;
    box-sizing: border-box;
    inline-size: 100%;
    /* Then a margin of the page fits, too. */
    inline-size: -moz-available;
    inline-size: stretch;
    block-size: 100%;
    min-block-size: 0;
    contain: strict;
    /* The size of a call that its surroundings give none: an explicit one, also a smaller one, wins. */
    contain-intrinsic-size: clamp(300px, 90vw, 360px) max(18rem, 288px);
  }
  :host([hidden]) {
    display: none;
  }
  #view {
    position: absolute;
    inset: 0;
  }
  #view:empty {
    display: none;
  }
  #failure {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    padding: 1rem;
    color: CanvasText;
    background: Canvas;
    text-align: center;
  }
`;
