import { html, nothing, type TemplateResult } from 'lit';
import { endedPhrase } from '../../../domain/call-error.js';
import type { EndedCall, LeaveReason } from '../../../domain/call/call-state.js';
import { icon } from '../../base/icons/icon.js';
import { phoneDown } from '../../base/icons/icons.js';
import type { Words } from '../../words/words.js';
import { endedWords } from './ended-words.js';

type EndedWord = keyof ReturnType<typeof endedWords>;

const reasons: Readonly<Record<LeaveReason, Extract<EndedWord | keyof Words, `ended${string}`>>> = {
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
  const never = duration === null;
  const phrases = { ...words, ...endedWords(words) };
  const title = never && error ? phrases.notJoined() : phrases[reasons[reason]]();
  const failure = error && endedPhrase(error.code);
  return html`<div part="ended" class="card" role="status">
    <span class="sign">${icon(phoneDown)}</span>
    <h2>${title}</h2>
    ${never ? nothing : html`<p>${phrases.lasted(words.clock(duration))}</p>`}
    ${failure ? html`<p>${phrases[failure]()}</p>` : nothing}
    <button part="rejoin" class="pill primary" @click=${rejoin}>
      ${never ? words.tryAgain() : words.rejoin()}
    </button>
  </div>`;
}
