import { css } from 'lit';

/**
 * The look of a call, as custom properties that a page may set on `<cometchat-call>`; for the outermost element only, so
 * that what a page sets there reaches everything inside. Without a `theme` the page's `color-scheme` is followed.
 *
 * @cssproperty --cometchat-font - Family of all text.
 * @cssproperty --cometchat-font-size - Size of plain text; everything else is relative to the page's root.
 * @cssproperty --cometchat-accent - What is on, chosen, or to be pressed: primary buttons, a raised hand, a shared screen.
 * @cssproperty --cometchat-on-accent - Text and icons on the accent.
 * @cssproperty --cometchat-surface - Behind the tiles and the toolbar.
 * @cssproperty --cometchat-surface-raised - Menus, notices, dialogs, the list of participants.
 * @cssproperty --cometchat-surface-tile - A tile before its video arrives.
 * @cssproperty --cometchat-text - Text and icons on all surfaces.
 * @cssproperty --cometchat-text-muted - Hints and secondary text.
 * @cssproperty --cometchat-border - Edges of menus and notices; decoration, nothing depends on seeing it.
 * @cssproperty --cometchat-control - Buttons.
 * @cssproperty --cometchat-control-hover - Buttons under the pointer.
 * @cssproperty --cometchat-control-text - Icons and text of buttons.
 * @cssproperty --cometchat-control-off - The button of a microphone or camera that is off.
 * @cssproperty --cometchat-control-off-text - Its icon.
 * @cssproperty --cometchat-danger - Buttons that end the call.
 * @cssproperty --cometchat-on-danger - Their icons.
 * @cssproperty --cometchat-warning - Warning icons.
 * @cssproperty --cometchat-success - Levels and signs that something works.
 * @cssproperty --cometchat-speaking - Ring around the active speaker.
 * @cssproperty --cometchat-focus - Ring around what has the keyboard's focus.
 * @cssproperty --cometchat-radius - Corners of tiles, menus and dialogs.
 * @cssproperty --cometchat-radius-small - Corners of what lies in them.
 * @cssproperty --cometchat-gap - Between tiles.
 * @cssproperty --cometchat-target - Edge of the round buttons; never drawn smaller than 44 px.
 * @cssproperty --cometchat-shadow - Under what floats.
 * @cssproperty --cometchat-duration - Duration of motion; `0s` with `prefers-reduced-motion`.
 * @cssproperty --cometchat-easing - Of motion.
 */
export const tokens = css`
  :host {
    --cometchat-font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
    --cometchat-font-size: 0.9375rem;
    --cometchat-accent: light-dark(#1d5fd1, #9cbfff);
    --cometchat-on-accent: light-dark(#fff, #0b2454);
    --cometchat-surface: light-dark(#f1f3f6, #0e1014);
    --cometchat-surface-raised: light-dark(#fff, #1a1d23);
    --cometchat-surface-tile: light-dark(#dfe3ea, #1d2027);
    --cometchat-text: light-dark(#171a20, #f1f3f7);
    --cometchat-text-muted: light-dark(#545b69, #a8b0be);
    --cometchat-border: light-dark(#d8dde5, #30353f);
    --cometchat-control: light-dark(#dde2ea, #2a2e37);
    --cometchat-control-hover: light-dark(#ced5df, #383d48);
    --cometchat-control-text: var(--cometchat-text);
    --cometchat-control-off: light-dark(#fbdcdf, #54232a);
    --cometchat-control-off-text: light-dark(#a3142a, #ffc4c9);
    --cometchat-danger: light-dark(#d1283c, #d6374a);
    --cometchat-on-danger: #fff;
    --cometchat-warning: light-dark(#8a5a00, #f6c65b);
    --cometchat-success: light-dark(#12784a, #57d49a);
    --cometchat-speaking: light-dark(#2f74ea, #7fb0ff);
    --cometchat-focus: light-dark(#1d5fd1, #b9d2ff);
    --cometchat-radius: 1rem;
    --cometchat-radius-small: 0.625rem;
    --cometchat-gap: 0.625rem;
    --cometchat-target: 3rem;
    --cometchat-shadow: 0 0.5rem 1.75rem rgb(0 0 0 / 0.18), 0 0.0625rem 0.1875rem rgb(0 0 0 / 0.14);
    --cometchat-duration: 260ms;
    --cometchat-easing: cubic-bezier(0.2, 0, 0, 1);

    display: block;
    position: relative;
    inline-size: 100%;
    block-size: 100%;
    color: var(--cometchat-text);
    background: var(--cometchat-surface);
    font: var(--cometchat-font-size) / 1.4 var(--cometchat-font);
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='light' i]) {
    color-scheme: light;
  }
  :host([theme='dark' i]) {
    color-scheme: dark;
  }
  :host([theme='auto' i]) {
    color-scheme: light dark;
  }
  @media (prefers-contrast: more) {
    :host {
      --cometchat-surface: light-dark(#fff, #000);
      --cometchat-surface-raised: light-dark(#fff, #000);
      --cometchat-text: light-dark(#000, #fff);
      --cometchat-text-muted: light-dark(#1d2026, #e6e9ee);
      --cometchat-border: light-dark(#3d434d, #c3c9d4);
      --cometchat-control: light-dark(#cfd5de, #3a3f49);
    }
  }
  @media (forced-colors: active) {
    :host {
      --cometchat-accent: Highlight;
      --cometchat-on-accent: HighlightText;
      --cometchat-surface: Canvas;
      --cometchat-surface-raised: Canvas;
      --cometchat-surface-tile: Canvas;
      --cometchat-text: CanvasText;
      --cometchat-text-muted: CanvasText;
      --cometchat-border: CanvasText;
      --cometchat-control: ButtonFace;
      --cometchat-control-hover: ButtonFace;
      --cometchat-control-text: ButtonText;
      --cometchat-control-off: ButtonFace;
      --cometchat-control-off-text: ButtonText;
      --cometchat-danger: ButtonFace;
      --cometchat-on-danger: ButtonText;
      --cometchat-speaking: Highlight;
      --cometchat-focus: Highlight;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --cometchat-duration: 0s;
    }
  }
`;
