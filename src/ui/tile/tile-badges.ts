import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { icon } from '../base/icons/icon.js';
import { hand, micOff, pin, record } from '../base/icons/icons.js';
import { styleProperties } from '../base/styles/style-properties.js';
import type { Words } from '../words/words.js';
import { tileName, type TileModel } from './tile-model.js';

type BadgeTemplate = TemplateResult | typeof nothing;

function badge(kind: string, label: string, shapes: SVGTemplateResult): TemplateResult {
  return html`<span part="badge" class="chip badge ${kind}" role="img" aria-label=${label}
    >${icon(shapes)}</span
  >`;
}

/** Hand, recording and pin; a screen has none of them. */
export function badgesOf({ participant, source, pinned, isLocal }: TileModel, words: Words): BadgeTemplate {
  if (source === 'screen') return nothing;
  const badges = [
    participant.handRaisedAt !== null && badge('hand', words.handRaised(), hand),
    participant.recording && badge('recording', words.recording(), record),
    pinned && !isLocal && badge('pinned', words.pinned(), pin),
  ].filter((template) => template !== false);
  return badges.length > 0 ? html`${badges}` : nothing;
}

/** The name, with a crossed-out microphone if muted, which shows even if names are hidden. */
export function nameLabel(
  model: TileModel,
  words: Words,
  { named, color }: { readonly named: boolean; readonly color: string },
): BadgeTemplate {
  const muted = model.muted && model.source === 'camera';
  if (!named && !muted) return nothing;
  return html`<span
    part="name"
    class="chip name ${muted ? 'muted' : ''}"
    ${styleProperties({ background: color })}
    >${muted ? icon(micOff) : nothing}${named ? html`<span dir="auto">${tileName(model, words)}</span>` : nothing}</span
  >`;
}

/** Weak enough for a badge on a small tile. */
export function isWeak(quality: number): boolean {
  return quality <= 2;
}

const qualityWords = ['quality0', 'quality1', 'quality2', 'quality3', 'quality4'] as const;

/** Four bars. */
export function qualityBadge(quality: number, words: Words): BadgeTemplate {
  const grade = Math.max(0, Math.min(4, Math.round(quality)));
  return html`<span
    part="badge"
    class="chip badge ${isWeak(quality) ? 'weak' : ''}"
    role="img"
    aria-label=${words[qualityWords[grade] ?? 'quality0']()}
    ><span class="bars"
      >${[1, 2, 3, 4].map((bar) => html`<i class=${bar <= grade ? 'on' : ''}></i>`)}</span
    ></span
  >`;
}
