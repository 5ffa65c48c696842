import { html, nothing, type TemplateResult } from 'lit';
import type { Participant } from '../../domain/participant.js';
import type { AvatarMode } from '../../settings/setting-rows.js';
import { styleProperties } from '../style-properties.js';
import { hueOf, initialsOf } from './person.js';

/** Where a picture that cannot be loaded gives way to the initials. */
const dropPicture = (event: Event): void => (event.target as HTMLImageElement).remove();

/** Somebody without a video: their picture, or their initials in their colour. */
export function avatar({ uid, name, avatar: picture }: Participant, mode: AvatarMode): TemplateResult {
  return html`<div
    part="avatar"
    class="avatar ${mode}"
    aria-hidden="true"
    ${styleProperties({ '--_hue': String(hueOf(uid)) })}
  >
    ${picture ? html`<img alt="" src=${picture} @error=${dropPicture} />` : nothing}
    <span>${initialsOf(name)}</span>
  </div>`;
}
