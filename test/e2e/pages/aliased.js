// An application as the documents of both SDKs teach to write one: it rings, talks and hangs up. Its user is in the address.
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';
import { CometChat } from '@cometchat/chat-sdk-javascript';

const appId = 'app';
const region = 'us';
const container = document.getElementById('call-container');
/** What the tests look at. */
const app = { CometChatCalls, CometChat, calls: [], log: [], receive, dial, hangUp };
Object.assign(window, { app });

async function receive(uid, apiKey) {
  const settings = new CometChat.AppSettingsBuilder()
    .subscribePresenceForAllUsers()
    .setRegion(region)
    .autoEstablishSocketConnection(true)
    .build();
  await CometChat.init(appId, settings);
  const result = await CometChatCalls.init({ appId, region });
  if (!result.success) throw result.error;

  const user = await CometChat.login(uid, apiKey);
  app.log.push(`chat: ${user.getName()}`);
  if (!CometChatCalls.getLoggedInUser()) await CometChatCalls.login(uid, apiKey);
  app.log.push(`calls: ${CometChatCalls.getLoggedInUser().uid}`);

  CometChat.addCallListener(
    'listener',
    new CometChat.CallListener({
      onIncomingCallReceived: async (call) => {
        app.log.push(`rung by ${call.getCallInitiator().getName()}`);
        const accepted = await CometChat.acceptCall(call.getSessionId());
        await talk(accepted.getSessionId());
      },
      onOutgoingCallAccepted: (call) => talk(call.getSessionId()),
      onOutgoingCallRejected: () => app.log.push('rejected'),
      onIncomingCallCancelled: () => app.log.push('cancelled'),
      onCallEndedMessageReceived: () => app.log.push('ended'),
    }),
  );
}

async function dial(uid) {
  const call = new CometChat.Call(uid, CometChat.CALL_TYPE.VIDEO, CometChat.RECEIVER_TYPE.USER);
  app.calls.push(await CometChat.initiateCall(call));
}

async function talk(sessionId) {
  const unsubscribe = CometChatCalls.addEventListener('onSessionLeft', async () => {
    unsubscribe();
    app.log.push('left');
    await CometChat.endCall(sessionId).catch(() => undefined);
    CometChat.clearActiveCall();
  });
  const { token } = await CometChatCalls.generateToken(sessionId);
  const { error } = await CometChatCalls.joinSession(
    token,
    { sessionType: 'VIDEO', layout: 'TILE', isPeerCall: true },
    container,
  );
  app.log.push(error ? `not joined: ${error.errorCode}` : 'joined');
}

function hangUp() {
  return CometChatCalls.leaveSession();
}
