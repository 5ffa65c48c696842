import { html, nothing, type TemplateResult } from 'lit';
import type { CallErrorCode } from '../../domain/call-error.js';
import type { EndedCall } from '../../domain/call/call-state.js';
import type { LeaveReason } from '../../domain/call/call-state.js';
import { icon } from '../base/icons/icon.js';
import { phoneDown } from '../base/icons/icons.js';
import type { WordId, Words } from '../words/words.js';

const reasons: Readonly<Record<LeaveReason, Extract<WordId, `ended${string}`>>> = {
  left: 'endedLeft',
  'hung-up': 'endedHungUp',
  'timed-out': 'endedTimedOut',
  failed: 'endedFailed',
  'ended-by-server': 'endedByServer',
};

/** Why there is no call, for the user; the application gets the full error. */
const failures: Readonly<Partial<Record<CallErrorCode, Extract<WordId, `failed${string}`>>>> = {
  TOKEN_EXPIRED: 'failedEXPIRED',
  TOKEN_MISSING: 'failedINVALID',
  TOKEN_MALFORMED: 'failedINVALID',
  TOKEN_NOT_YET_VALID: 'failedINVALID',
  TOKEN_SIGNATURE_INVALID: 'failedINVALID',
  TOKEN_AUDIENCE_INVALID: 'failedINVALID',
  TOKEN_ISSUER_INVALID: 'failedINVALID',
  NOT_ALLOWED: 'failedINVALID',
  ROOM_FULL: 'failedFULL',
  TOO_MANY_SESSIONS: 'failedELSEWHERE',
  REPLACED: 'failedELSEWHERE',
  RATE_LIMITED: 'failedUNREACHABLE',
  SERVER_STOPPING: 'failedUNREACHABLE',
  SERVER_UNREACHABLE: 'failedUNREACHABLE',
  SERVER_NOT_FOUND: 'failedUNREACHABLE',
  SERVER_BLOCKED_BY_PAGE: 'failedUNREACHABLE',
  REQUEST_TIMED_OUT: 'failedUNREACHABLE',
  CONNECTION_LOST: 'failedUNREACHABLE',
  CHUNK_LOAD_FAILED: 'failedLOADING',
  UNSUPPORTED_BROWSER: 'failedBROWSER',
};

/** What is shown after the call: why it ended, how long it was, and the way back. */
export function endedScreen(
  { reason, error, duration }: EndedCall,
  words: Words,
  rejoin: () => void,
): TemplateResult {
  const never = duration === null;
  const title = never && error ? words.notJoined() : words[reasons[reason]]();
  const failure = error && failures[error.code];
  return html`<div part="ended" class="card" role="status">
    <span class="sign">${icon(phoneDown)}</span>
    <h2>${title}</h2>
    ${never ? nothing : html`<p>${words.lasted(words.clock(duration))}</p>`}
    ${failure ? html`<p>${words[failure]()}</p>` : nothing}
    <button part="rejoin" class="pill primary" @click=${rejoin}>
      ${never ? words.tryAgain() : words.rejoin()}
    </button>
  </div>`;
}
