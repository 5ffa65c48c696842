/** The entry `cometchat-call/phone`: with `<cometchat-call>`, the tags that make a page a phone. */
import { CometChatIncomingCall } from './element/cometchat-incoming-call.js';
import { CometChatOutgoingCall } from './element/cometchat-outgoing-call.js';

if (globalThis.customElements && !customElements.get('cometchat-incoming-call')) {
  customElements.define('cometchat-incoming-call', CometChatIncomingCall);
  customElements.define('cometchat-outgoing-call', CometChatOutgoingCall);
}

export { CometChatIncomingCall, CometChatOutgoingCall };
export type { GroupToCall } from './element/cometchat-outgoing-call.js';
export type { RingElementEvents } from './element/ring-element.js';
export type { RingView } from './domain/ring-view.js';
