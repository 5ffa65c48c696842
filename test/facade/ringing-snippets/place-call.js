const call = new CometChat.Call(receiverID, CometChat.CALL_TYPE.VIDEO, CometChat.RECEIVER_TYPE.USER);

CometChat.initiateCall(call).then(
  (outgoingCall) => {
    console.log("Call initiated successfully:", outgoingCall.getSessionId());
  },
  (error) => {
    console.log("Call initialization failed:", error);
  }
);
