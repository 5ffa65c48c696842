import { css } from 'lit';

export const backgroundPanelStyles = css`
  dialog {
    inline-size: min(28rem, calc(100% - 1rem));
    max-block-size: calc(100% - 1rem);
    padding: 1rem;
    border: 1px solid var(--cometchat-border);
    border-radius: calc(var(--cometchat-radius) * 1.25);
    background: var(--cometchat-surface-raised);
    color: var(--cometchat-text);
    box-shadow: var(--cometchat-shadow);
  }
  dialog::backdrop {
    background: rgb(10 12 16 / 0.55);
  }
  /* In sight while the rest scrolls: what is chosen shows there. */
  video {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    display: block;
    inline-size: 100%;
    aspect-ratio: 16 / 9;
    max-block-size: 30vh;
    margin-block-end: 0.75rem;
    border-radius: var(--cometchat-radius);
    background: var(--cometchat-surface-tile);
    object-fit: contain;
  }
  @media (max-height: 20rem) {
    video {
      position: static;
    }
  }
  .mirrored {
    transform: scaleX(-1);
  }
  header,
  label.switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem;
    min-block-size: 2.75rem;
  }
  h2 {
    margin: 0;
    font-size: 1.125rem;
  }
  .close {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border-radius: 50%;
  }
  .close:hover {
    background: var(--cometchat-control);
  }
  fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(max(4.5rem, 22%), 1fr));
    gap: 0.625rem;
    margin: 0.5rem 0 0.75rem;
    padding: 0;
    border: 0;
  }
  .option {
    position: relative;
    display: grid;
    align-content: start;
    gap: 0.25rem;
    font-size: 0.8125rem;
    text-align: center;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  /* Over its sample, so that it is where the eye is; the frame shows its state. */
  .option input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    inline-size: 100%;
    block-size: 100%;
    cursor: pointer;
  }
  .sample {
    display: grid;
    place-items: center;
    box-sizing: border-box;
    inline-size: 100%;
    block-size: 3.25rem;
    overflow: hidden;
    border: 2px solid var(--cometchat-border);
    border-radius: 0.5rem;
    background: var(--_colours, var(--cometchat-control));
    color: var(--cometchat-control-text);
    --_icon: 1.25rem;
  }
  .sample :is(img, canvas) {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .blob {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    border-radius: 50%;
    background: var(--cometchat-accent);
    filter: blur(3px);
  }
  .blob.strong {
    filter: blur(8px);
  }
  .own {
    background: var(--cometchat-accent);
  }
  .add::before {
    content: '+' / '';
    font-size: 1.5rem;
  }
  .option input:checked + .sample {
    border-color: var(--cometchat-accent);
    box-shadow: 0 0 0 2px var(--cometchat-accent);
  }
  .option input:focus-visible + .sample {
    outline: 2px solid var(--cometchat-focus, currentColor);
    outline-offset: 4px;
  }
  label.switch {
    justify-content: start;
  }
  label.switch input {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    accent-color: var(--cometchat-accent);
  }
  @media (forced-colors: active) {
    .option input:checked + .sample {
      border-color: Highlight;
    }
  }
`;
