import { withTimeout } from '../../base/with-timeout.js';
import type { CallError } from '../../domain/call-error.js';
import type { RingView } from '../../domain/ring/ring-view.js';
import type { AppSettings } from './app-settings.js';
import { Call, isCallLike, type CallLike } from './call.js';
import { CallListeners, type CallHandlers } from './call-listener.js';
import { requestAuthToken } from './chat-api.js';
import { CALL_STATUS, CALL_TYPE, RECEIVER_TYPE } from './chat-constants.js';
import type { PageEnvironment } from '../../session/ring/page-environment.js';
import { chatHost } from './chat-host.js';
import { RingSession } from '../../session/ring/ring-session.js';
import { asChatException, chatException } from './comet-chat-exception.js';
import { deviceId } from '../../session/ring/device-id.js';
import { LoginStore, type StoredLogin } from './stored-login.js';
import { User } from './user.js';

/** How long `init` waits for the connection of a signed-in user, in ms. */
const restoreTimeoutMs = 4000;

interface InitializedState {
  readonly url: string;
  readonly environment: PageEnvironment;
  readonly logins: LoginStore;
  readonly deviceId: string;
}

/** One page's phone: initialised once, signed in and out, placing and taking calls. */
export class ChatClient {
  readonly #findEnvironment: () => PageEnvironment;
  readonly #listeners = new CallListeners();
  #ready: InitializedState | undefined;
  #initialising: { readonly appId: string; readonly done: Promise<boolean> } | undefined;
  #session: RingSession | undefined;
  #user: User | undefined;

  constructor(findEnvironment: () => PageEnvironment) {
    this.#findEnvironment = findEnvironment;
  }

