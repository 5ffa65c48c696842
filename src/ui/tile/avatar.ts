import { html, nothing, type TemplateResult } from 'lit';
import type { Participant } from '../../domain/call/participant.js';
import type { AvatarMode } from '../../settings/setting-rows.js';
import { styleProperties } from '../base/styles/style-properties.js';
import { hueOf, initialsOf } from './initials.js';

/** Shows the initials if the avatar image cannot be loaded. */
const removeImage = (event: Event): void => (event.target as HTMLImageElement).remove();

/** A participant without video: the avatar image, or the initials in the participant's colour. */
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
