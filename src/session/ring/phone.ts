import { Emitter } from '../../base/emitter.js';
import { fetchJson } from '../../base/fetch-json.js';
import { Store } from '../../base/store.js';
import { asCallError, CallError } from '../../domain/call-error.js';
import { isLive, type RingCallType, type RingUser } from '../../domain/ring/ring-call.js';
import type { RingEvent, RingView } from '../../domain/ring/ring-view.js';
import { deviceId } from './device-id.js';
import type { PageEnvironment } from './page-environment.js';
import { RingSession } from './ring-session.js';

/** The state of a phone; a new frozen value after each change. */
export interface PhoneState {
  /** The signed-in user; `null` until the first connection. */
  readonly user: RingUser | null;
  /** The calls that are ringing on this device, oldest first. */
  readonly ringing: readonly RingView[];
  /** The live call that this page placed or accepted. */
  readonly active: RingView | null;
}

/** The events of a phone, emitted after its state is stored. */
export interface PhoneEvents {
  ring: { readonly event: RingEvent; readonly call: RingView };
  failed: CallError;
}

/** The user or group that a call is placed to. */
export type Callee =
  | { readonly type: 'user'; readonly uid: string }
  | {
      readonly type: 'group';
      readonly guid: string;
      readonly name?: string;
      readonly members: readonly string[];
    };

export interface PhoneOptions {
  /** The call server's base URL. */
  readonly url: string;
  readonly authToken: string;
  readonly environment: PageEnvironment;
  readonly signal: AbortSignal;
}

/** The response of `POST /v3.0/call_tokens`. */
interface CallTokenAnswer {
  readonly data?: { readonly token?: string } | null;
  readonly error?: { readonly code?: string; readonly message?: string } | null;
}

/**
 * Places and receives the ring calls of one signed-in user on this page, until its signal is aborted. Requests reject with a
 * CallError; connection failures raise `failed`.
 */
export class Phone {
  readonly url: string;
  readonly store = new Store<PhoneState>({ user: null, ringing: [], active: null });
  readonly events = new Emitter<PhoneEvents>();
  readonly #options: PhoneOptions;
  readonly #session: Promise<RingSession>;
  /** Requests that the server has not answered yet. */
  readonly #pending = new Set<Promise<unknown>>();
  #authToken: string;
  #isRevoked = false;

  constructor(options: PhoneOptions) {
    this.#options = options;
    this.url = options.url;
    this.#authToken = options.authToken;
    this.#session = this.#open();
    // Pending requests reject too; the event also reports the failure when there are none.
    this.#session.catch((error: unknown) => this.events.emit('failed', asCallError(error)));
  }

  async call(receiver: Callee, callType: RingCallType, ringMs?: number): Promise<RingView> {
    const receiverWithMembers =
      receiver.type === 'user' ? receiver : { ...receiver, members: [...receiver.members] };
    const request = { receiver: receiverWithMembers, callType, ...(ringMs !== undefined && { ringMs }) };
    return this.#request((session) => session.initiate(request));
  }

  async accept(sessionId: string): Promise<RingView> {
    return this.#request((session) => session.send({ type: 'accept', sessionId }));
  }

  async reject(sessionId: string, reason: 'rejected' | 'busy' = 'rejected'): Promise<RingView> {
    return this.#request((session) => session.send({ type: 'reject', sessionId, reason }));
  }

  async end(sessionId: string): Promise<RingView> {
    return this.#request((session) => session.send({ type: 'end', sessionId }));
  }

  /** Whether the server rejected the token for good. Replace a revoked phone by a new one. */
  get isRevoked(): boolean {
    return this.#isRevoked;
  }

  /** Sets a fresh token for the same user. The connection and the call continue. */
  renewToken(authToken: string): void {
    this.#authToken = authToken;
    // The constructor already reports a session that failed to open.
    this.#session.then((session) => (session.authToken = authToken)).catch(() => undefined);
  }

  /** Ends the active call before the user signs out. Does not wait for the server. */
  signOut(): void {
    const { active } = this.store.get();
    // Best effort: if the request fails, the server detects the lost connection.
    if (active) this.end(active.sessionId).catch(() => undefined);
  }

  /** Resolves when all pending requests are settled. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#pending);
  }

  /** Requests a token for joining the session of a call. Rejects with SERVER_UNREACHABLE or TOKEN_MALFORMED. */
  async callToken(sessionId: string): Promise<string> {
    const { url, environment } = this.#options;
    const authToken = this.#authToken;
    const request = {
      method: 'POST',
      headers: { authToken, 'content-type': 'application/json' },
      body: JSON.stringify({ sessionId }),
    };
    const { body } = await fetchJson(`${url}/v3.0/call_tokens`, request, environment.fetch).catch(
      (cause: unknown) => {
        throw new CallError('SERVER_UNREACHABLE', { cause });
      },
    );
    const { data, error } = body as CallTokenAnswer;
    if (data?.token) return data.token;
    const message = error?.message ?? 'The server gave no call token.';
    throw new CallError('TOKEN_MALFORMED', { message, details: { code: error?.code } });
  }

  async #request(send: (session: RingSession) => Promise<RingView>): Promise<RingView> {
    const response = this.#session.then(send);
    this.#pending.add(response);
    try {
      return await response;
    } finally {
      this.#pending.delete(response);
    }
  }

  async #open(): Promise<RingSession> {
    const { url, authToken, environment, signal } = this.#options;
    const id = await deviceId(environment);
    const session: RingSession = new RingSession({
      ...{ url, authToken, environment, deviceId: id },
      onEvent: (event, call) => this.events.emit('ring', { event, call }),
      onChanged: () => this.#publish(session),
      onUnreachable: (error) => this.events.emit('failed', error),
      onClosed: (error) => {
        this.#isRevoked = true;
        this.events.emit('failed', error);
      },
    });
    signal.addEventListener('abort', () => session.close(), { once: true });
    if (signal.aborted) session.close();
    return session;
  }

  #publish(session: RingSession): void {
    const active = session.calls.active();
    this.store.set({
      user: session.user ?? null,
      ringing: session.calls.ringing(),
      active: active && isLive(active) ? active : null,
    });
  }
}