  /** Call it once per page; a second call waits for the first. A user who was signed in before a reload still is. */
  init(appId: string, settings: Pick<AppSettings, 'getHost'> & Partial<AppSettings>): Promise<boolean> {
    if (this.#initialising?.appId === appId) return this.#initialising.done;
    const done = this.#init(appId, settings);
    this.#initialising = { appId, done };
    done.catch(() => (this.#initialising = undefined));
    return done;
  }

  async login(uidOrToken: string, apiKey?: string): Promise<User> {
    const ready = this.#requireInit();
    if (typeof uidOrToken !== 'string' || uidOrToken.trim() === '') throw chatException('MISSING_PARAMETERS');
    if (this.#user && [this.#user.getUid(), this.#user.getAuthToken()].includes(uidOrToken))
      return this.#user;
    const { url, environment } = ready;
    const authToken =
      apiKey === undefined
        ? uidOrToken
        : await requestAuthToken({ url, fetch: environment.fetch }, { uid: uidOrToken, apiKey });
    this.#reset();
    const session = this.#open(ready, authToken);
    try {
      await session.connected();
    } catch (error) {
      if (this.#session === session) this.#reset();
      throw asChatException(error);
    }
    if (!session.user || this.#session !== session) throw chatException('NOT_LOGGED_IN');
    const login = { ...session.user, authToken };
    ready.logins.write(login);
    return (this.#user = new User(login));
  }

  /** `null` while no user is signed in, and before `init`. */
  async getLoggedinUser(): Promise<User | null> {
    await this.#initialising?.done.catch(() => undefined);
    return this.#user ?? null;
  }

  async logout(): Promise<object> {
    const ready = this.#requireInit();
    const session = this.#requireSession();
    const active = session.calls.active();
    // Ends a ringing or ongoing call for the other side; the user signs out even if that fails.
    if (active) await session.send({ type: 'end', sessionId: active.sessionId }).catch(() => undefined);
    ready.logins.clear();
    this.#reset();
    return {};
  }

  /** Ends the connection; the next page of this tab finds the user still signed in. */
  disconnect(): void {
    this.#session?.close();
  }

  getUserAuthToken(): string | null {
    return this.#session?.authToken ?? null;
  }

  addCallListener(id: string, listener: Partial<CallHandlers>): void {
    this.#listeners.add(id, listener);
  }

  removeCallListener(id: string): void {
    this.#listeners.remove(id);
  }

  /** Rings on all devices of the receiver, for `timeoutSeconds`. */
  async initiateCall(call: CallLike, timeoutSeconds = 45): Promise<Call> {
    const session = this.#requireSession();
    return toCall(session.initiate({ ...toRequest(call), ringMs: timeoutSeconds * 1000 }));
  }

  async acceptCall(sessionId: string): Promise<Call> {
    return this.#change(sessionId, (session) => session.send({ type: 'accept', sessionId }));
  }

  /** `status`: rejected, busy, or (by the caller) cancelled. */
  async rejectCall(sessionId: string, status: string = CALL_STATUS.REJECTED): Promise<Call> {
    const accepted: readonly string[] = [CALL_STATUS.REJECTED, CALL_STATUS.BUSY, CALL_STATUS.CANCELLED];
    if (!accepted.includes(status))
      throw chatException('INVALID_ARGUMENT_EXCEPTION', {
        message: `The status is one of ${accepted.join(', ')}.`,
      });
    const reason = status === CALL_STATUS.BUSY ? 'busy' : 'rejected';
    return this.#change(sessionId, (session) => session.send({ type: 'reject', sessionId, reason }));
  }

  /** The server also ends the ringing on its own: the earlier of the two cancels the call. */
  async sendUnansweredResponse(sessionId: string): Promise<Call> {
    return this.rejectCall(sessionId, CALL_STATUS.CANCELLED);
  }

  async endCall(sessionId: string): Promise<Call> {
    return this.#change(sessionId, (session) => session.send({ type: 'end', sessionId }));
  }

  /** The live call this page placed or took, or `null`; found again after a reload. */
  getActiveCall(): Call | null {
    const view = this.#session?.calls.active();
    return view ? Call.callFromView(view) : null;
  }

  /** Ends the call for this page only. */
  clearActiveCall(): void {
    this.#session?.calls.clearActive();
  }

  async getCallParticipantCount(sessionId: string): Promise<number> {
    const session = this.#requireSession();
    requireSessionId(sessionId);
    return session.participantCount(sessionId).catch(rethrow);
  }

  async #init(
    appId: string,
    settings: Pick<AppSettings, 'getHost'> & Partial<AppSettings>,
  ): Promise<boolean> {
    if (typeof appId !== 'string' || appId.trim() === '' || typeof settings?.getHost !== 'function')
      throw chatException('INVALID_ARGUMENT_EXCEPTION', {
        message: 'init() takes an app id and the settings that AppSettingsBuilder has built.',
      });
    const environment = this.#findEnvironment();
    const isForTab = settings.getStorageMode?.() === 'SESSION';
    this.#reset();
    const ready: InitializedState = {
      url: chatHost(settings.getHost(), environment.pageUrl),
      environment,
      logins: new LoginStore(appId, isForTab ? environment.sessionStorage : environment.localStorage),
      deviceId: await deviceId(environment),
    };
    this.#ready = ready;
    const login = ready.logins.read();
    if (login) await this.#restore(ready, login);
    return true;
  }

  /** Not for ever: without a connection the user is signed in all the same, and it is restored later. */
  async #restore(ready: InitializedState, login: StoredLogin): Promise<void> {
    this.#user = new User({ ...login });
    const session = this.#open(ready, login.authToken);
    // What the server refuses is dealt with by `#tokenRejected`.
    await withTimeout(session.connected(), restoreTimeoutMs).catch(() => undefined);
  }

  #open({ url, deviceId, environment }: InitializedState, authToken: string): RingSession {
    const session: RingSession = new RingSession({
      ...{ url, authToken, deviceId, environment },
      onEvent: (event, view) => this.#listeners.notify(event, Call.callFromView(view)),
      onClosed: (error) => this.#tokenRejected(session, error),
    });
    this.#session = session;
    return session;
  }

  /** A token that the server does not take any more signs its user out; anything else may pass. */
  #tokenRejected(session: RingSession, { code }: CallError): void {
    if (this.#session !== session || !code.startsWith('TOKEN_')) return;
    this.#ready?.logins.clear();
    this.#reset();
  }

  #reset(): void {
    this.#session?.close();
    this.#session = undefined;
    this.#user = undefined;
  }

  #requireInit(): InitializedState {
    if (!this.#ready) throw chatException('NOT_INITIALIZED');
    return this.#ready;
  }

  #requireSession(): RingSession {
    this.#requireInit();
    if (!this.#session) throw chatException('NOT_LOGGED_IN');
    return this.#session;
  }

  async #change(sessionId: string, send: (session: RingSession) => Promise<RingView>): Promise<Call> {
    const session = this.#requireSession();
    requireSessionId(sessionId);
    const call = await toCall(send(session));
    this.#listeners.clearUndelivered(sessionId);
    return call;
  }
}

function requireSessionId(sessionId: string): void {
  if (typeof sessionId !== 'string' || sessionId === '') throw chatException('SESSION_ID_REQUIRED');
}

function toCall(view: Promise<RingView>): Promise<Call> {
  return view.then((accepted) => Call.callFromView(accepted), rethrow);
}

function rethrow(error: unknown): never {
  throw asChatException(error);
}

function toRequest(call: CallLike) {
  if (!isCallLike(call))
    throw chatException('INVALID_ARGUMENT_EXCEPTION', { message: 'initiateCall() takes a Call.' });
  const [id, type, receiverType] = [call.getReceiverId(), call.getType(), call.getReceiverType()];
  if (typeof id !== 'string' || id === '')
    throw chatException('INVALID_ARGUMENT_EXCEPTION', { message: 'The call has no receiver.' });
  if (type !== CALL_TYPE.AUDIO && type !== CALL_TYPE.VIDEO)
    throw chatException('INVALID_ARGUMENT_EXCEPTION', {
      message: 'The type of a call must be audio or video.',
    });
  const metadata = call.getMetadata?.() ?? null;
  const isGroup = receiverType === RECEIVER_TYPE.GROUP;
  const members = [...(call.getMembers?.() ?? [])];
  if (isGroup && members.length === 0)
    throw chatException('INVALID_ARGUMENT_EXCEPTION', {
      message: 'A call to a group names whom it is for: call.setMembers([uid, …]).',
    });
  const receiver = isGroup
    ? ({ type: 'group', guid: id, members } as const)
    : ({ type: 'user', uid: id } as const);
  return { receiver, callType: type, metadata };
}
