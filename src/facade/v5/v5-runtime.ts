import { Emitter } from '../../base/emitter.js';
import type { CallEvent } from '../../domain/call/call-events.js';
import { browserEnvironment } from '../../session/ring/page-environment.js';
import { requestCallToken, type GeneratedToken } from '../session/calls-api.js';
import type { CallsApp, LoadedCalls } from '../session/calls-state.js';
import { LoginStore } from '../chat/stored-login.js';
import { appOf, fromFile, type PlainAppSettings } from './account/app-settings.js';
import { callActions } from './session/call-actions.js';
import { failure, toV5Failure } from './calls-failures.js';
import type { LoginListener } from './account/calls-user.js';
import { EventTranslator } from './session/event-translator.js';
import type { InitResult } from './account/init-result.js';
import { SessionJoin } from './session/join-session.js';
import type { SessionEventName, SessionEvents } from './session/session-events.js';
import { SignIn } from './account/sign-in.js';
import { storedUser } from './account/stored-user.js';
import type { LazyMethods } from './v5-names.js';

/** What of v5 is loaded only by pages that use it. */
export interface V5Runtime extends LazyMethods {
  init(settings: PlainAppSettings): InitResult;
  /** The current options of `init`. */
  app(): CallsApp | undefined;
  /** A call token for the signed-in user. */
  generateToken(sessionId: string): Promise<GeneratedToken>;
  /** Hears an event until one of the signals is aborted. */
  subscribe(
    eventName: SessionEventName,
    listener: () => void,
    signals: readonly (AbortSignal | undefined)[],
  ): void;
  notify(event: CallEvent): void;
}

/** Makes it for the state that all names share. */
export function createV5(calls: LoadedCalls): V5Runtime {
  const listeners = new Emitter<SessionEvents>();
  const translator = new EventTranslator(listeners);
  const loginListeners = new Map<string, LoginListener>();
  const signIn = new SignIn({ calls, listeners: loginListeners });
  const sessions = new SessionJoin(calls);
  const init = (settings: PlainAppSettings): InitResult => initResult(calls, settings);
  return {
    ...callActions(calls.session),
    init,
    initFromSettings: (file) => Promise.resolve(init(fromFile(file))),
    app: () => calls.app,
    login: (uid, authKey) => signIn.login(uid, authKey),
    loginWithAuthToken: (authToken) => signIn.loginWithAuthToken(authToken),
    logout: () => signIn.logout(),
    addLoginListener: (id, listener) => void loginListeners.set(id, listener),
    removeLoginListener: (id) => void loginListeners.delete(id),
    generateToken: (sessionId) => generateToken(calls, sessionId),
    joinSession: (token, settings, container) => sessions.join({ token, settings, container }),
    subscribe(eventName, listener, signals) {
      const lifetime = new AbortController();
      for (const signal of signals) {
        if (signal?.aborted) lifetime.abort();
        signal?.addEventListener('abort', () => lifetime.abort(), { once: true });
      }
      listeners.on(eventName, listener, lifetime);
    },
    notify: (event) => translator.notify(event),
  };
}

function initResult(calls: LoadedCalls, settings: PlainAppSettings): InitResult {
  const app = appOf(settings);
  if (typeof app === 'string') {
    const error = failure('VALIDATION_ERROR', `Invalid app settings: ${app}`);
    return { success: false, error: Object.assign(error, { timestamp: Date.now() }) };
  }
  calls.app = app;
  return { success: true, error: null };
}

/** Requests a call token for the user who is signed in here, otherwise in `CometChat` of the same application. */
async function generateToken(calls: LoadedCalls, sessionId: string): Promise<GeneratedToken> {
  const { app } = calls;
  if (!app) throw failure('ERROR_SDK_NOT_INITIALIZED');
  if (typeof sessionId !== 'string' || sessionId === '') throw failure('ERROR_SESSION_ID_MISSING');
  const authToken = storedUser(calls)?.authToken ?? chatToken(app.getAppId());
  if (authToken === undefined) throw failure('ERROR_AUTH_TOKEN_MISSING');
  try {
    return await requestCallToken(app, { sessionId, authToken });
  } catch (error) {
    throw toV5Failure(error, { AUTH_ERR_AUTH_TOKEN_NOT_FOUND: 'ERROR_AUTH_TOKEN_MISSING' });
  }
}

/** UI kits sign in to the Chat SDK only. */
function chatToken(appId: string): string | undefined {
  const { localStorage, sessionStorage } = browserEnvironment();
  const logins = [sessionStorage, localStorage].map((store) => new LoginStore(appId, store).read());
  return logins.find((login) => login !== undefined)?.authToken;
}
