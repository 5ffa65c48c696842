import { html, nothing, type TemplateResult } from 'lit';
import type { Participant } from '../../domain/call/participant.js';
import type { AvatarMode } from '../../settings/setting-rows.js';
import { styleProperties } from '../base/style-properties.js';
import { hueOf, initialsOf } from './initials.js';

/** Where a picture that cannot be loaded gives way to the initials. */
const removeImage = (event: Event): void => (event.target as HTMLImageElement).remove();

/** Somebody without a video: their picture, or their initials in their colour. */
export function avatar({ uid, name, avatar: image }: Participant, mode: AvatarMode): TemplateResult {
  return html`<div
    part="avatar"
    class="avatar ${mode}"
    aria-hidden="true"
    ${styleProperties({ '--_hue': String(hueOf(uid)) })}
  >
    ${image ? html`<img alt="" src=${image} @error=${removeImage} />` : nothing}
    <span>${initialsOf(name)}</span>
  </div>`;
}
