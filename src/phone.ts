/** The entry `cometchat-call/phone`: with `<cometchat-call>`, the tags that make a page a phone. */
import { CometChatCallHistory as CallHistoryElement } from './element/history/cometchat-call-history.js';
import { CometChatIncomingCall as IncomingCallElement } from './element/ring/cometchat-incoming-call.js';
import { CometChatOutgoingCall as OutgoingCallElement } from './element/ring/cometchat-outgoing-call.js';
import { register } from './ui/base/define-element.js';

/** The class of `<cometchat-incoming-call>`. */
export const CometChatIncomingCall = register('cometchat-incoming-call', IncomingCallElement);
export type CometChatIncomingCall = IncomingCallElement;
/** The class of `<cometchat-outgoing-call>`. */
export const CometChatOutgoingCall = register('cometchat-outgoing-call', OutgoingCallElement);
export type CometChatOutgoingCall = OutgoingCallElement;
/** The class of `<cometchat-call-history>`. */
export const CometChatCallHistory = register('cometchat-call-history', CallHistoryElement);
export type CometChatCallHistory = CallHistoryElement;
export type { CallHistoryEvents } from './element/history/cometchat-call-history.js';
export type { PastCall } from './domain/history/past-call.js';
export type { GroupToCall } from './element/ring/cometchat-outgoing-call.js';
export type { RingElementEvents } from './element/ring/ring-element.js';
export type { RingView } from './domain/ring/ring-view.js';
