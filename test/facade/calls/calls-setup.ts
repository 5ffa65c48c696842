import { CometChatCalls } from '../../../src/facade/comet-chat-calls.js';
import { unreachableCallToken } from '../../fakes/facade/unreachable-call-token.js';

if (!customElements.get('cometchat-call')) {
  const { CometChatCall } = await import('../../../src/element/cometchat-call.js');
  customElements.define('cometchat-call', CometChatCall);
}

export const { CallSettingsBuilder, CallAppSettingsBuilder, CallSettings, MainVideoContainerSetting } =
  CometChatCalls;

export const token = unreachableCallToken();

export const container = (): HTMLElement => {
  const element = document.createElement('div');
  document.body.append(element);
  return element;
};

afterEach(() => {
  CometChatCalls.endSession();
  for (const element of document.body.querySelectorAll('div')) element.remove();
});
