import { html, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Draws an icon of `icons.ts`. The words beside it, or the button's label, say what it means. */
export function icon(shapes: SVGTemplateResult): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true">${shapes}</svg>`;
}
