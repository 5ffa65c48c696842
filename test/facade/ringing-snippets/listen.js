CometChat.addCallListener(
  "UNIQUE_LISTENER_ID",
  new CometChat.CallListener({
    onIncomingCallReceived: (call) => {
      console.log("Incoming call:", call.getSessionId(), call.getCallInitiator().getName());
    },
    onOutgoingCallAccepted: (call) => {
      console.log("Outgoing call accepted:", call.getSessionId());
    },
    onOutgoingCallRejected: (call) => {
      console.log("Outgoing call rejected:", call.getStatus());
    },
    onIncomingCallCancelled: (call) => {
      console.log("Incoming call cancelled:", call.getStatus());
    },
    onCallEndedMessageReceived: (call) => {
      console.log("Call ended message:", call.getStatus());
    },
  })
);
