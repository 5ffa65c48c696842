/** Where CometChat's Chat SDK and developers in the console find the name of the Calls SDK. */
export const sdkInfo = { name: 'cometchat-call', version: '0.1.0' } as const;

declare global {
  /** Set by `CometChatCalls.init`, as in CometChat's SDK. */
  var getCometChatCallSDKInfo: (() => typeof sdkInfo) | undefined;
}

globalThis.getCometChatCallSDKInfo = () => sdkInfo;
