import { property, state } from 'lit/decorators.js';
import type { PropertyValues } from 'lit';
import { fetchJson } from '../../base/fetch-json.js';
import { asCallError, CallError, isCallErrorCode } from '../../domain/call-error.js';
import type { PastCall } from '../../domain/history/past-call.js';
import { readPastCalls, type PastCalls } from '../../protocol/call-history.js';
import { serverUrl } from '../../protocol/server-url.js';
import { base, pill } from '../../ui/base/styles/base.styles.js';
import { tokens } from '../../ui/base/styles/tokens.styles.js';
import { pastCallList } from '../../ui/history/past-call-list.js';
import { pastCallListStyles } from '../../ui/history/past-call-list.styles.js';
import { LocaleController, type LocaleState } from '../../ui/i18n/locale-controller.js';
import { wordsWith, type WordOverrides } from '../../ui/words/words.js';
import { SpellingElement } from '../host/attribute-spellings.js';
import { ElementLifetime } from '../host/element-lifetime.js';
import type { CometChatOutgoingCall } from '../ring/cometchat-outgoing-call.js';
import { uidOf } from '../ring/shared-phone.js';

/** Details of the events of the call history. */
export interface CallHistoryEvents {
  /** The user wants to call back. `<cometchat-outgoing-call>` does, unless this is prevented. */
  'cometchat-call-back': CustomEvent<PastCall>;
  /** The history could not be loaded; `detail` is the CallError. */
  'cometchat-call-history-error': CustomEvent<CallError>;
}

/** What ends or begins a call on this page: the history has changed. */
const changes = ['ring-ended', 'ring-rejected', 'ring-incoming-cancelled', 'ring-accepted', 'session-left'];

/** Calls that are asked for at once. */
const pageSize = 30;

/**
 * The calls of the user whose auth `token` it has, from the newest to the oldest, more of them as one scrolls. A button
 * calls back through the page's `<cometchat-outgoing-call>`. After a call on this page it is up to date by itself.
 *
 * @tag cometchat-call-history
 * @csspart list - What scrolls.
 * @csspart call - Each call.
 * @csspart missed - A missed call, beside `call`.
 * @csspart avatar - Image or initials of the other user.
 * @csspart name - The name of the other user, of the group, or of the session.
 * @csspart line - What became of the call, and how long it lasted.
 * @csspart time - When it was.
 * @csspart button - Each button.
 * @csspart call-back - The button that calls back.
 * @csspart retry - The button that tries again, when calls could not be loaded.
 * @csspart notice - The text shown when there is nothing to list.
 * @slot empty - Shown in place of "No calls yet".
 * @fires cometchat-call-back - The user wants to call back; cancelable: `<cometchat-outgoing-call>` then does not.
 * @fires cometchat-call-history-error - A failure; see `detail.code`.
 */
export class CometChatCallHistory extends SpellingElement {
  static override styles = [tokens, base, pill, pastCallListStyles];

  /** The user's auth token. */
  @property() token = '';

  /** URL of the call server. Default: the page's origin. */
  @property({ attribute: 'server-url' }) serverUrl = '';

  /** Id of the `<cometchat-outgoing-call>` that calls back. Default: the first of the page. */
  @property() for = '';

  /** `light`, `dark`, or empty: the page's colour scheme. */
  @property({ reflect: true }) theme: '' | 'light' | 'dark' = '';

  /** Text that replaces ours. */
  @property({ attribute: false }) words: WordOverrides = {};

  @state() private calls: readonly PastCall[] = [];
  @state() private loading: 'loading' | 'loaded' | 'failed' = 'loaded';
  @state() private locale: LocaleState = { tag: 'en', wanted: 'en', dir: '' };

  /** Where the next page begins; `null`: all are here; `undefined`: none has been asked for. */
  #cursor: string | null | undefined;
  /** Of the page that is being read. */
  #reading = new AbortController();
  #observer: IntersectionObserver | undefined;

  constructor() {
    super();
    new LocaleController(this, this, (locale) => void (this.locale = locale));
    new ElementLifetime(this, {
      arrive: (signal) => {
        for (const name of changes)
          this.ownerDocument.addEventListener(`cometchat-${name}`, () => void this.refresh(), { signal });
      },
      leave: () => this.#reading.abort(),
    });
  }

