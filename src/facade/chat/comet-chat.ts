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

/** Must be called first. Resolves with `true`; a user who was signed in before a reload still is. */
export function init(appId: string, appSettings: AppSettings): Promise<boolean> {
  return client.init(appId, appSettings);
}

/** Signs a user in with an auth token; while developing also with a uid and the API key of the call server. */
export function login(authToken: string): Promise<User>;
export function login(uid: string, authKey: string): Promise<User>;
export function login(uidOrToken: string, authKey?: string): Promise<User> {
  return client.login(uidOrToken, authKey);
}

/** The signed-in user, or `null`. */
export function getLoggedinUser(): Promise<User | null> {
  return client.getLoggedinUser();
}

/** The same: CometChat has both spellings. */
export const getLoggedInUser = getLoggedinUser;

/** Signs the user out and ends the call they are in. */
export function logout(): Promise<object> {
  return client.logout();
}

/** The auth token of the signed-in user, or `null`. */
export function getUserAuthToken(): string | null {
  return client.getUserAuthToken();
}

/** Listens for calls. A listener of the same id is replaced. */
export function addCallListener(id: string, listener: Partial<CallHandlers>): void {
  client.addCallListener(id, listener);
}

export function removeCallListener(id: string): void {
  client.removeCallListener(id);
}

/** Calls a user, or the members of a group; it rings for `timeoutSeconds` (45) on all their devices. */
export function initiateCall(call: CallLike, timeoutSeconds?: number): Promise<Call> {
  return client.initiateCall(call, timeoutSeconds);
}

/** Accepts an incoming call. The first of several devices wins; the others are notified. */
export function acceptCall(sessionId: string): Promise<Call> {
  return client.acceptCall(sessionId);
}

/** Refuses an incoming call (`CALL_STATUS.REJECTED`, `BUSY`) or takes back an outgoing one (`CANCELLED`). */
export function rejectCall(sessionId: string, status: string): Promise<Call> {
  return client.rejectCall(sessionId, status);
}

/** For applications with their own timeout: cancels an outgoing call, unless the server's timeout was first. */
export function sendUnansweredResponse(sessionId: string): Promise<Call> {
  return client.sendUnansweredResponse(sessionId);
}

/** Ends a call that was answered, for both sides; in a group, for this user. */
export function endCall(sessionId: string): Promise<Call> {
  return client.endCall(sessionId);
}

/** The live call that this page placed or took, also after a reload; or `null`. */
export function getActiveCall(): Call | null {
  return client.getActiveCall();
}

/** Forgets the call of this page; to be called when its session is over. */
export function clearActiveCall(): void {
  client.clearActiveCall();
}

/** How many are in the call's session. */
export function getCallParticipantCount(sessionId: string, _type?: string): Promise<number> {
  return client.getCallParticipantCount(sessionId);
}
