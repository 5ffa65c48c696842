import { Emitter } from '../../base/emitter.js';
import { Store } from '../../base/store.js';
import { asCallError, CallError } from '../../domain/call-error.js';
import { isLive, type RingCallType, type RingUser } from '../../domain/ring/ring-call.js';
import type { RingEvent, RingView } from '../../domain/ring/ring-view.js';
import { deviceId } from './device-id.js';
import type { PageEnvironment } from './page-environment.js';
import { RingSession } from './ring-session.js';

/** What a phone shows; a new frozen value after each change. */
export interface PhoneState {
  /** Whose phone it is; `null` until it is connected for the first time. */
  readonly user: RingUser | null;
  /** The calls that ring here, the oldest first. */
  readonly ringing: readonly RingView[];
  /** The call this page placed or took, while it is live. */
  readonly active: RingView | null;
}

/** What a phone tells, after its state is stored. */
export interface PhoneEvents {
  ring: { readonly event: RingEvent; readonly call: RingView };
  failed: CallError;
}

/** Whom a call is for. */
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

/** One user's phone on this page, for as long as its signal is not aborted. */
export class Phone {
  readonly url: string;
  readonly store = new Store<PhoneState>({ user: null, ringing: [], active: null });
  readonly events = new Emitter<PhoneEvents>();
  readonly #options: PhoneOptions;
  readonly #session: Promise<RingSession>;
  /** What the server has not answered yet. */
  readonly #pending = new Set<Promise<unknown>>();
  #authToken: string;
  #isRevoked = false;

  constructor(options: PhoneOptions) {
    this.#options = options;
    this.url = options.url;
    this.#authToken = options.authToken;
    this.#session = this.#open();
    // Those who wait for the session are told as well; without any, there is only the event.
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

  /** Whether the server does not accept its token any more: it is to be replaced by another phone. */
  get isRevoked(): boolean {
    return this.#isRevoked;
  }

  /** A fresh token for the same user: the connection and the call go on. */
  renewToken(authToken: string): void {
    this.#authToken = authToken;
    // Without a session there is nothing to renew, and that is told already.
    this.#session.then((session) => (session.authToken = authToken)).catch(() => undefined);
  }

  /** Its user signs out: whoever is called or talked to is told. */
  signOut(): void {
    const { active } = this.store.get();
    // Gone either way: without an answer the server finds out by itself.
    if (active) this.end(active.sessionId).catch(() => undefined);
  }

  /** Resolves when the server has answered whatever it was asked. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#pending);
  }

  /** A token that lets this user join the session of a call. */
  async callToken(sessionId: string): Promise<string> {
    const { url, environment } = this.#options;
    const authToken = this.#authToken;
    try {
      const response = await environment.fetch(`${url}/v3.0/call_tokens`, {
        method: 'POST',
        headers: { authToken, 'content-type': 'application/json' },
        body: JSON.stringify({ sessionId }),
      });
      const { data } = (await response.json()) as { data?: { token?: string } };
      if (data?.token) return data.token;
    } catch (cause) {
      throw new CallError('SERVER_UNREACHABLE', { cause });
    }
    throw new CallError('TOKEN_MALFORMED', { message: 'The server gave no call token.' });
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
