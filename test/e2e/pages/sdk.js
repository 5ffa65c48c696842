// What an application does by a bundler: both SDKs under their names.
import { CometChatCalls } from '/dist/cdn/cometchat-call.min.js';
import { CometChat } from '/dist/cdn/chat.min.js';

Object.assign(window, { CometChatCalls, CometChat });
