import { CometChatCall } from './element/cometchat-call.js';
import { CometChatCallButton } from './element/cometchat-call-button.js';

if (!customElements.get('cometchat-call')) {
  customElements.define('cometchat-call', CometChatCall);
  customElements.define('cometchat-call-button', CometChatCallButton);
}

export { CometChatCall, CometChatCallButton };
export { setLogSink, type LogSink } from './base/logger.js';
export type { BackgroundImage } from './domain/background-image.js';
export type { CallErrorCode } from './domain/call-error.js';
export type {
  CallDomEvents,
  CallEventListener,
  CallEventName,
  CallEvents,
  DomEventName,
} from './domain/call-events.js';
export type { CallState } from './domain/call-state.js';
export type { Device, DeviceLists } from './domain/devices.js';
export type { SessionUser } from './domain/participant.js';
export type {
  ProcessingTrouble,
  ProcessOptions,
  TrackProcessor,
  TrackProcessors,
} from './domain/track-processor.js';
export { settingRows, type CallSettings } from './settings/setting-rows.js';
export { CometChatCalls, CometChatCalls as default } from './facade/comet-chat-calls.js';
export type { CallParticipant } from './facade/v5/call-participant.js';
export type { CallsUser, LoginListener } from './facade/v5/calls-user.js';
export type { SessionEvents } from './facade/v5/session-events.js';
export type { SessionSettings } from './facade/v5/session-settings.js';
