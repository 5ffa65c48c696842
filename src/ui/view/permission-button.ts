import { css, html, nothing, type TemplateResult } from 'lit';

/** The browser's own button that asks for a camera or microphone (WICG, `<usermedia>`; Chromium 151 and later). */
interface UserMediaElement extends HTMLElement {
  readonly stream: MediaStream | null;
}

/** As much like a button of the call as browsers let it be. */
export const permissionButtonStyles = css`
  usermedia {
    min-block-size: 2.75rem;
    padding-inline: 1rem;
    border: 1px solid var(--cometchat-text-muted);
    border-radius: 99rem;
    background-color: var(--cometchat-surface-raised);
    color: var(--cometchat-text);
    font-size: 0.875rem;
  }
`;

/**
 * A button by which the user can allow what was refused before, where the browser has one: it asks again even after
 * "never", which a page cannot. The call then opens the device itself.
 */
export function permissionButton(
  source: 'camera' | 'microphone',
  retry: () => void,
): TemplateResult | typeof nothing {
  if (!('HTMLUserMediaElement' in globalThis)) return nothing;
  return html`<usermedia
    type=${source}
    @stream=${({ target }: Event) => {
      for (const track of (target as UserMediaElement).stream?.getTracks() ?? []) track.stop();
      retry();
    }}
  ></usermedia>`;
}
