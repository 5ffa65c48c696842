import { html, type TemplateResult } from 'lit';
import { maySend, type ActiveCall } from '../../domain/call/call-state.js';
import type { Words } from '../words/words.js';

/** Says that no other participant is here; to a viewer, that there is no presenter yet. */
export function aloneHint(call: ActiveCall, words: Words): TemplateResult {
  const [title, more] = maySend(call, call.selfId)
    ? [words.alone(), words.aloneHint()]
    : [words.waitingForPresenter(), ''];
  return html`<div part="empty" class="hint"><strong>${title}</strong><span>${more}</span></div>`;
}
