import type { CallEvent } from '../../../domain/call/call-events.js';
import type { LoadedCalls } from '../../session/calls-state.js';
import { CometChatCallsException } from '../../session/calls-exception.js';
import type { SessionOptions } from '../../session/current-session.js';
import {
  choicesFault,
  choicesOf,
  chosenOptions,
  serverUrlOf,
  startFault,
} from '../../session/start-options.js';
import { failure } from '../calls-failures.js';
import { elementSettingsOf, settingsFault, type SessionSettings } from './session-settings.js';

/** What `joinSession` resolves with; it never rejects. */
export interface JoinResult {
  readonly data: undefined | null;
  readonly error: CometChatCallsException | null;
}

/** The arguments of `joinSession`. */
export interface JoinRequest {
  readonly token: unknown;
  /** Of v5, or of a builder of v4. */
  readonly settings: unknown;
  readonly container: HTMLElement;
}

type ChosenOptions = Pick<SessionOptions, 'settings' | 'localizedStrings' | 'listener'> & {
  readonly isPeerCall: boolean;
};

/** Joins sessions, one at a time. */
export class SessionJoin {
  readonly #calls: LoadedCalls;
  #current: {
    readonly token: string;
    readonly container: HTMLElement;
    readonly result: Promise<JoinResult>;
  } | null = null;

  constructor(calls: LoadedCalls) {
    this.#calls = calls;
    calls.session.events.on('ended', () => (this.#current = null), neverAborted);
  }

  /** Resolves when the session is joined, or cannot be. Joining the same one again is to wait for it. */
  join(request: JoinRequest): Promise<JoinResult> {
    const { app } = this.#calls;
    if (!app) return failedResult(failure('ERROR_SDK_NOT_INITIALIZED'));
    const { container } = request;
    const token = tokenOf(request.token);
    const wrong = startFault(token, container);
    if (wrong !== null) return failedResult(failure('VALIDATION_ERROR', wrong));
    const chosen = optionsFrom(request);
    if (typeof chosen === 'string') return failedResult(failure('VALIDATION_ERROR', chosen));
    if (this.#current?.token === token && this.#current.container === container) return this.#current.result;
    const { isPeerCall, ...options } = chosen;
    this.#calls.session.start({
      ...options,
      token,
      serverUrl: serverUrlOf(app),
      container,
      endsOnButton: true,
    });
    const result = this.#joinResult(isPeerCall);
    this.#current = { token, container, result };
    return result;
  }

  #joinResult(isPeerCall: boolean): Promise<JoinResult> {
    const { session } = this.#calls;
    const { element } = session;
    const lifetime = new AbortController();
    // The other listeners get the event before the session is removed.
    const leave = (): void => queueMicrotask(() => element === session.element && session.end());
    return new Promise((resolve) => {
      const settle = (error: CometChatCallsException | null): void =>
        resolve(error ? { data: null, error } : { data: undefined, error: null });
      const onEvent = ({ name, detail }: CallEvent): void => {
        if (name === 'onSessionJoined') settle(null);
        if (name === 'onConnectionFailed') settle(new CometChatCallsException(detail));
        if (name === 'onUserLeft' && isPeerCall) leave();
        if (name === 'onSessionLeft' && (detail.reason === 'left' || detail.reason === 'hung-up')) leave();
      };
      session.events.on('event', onEvent, lifetime);
      session.events.on(
        'ended',
        () => {
          settle(failure('ERROR_SESSION_LEFT'));
          lifetime.abort();
        },
        lifetime,
      );
    });
  }
}

const neverAborted = new AbortController();

function failedResult(error: CometChatCallsException): Promise<JoinResult> {
  return Promise.resolve({ data: null, error });
}

/** `generateToken` resolves with an object; both are taken. */
function tokenOf(token: unknown): string {
  const text = typeof token === 'object' ? (token as { readonly token?: unknown } | null)?.token : token;
  return typeof text === 'string' ? text : '';
}

/** The settings under the element's names, or what is wrong with them. */
function optionsFrom({ settings }: JoinRequest): ChosenOptions | string {
  const built = (settings as { build?: () => unknown } | null | undefined)?.build?.() ?? settings;
  const choices = choicesOf(built);
  if (choices)
    return (
      choicesFault(choices) ?? {
        ...chosenOptions(choices),
        isPeerCall: false,
      }
    );
  if (typeof (settings ?? {}) !== 'object') return 'The session settings must be an object.';
  const plain = (settings ?? {}) as SessionSettings;
  return (
    settingsFault(plain) ?? {
      settings: elementSettingsOf(plain),
      localizedStrings: {},
      listener: undefined,
      isPeerCall: plain.isPeerCall ?? false,
    }
  );
}
