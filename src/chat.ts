/** The entry `cometchat-call/chat`: signing in and ringing, under the names of CometChat's Chat SDK. */
export * as CometChat from './facade/chat/comet-chat.js';
