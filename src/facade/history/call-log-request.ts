import { callsException } from '../session/calls-exception.js';
import { loadCalls } from '../session/load-calls.js';
import { calls } from '../session/calls-state.js';
import { storedUser } from '../v5/account/stored-user.js';
import { CallLog } from './call-log.js';

/** The filters, under the names of the API. */
export type CallLogFilters = Readonly<Record<string, string | number | boolean>>;

/** Builds a request for calls of the history. Every method but `build` returns the builder. */
export class CallLogRequestBuilder {
  #filters: CallLogFilters = { perPage: 30 };
  #authToken = '';

  /** Calls per page, at most 100. Default 30. */
  setLimit(limit: number): this {
    return this.#filter({ perPage: limit });
  }

  /** Only voice calls, or only video calls. */
  setCallType(callType: 'audio' | 'video'): this {
    return this.#filter({ type: callType });
  }

  /** `missed`: calls that this user did not answer. */
  setCallStatus(
    callStatus:
      'ongoing' | 'busy' | 'rejected' | 'cancelled' | 'ended' | 'missed' | 'unanswered' | 'initiated',
  ): this {
    return this.#filter({ status: callStatus });
  }

  /** Only calls with a recording (`true`). */
  setHasRecording(hasRecording: boolean): this {
    return this.#filter({ hasRecording });
  }

  /** `call`: calls that rang. `meet`: all others. */
  setCallCategory(callCategory: 'call' | 'meet'): this {
    return this.#filter({ mode: callCategory });
  }

  /** Only calls that the user received, or only those that the user started. */
  setCallDirection(callDirection: 'incoming' | 'outgoing'): this {
    return this.#filter({ direction: callDirection });
  }

  /** Calls with this user. */
  setUid(uid: string): this {
    return this.#filter({ uid });
  }

  /** Calls to this group. */
  setGuid(guid: string): this {
    return this.#filter({ guid });
  }

  /** The auth token of the user whose calls are wanted. v5: by default that of the signed-in user. */
  setAuthToken(authToken: string): this {
    this.#authToken = authToken;
    return this;
  }

  /** Creates the request. */
  build(): CallLogRequest {
    return new CallLogRequest(this.#filters, this.#authToken);
  }

  #filter(filter: CallLogFilters): this {
    this.#filters = { ...this.#filters, ...filter };
    return this;
  }
}

/** Reads calls page by page, from the newest to the oldest. */
export class CallLogRequest {
  readonly #filters: CallLogFilters;
  readonly #authToken: string;
  #page = 0;
  #pages = 1;
  #isBusy = false;

  constructor(filters: CallLogFilters, authToken: string) {
    this.#filters = filters;
    this.#authToken = authToken;
  }

  /**
   * The next page; empty after the last one. Rejects with REQUEST_IN_PROGRESS while another page is being read, with
   * NOT_ENOUGH_PARAMETERS without an auth token, or with the server's error.
   */
  async fetchNext(): Promise<CallLog[]> {
    return this.#page >= this.#pages ? [] : this.#fetch(this.#page + 1);
  }

  /** The page before; empty before the first one. Rejects like `fetchNext`. */
  async fetchPrevious(): Promise<CallLog[]> {
    return this.#page <= 1 ? [] : this.#fetch(this.#page - 1);
  }

  async #fetch(page: number): Promise<CallLog[]> {
    if (this.#isBusy) throw callsException('REQUEST_IN_PROGRESS', 'Wait for the page that is being read.');
    this.#isBusy = true;
    try {
      const answer = await fetchCalls('', this.#authToken, { page, ...this.#filters });
      this.#page = page;
      this.#pages = answer.meta?.pagination?.total_pages ?? page;
      return answer.data.map((log) => CallLog.callLogFromJson(log));
    } finally {
      this.#isBusy = false;
    }
  }
}

/** The calls of one session, the newest first. Rejects like `fetchNext`. */
export async function callDetails(sessionId: string, authToken: string): Promise<CallLog[]> {
  if (typeof sessionId !== 'string' || sessionId === '')
    throw callsException('NOT_ENOUGH_PARAMETERS', 'The session id is missing.');
  const { data } = await fetchCalls(`/${encodeURIComponent(sessionId)}`, authToken, {});
  return data.map((log) => CallLog.callLogFromJson(log));
}

async function fetchCalls(path: string, authToken: string, filters: CallLogFilters) {
  const runtime = await loadCalls();
  const token = authToken || storedUser(calls)?.authToken;
  if (!token)
    throw callsException('NOT_ENOUGH_PARAMETERS', 'The auth token is missing: call setAuthToken() first.');
  return runtime.fetchCalls({ app: calls.app, path, authToken: token, filters });
}
