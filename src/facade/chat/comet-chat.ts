/**
 * The namespace `CometChat`: of CometChat's Chat SDK, what calling needs. Its one client is the page's phone.
 */
import type { AppSettings } from './app-settings.js';
import type { CallHandlers } from './call-listener.js';
import type { Call, CallLike } from './call.js';
import { ChatClient } from './chat-client.js';
import { browserEnvironment } from '../../session/ring/page-environment.js';
import type { User } from './user.js';

export { AppSettings, AppSettingsBuilder } from './app-settings.js';
export { CallListener } from './call-listener.js';
export { Call } from './call.js';
export { CALL_MODE, CALL_STATUS, CALL_TYPE, CATEGORY_CALL, RECEIVER_TYPE } from './chat-constants.js';
export { CometChatException } from './comet-chat-exception.js';
export { Group, User } from './user.js';
export { CallSettings } from '../settings/call-settings.js';
export { CallSettingsBuilder } from '../settings/call-settings-builder.js';
export { MainVideoContainerSetting } from '../settings/main-video-container-setting.js';
export { VirtualBackground, VirtualBackgroundBuilder } from '../settings/virtual-background.js';

const client = new ChatClient(browserEnvironment);

/**
 * Call it first, once per page; a second call with the same `appId` waits for the first. `appId` names your application in
 * the browser's storage. Resolves with `true`. A user who was signed in before a reload still is. Rejects with
 * INVALID_ARGUMENT_EXCEPTION without an app id, with settings that no builder has built, or with a host that is no address.
 */
export function init(appId: string, appSettings: AppSettings): Promise<boolean> {
  return client.init(appId, appSettings);
}

/**
 * Signs a user in: with an auth token from your backend, or, while developing, with a uid and the API key of the call
 * server. Resolves when the user can be called. Rejects with MISSING_PARAMETERS, AUTH_ERR_AUTH_TOKEN_NOT_FOUND (the token
 * is not valid or has expired), UNKNOWN_API_ERROR (no server) or NOT_INITIALIZED.
 */
export function login(authToken: string): Promise<User>;
export function login(uid: string, authKey: string): Promise<User>;
export function login(uidOrToken: string, authKey?: string): Promise<User> {
  return client.login(uidOrToken, authKey);
}

/** Resolves with the signed-in user, or with `null`, also before `init`. Waits for an `init` in progress. */
export function getLoggedinUser(): Promise<User | null> {
  return client.getLoggedinUser();
}

/** The same as `getLoggedinUser`: CometChat has both spellings. */
export const getLoggedInUser = getLoggedinUser;

/** Signs the user out and ends the user's call. Rejects with NOT_INITIALIZED or NOT_LOGGED_IN. */
export function logout(): Promise<object> {
  return client.logout();
}

/** The auth token of the signed-in user, or `null`. */
export function getUserAuthToken(): string | null {
  return client.getUserAuthToken();
}

/** Adds a listener for calls; one with the same id is replaced. It also gets a call that already rings. */
export function addCallListener(id: string, listener: Partial<CallHandlers>): void {
  client.addCallListener(id, listener);
}

/** Removes the listener with that id, if there is one. */
export function removeCallListener(id: string): void {
  client.removeCallListener(id);
}

/**
 * Calls a user, or the members of a group (`call.setMembers`). Rings on all their devices for `timeoutSeconds` (default 45).
 * Resolves with the call as placed: its `getSessionId()` is needed for everything else. Rejects with
 * INVALID_ARGUMENT_EXCEPTION, CALL_ALREADY_INITIATED, CALL_IN_PROGRESS, RATE_LIMITED, NOT_ALLOWED (by the server's `authorize`),
 * NOT_LOGGED_IN or UNKNOWN_API_ERROR.
 */
export function initiateCall(call: CallLike, timeoutSeconds?: number): Promise<Call> {
  return client.initiateCall(call, timeoutSeconds);
}

/**
 * Accepts an incoming call: resolves with it, then join the session `getSessionId()`. The first of several devices wins;
 * the others are notified. Rejects with CALL_NOT_FOUND, CALL_OVER, CALL_ANSWERED_ELSEWHERE, SESSION_ID_REQUIRED, NOT_LOGGED_IN
 * or UNKNOWN_API_ERROR.
 */
export function acceptCall(sessionId: string): Promise<Call> {
  return client.acceptCall(sessionId);
}

/**
 * Refuses an incoming call (`CALL_STATUS.REJECTED` or `BUSY`) or cancels an outgoing one (`CANCELLED`). Rejects with
 * INVALID_ARGUMENT_EXCEPTION for another status, CALL_NOT_FOUND, CALL_OVER, SESSION_ID_REQUIRED, NOT_LOGGED_IN or UNKNOWN_API_ERROR.
 */
export function rejectCall(sessionId: string, status: string): Promise<Call> {
  return client.rejectCall(sessionId, status);
}

/** Cancels an outgoing call, for applications with their own timeout. The server's timeout may come first. */
export function sendUnansweredResponse(sessionId: string): Promise<Call> {
  return client.sendUnansweredResponse(sessionId);
}

/**
 * Ends an answered call: for both sides; in a group, for this user. Rejects with CALL_NOT_FOUND, CALL_OVER,
 * SESSION_ID_REQUIRED, NOT_LOGGED_IN or UNKNOWN_API_ERROR.
 */
export function endCall(sessionId: string): Promise<Call> {
  return client.endCall(sessionId);
}

/** The live call that this page placed or accepted, also after a reload; or `null`. */
export function getActiveCall(): Call | null {
  return client.getActiveCall();
}

/** Forgets the call of this page. Call it when the session is over. */
export function clearActiveCall(): void {
  client.clearActiveCall();
}

/** Resolves with the number of participants in the session. `_type` is CometChat's and ignored. Rejects as `endCall` does. */
export function getCallParticipantCount(sessionId: string, _type?: string): Promise<number> {
  return client.getCallParticipantCount(sessionId);
}