  /** Reads the newest calls again. Resolves when they are shown, or have failed. */
  async refresh(): Promise<void> {
    if (!this.token) return;
    await this.#read(null);
  }

  override render() {
    return pastCallList({
      calls: this.calls,
      state: this.loading,
      words: wordsWith(this.words, this.locale.tag, this.locale.templates),
      locale: this.locale,
      onCall: (call) => this.#callBack(call),
      onRetry: () => void this.#read(this.#cursor ?? null),
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('token') && !changed.has('serverUrl')) return;
    this.#reading.abort();
    this.#cursor = undefined;
    this.calls = [];
    this.loading = 'loaded';
    if (this.token) void this.#read(null);
  }

  protected override updated(): void {
    const end = this.renderRoot.querySelector('.end');
    this.#observer?.disconnect();
    // Observed anew after each page: an end that is still in sight must ask for the next one, too.
    if (!end || this.loading !== 'loaded' || !this.#cursor) return;
    this.#observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting && this.#cursor && this.loading === 'loaded') void this.#read(this.#cursor);
      },
      { root: this.renderRoot.querySelector('.list'), rootMargin: '0px 0px 50% 0px' },
    );
    this.#observer.observe(end);
  }

  /** Reads a page: the newest calls, which replace all, or those after the cursor, which follow. */
  async #read(cursor: string | null): Promise<void> {
    this.#reading.abort();
    const reading = (this.#reading = new AbortController());
    this.loading = 'loading';
    try {
      const page = await fetchPage(this, cursor, reading.signal);
      const known = new Set(cursor === null ? [] : this.calls.map(({ id }) => id));
      this.calls = [...(cursor === null ? [] : this.calls), ...page.calls.filter(({ id }) => !known.has(id))];
      this.#cursor = page.cursor;
      this.loading = 'loaded';
    } catch (error) {
      if (reading.signal.aborted) return;
      this.loading = 'failed';
      this.#dispatch('cometchat-call-history-error', asCallError(error));
    }
  }

  #callBack(call: PastCall): void {
    if (!this.#dispatch('cometchat-call-back', call) || !call.callBack) return;
    const root = this.getRootNode() as Document | ShadowRoot;
    const outgoing = (
      this.for ? root.getElementById(this.for) : root.querySelector('cometchat-outgoing-call')
    ) as CometChatOutgoingCall | null;
    const { callBack, party, type } = call;
    const callee =
      callBack.type === 'user'
        ? callBack.uid
        : { guid: party.id, name: party.name, members: callBack.members };
    void outgoing?.call(callee, type);
  }

  #dispatch<Name extends keyof CallHistoryEvents>(
    name: Name,
    detail: CallHistoryEvents[Name]['detail'],
  ): boolean {
    const cancelable = name === 'cometchat-call-back';
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  }
}

async function fetchPage(
  { token, serverUrl: server }: Pick<CometChatCallHistory, 'token' | 'serverUrl'>,
  cursor: string | null,
  signal: AbortSignal,
): Promise<PastCalls> {
  const url = serverUrl(String(server ?? '').trim() || '/', { page: location.href });
  const query = new URLSearchParams({ limit: String(pageSize), ...(cursor !== null && { cursor }) });
  const request = { headers: { authToken: token }, signal };
  const { ok, status, body } = await fetchJson(`${url}/v3.0/calls?${query}`, request).catch(
    (cause: unknown) => {
      throw new CallError('SERVER_UNREACHABLE', { cause });
    },
  );
  const { error } = body as { readonly error?: ApiFailure };
  if (!ok || error) throw refusal(status, error);
  return readPastCalls(body, uidOf(token));
}

/** What the API answers to a request that it refuses. */
interface ApiFailure {
  readonly code: string;
  readonly message: string;
  /** Of a token: which TOKEN_ error it is. */
  readonly details?: { readonly code?: unknown; readonly message?: string } | null;
}

function refusal(status: number, error?: ApiFailure): CallError {
  const reason = error?.details?.code;
  const message = error?.details?.message ?? error?.message;
  return new CallError(
    typeof reason === 'string' && isCallErrorCode(reason)
      ? reason
      : status === 401
        ? 'TOKEN_MALFORMED'
        : 'INTERNAL',
    { ...(message !== undefined && { message }), details: { status, code: error?.code } },
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-call-history': CometChatCallHistory;
  }
  interface GlobalEventHandlersEventMap extends CallHistoryEvents {}
}
