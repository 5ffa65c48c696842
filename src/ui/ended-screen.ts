import { html, nothing, type TemplateResult } from 'lit';
import type { EndedCall } from '../domain/call-state.js';
import type { LeaveReason } from '../domain/call-state.js';
import type { WordId, Words } from './words.js';

const reasons: Readonly<Record<LeaveReason, Extract<WordId, `ended${string}`>>> = {
  left: 'endedLeft',
  'hung-up': 'endedHungUp',
  'timed-out': 'endedTimedOut',
  failed: 'endedFailed',
  'ended-by-server': 'endedByServer',
};

/** What is shown after the call: why it ended, how long it was, and the way back. */
export function endedScreen(
  { reason, error, duration }: EndedCall,
  words: Words,
  rejoin: () => void,
): TemplateResult {
  const title = duration === null && error ? words.notJoined() : words[reasons[reason]]();
  return html`<div part="ended" class="card" role="status">
    <h2>${title}</h2>
    ${duration === null ? nothing : html`<p>${words.lasted(words.clock(duration))}</p>`}
    ${error ? html`<p>${error.message}</p>` : nothing}
    <button part="rejoin" class="pill primary" @click=${rejoin}>${words.rejoin()}</button>
  </div>`;
}
