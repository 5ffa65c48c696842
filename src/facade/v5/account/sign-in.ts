import { runSafely } from '../../../base/emitter.js';
import { callApi, serverBase } from '../../session/calls-api.js';
import type { CallsApp, LoadedCalls } from '../../session/calls-state.js';
import { failure, toV5Failure } from '../calls-failures.js';
import type { CallsUser, LoginListener } from './calls-user.js';
import { storeUser } from './store-user.js';
import { storedUser } from './stored-user.js';

interface SignInOptions {
  readonly calls: LoadedCalls;
  readonly listeners: ReadonlyMap<string, LoginListener>;
}

/** What the server knows of a user. */
type ServerUser = Pick<CallsUser, 'uid' | 'name' | 'avatar'>;

const codes = {
  AUTH_ERR_EMPTY_APIKEY: 'ERROR_API_KEY_NOT_FOUND',
  AUTH_ERR_APIKEY_NOT_FOUND: 'ERROR_API_KEY_NOT_FOUND',
  ERR_UID_INVALID: 'ERROR_INVALID_UID',
} as const;

/** Signs users in and out, one at a time. */
export class SignIn {
  readonly #options: SignInOptions;
  #busy = false;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** With the API key of the server: while developing. */
  login(uid: string, authKey: string | undefined): Promise<CallsUser> {
    return this.#signIn(async (app) => {
      if (typeof uid !== 'string' || uid.trim() === '') throw failure('ERROR_INVALID_UID');
      if (/\s/.test(uid)) throw failure('ERROR_UID_WITH_SPACE');
      const apiKey = authKey ?? app.authKey;
      if (!apiKey) throw failure('ERROR_API_KEY_NOT_FOUND');
      return callApi<ServerUser & { readonly authToken: string }>(
        `${serverBase(app.getHost())}/v3/users/${encodeURIComponent(uid)}/auth_tokens`,
        { method: 'POST', headers: { apiKey }, body: {} },
      );
    });
  }

  /** With a token that the application's backend made. */
  loginWithAuthToken(authToken: string): Promise<CallsUser> {
    return this.#signIn(async (app) => {
      if (typeof authToken !== 'string' || authToken.trim() === '') throw failure('ERROR_BLANK_AUTHTOKEN');
      if (/\s/.test(authToken)) throw failure('ERROR_AUTHTOKEN_WITH_SPACE');
      const user = await callApi<ServerUser>(`${serverBase(app.getHost())}/v3.0/me`, {
        headers: { authToken },
      });
      return { ...user, authToken };
    });
  }

  async logout(): Promise<string> {
    const { calls } = this.#options;
    try {
      if (!calls.app) throw failure('ERROR_SDK_NOT_INITIALIZED');
      if (!storedUser(calls)) throw failure('ERROR_NO_USER_LOGGED_IN');
    } catch (error) {
      this.#notify('onLogoutFailure', error);
      throw error;
    }
    calls.session.end();
    storeUser(calls, null);
    this.#notify('onLogoutSuccess');
    return Promise.resolve('The user is signed out.');
  }

  async #signIn(
    requestUser: (app: CallsApp) => Promise<ServerUser & { readonly authToken: string }>,
  ): Promise<CallsUser> {
    const { calls } = this.#options;
    if (this.#busy) throw failure('ERROR_LOGIN_IN_PROGRESS');
    this.#busy = true;
    try {
      if (!calls.app) throw failure('ERROR_SDK_NOT_INITIALIZED');
      const { uid, name, avatar, authToken } = await requestUser(calls.app);
      const user: CallsUser = { uid, name, avatar, status: 'online', authToken };
      storeUser(calls, user);
      this.#notify('onLoginSuccess', user);
      return user;
    } catch (cause) {
      const error = toV5Failure(cause, codes);
      this.#notify('onLoginFailure', error);
      throw error;
    } finally {
      this.#busy = false;
    }
  }

  #notify(name: keyof LoginListener, detail?: unknown): void {
    for (const listener of this.#options.listeners.values()) {
      const handle = listener[name] as ((detail?: unknown) => void) | undefined;
      if (typeof handle === 'function') runSafely(() => handle.call(listener, detail));
    }
  }
}
