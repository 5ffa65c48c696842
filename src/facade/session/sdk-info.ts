/** What CometChat's Chat SDK, and whoever looks into a page, asks for the name of the Calls SDK. */
export const sdkInfo = { name: 'cometchat-call', version: '0.1.0' } as const;

declare global {
  /** There once `CometChatCalls.init` has been called, as with CometChat's own SDK. */
  var getCometChatCallSDKInfo: (() => typeof sdkInfo) | undefined;
}

globalThis.getCometChatCallSDKInfo = () => sdkInfo;
