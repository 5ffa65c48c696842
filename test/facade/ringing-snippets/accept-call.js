CometChat.acceptCall(sessionId).then(
  (call) => {
    console.log("Call accepted successfully:", call.getSessionId());
  },
  (error) => {
    console.log("Call acceptance failed:", error);
  }
);
