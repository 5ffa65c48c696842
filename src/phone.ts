/** The entry `cometchat-call/phone`: with `<cometchat-call>`, the tags that make a page a phone. */
import { CometChatIncomingCall as IncomingCallElement } from './element/ring/cometchat-incoming-call.js';
import { CometChatOutgoingCall as OutgoingCallElement } from './element/ring/cometchat-outgoing-call.js';
import { register } from './ui/base/define-element.js';

export const CometChatIncomingCall = register('cometchat-incoming-call', IncomingCallElement);
export type CometChatIncomingCall = IncomingCallElement;
export const CometChatOutgoingCall = register('cometchat-outgoing-call', OutgoingCallElement);
export type CometChatOutgoingCall = OutgoingCallElement;
export type { GroupToCall } from './element/ring/cometchat-outgoing-call.js';
export type { RingElementEvents } from './element/ring/ring-element.js';
export type { RingView } from './domain/ring/ring-view.js';
