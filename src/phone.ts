/** The entry `cometchat-call/phone`: with `<cometchat-call>`, the tags that make a page a phone. */
import { CometChatIncomingCall as IncomingCallElement } from './element/cometchat-incoming-call.js';
import { CometChatOutgoingCall as OutgoingCallElement } from './element/cometchat-outgoing-call.js';
import { register } from './ui/define-element.js';

export const CometChatIncomingCall = register('cometchat-incoming-call', IncomingCallElement);
export type CometChatIncomingCall = IncomingCallElement;
export const CometChatOutgoingCall = register('cometchat-outgoing-call', OutgoingCallElement);
export type CometChatOutgoingCall = OutgoingCallElement;
export type { GroupToCall } from './element/cometchat-outgoing-call.js';
export type { RingElementEvents } from './element/ring-element.js';
export type { RingView } from './domain/ring-view.js';
