// As CometChat's documents write it. Only this import was "@cometchat/calls-sdk-javascript".
import { CometChatCalls } from 'cometchat-call';
import { callToken } from '../shared/call-token.js';

const callAppSetting = new CometChatCalls.CallAppSettingsBuilder().setAppId('APP_ID').setRegion('eu').build();

CometChatCalls.init(callAppSetting).then(
  async () => {
    const token = await callToken();
    const callListener = new CometChatCalls.OngoingCallListener({
      onUserJoined: (user) => document.querySelector('#joined').append(user.name),
      onUserLeft: (user) => console.log('user left:', user),
      onCallEndButtonPressed: () => CometChatCalls.endSession(),
      onError: (error) => console.log('Error :', error),
    });
    const callSettings = new CometChatCalls.CallSettingsBuilder()
      .enableDefaultLayout(true)
      .setIsAudioOnlyCall(false)
      .showScreenShareButton(false)
      .showRecordingButton(true)
      .setCallListener(callListener)
      .build();
    CometChatCalls.startSession(token, callSettings, document.querySelector('#call'));
    document.querySelector('#mute').addEventListener('click', () => CometChatCalls.muteAudio(true));
  },
  (error) => console.log('CometChatCalls initialization failed with error:', error),
);
