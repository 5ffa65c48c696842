export * from './tag.js';
export { CometChatCalls, CometChatCalls as default } from './facade/comet-chat-calls.js';
export { CallGroup, CallLog, CallUser, Participant, Recording } from './facade/history/call-log.js';
export { CallLogRequestBuilder } from './facade/history/call-log-request.js';
export type { CallParticipant } from './facade/v5/session/call-participant.js';
export type { CallsUser, LoginListener } from './facade/v5/account/calls-user.js';
export type { SessionEvents } from './facade/v5/session/session-events.js';
export type { SessionSettings } from './facade/v5/session/session-settings.js';
