import { CometChatCall as CallElement } from './element/cometchat-call.js';
import { CometChatCallButton as CallButtonElement } from './element/button/cometchat-call-button.js';
import { register } from './ui/base/define-element.js';

// Of a second copy of this bundle, only the classes that came first can be constructed.
/** The class of `<cometchat-call>`. */
export const CometChatCall = register('cometchat-call', CallElement);
export type CometChatCall = CallElement;
/** The class of `<cometchat-call-button>`. */
export const CometChatCallButton = register('cometchat-call-button', CallButtonElement);
export type CometChatCallButton = CallButtonElement;
export { setLogSink, type LogSink } from './base/logger.js';
export type { BackgroundImage } from './domain/media/background-image.js';
export type { CallErrorCode } from './domain/call-error.js';
export type {
  CallDomEvents,
  CallEventListener,
  CallEventName,
  CallEvents,
  DomEventName,
} from './domain/call/call-events.js';
export type { CallState } from './domain/call/call-state.js';
export type { Device, DeviceLists } from './domain/media/devices.js';
export type { SessionUser } from './domain/call/participant.js';
export type {
  ProcessingFailure,
  ProcessOptions,
  TrackProcessor,
  TrackProcessors,
} from './domain/media/track-processor.js';
export { settingRows, type CallSettings } from './settings/setting-rows.js';
