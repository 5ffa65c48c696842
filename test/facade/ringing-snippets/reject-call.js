CometChat.rejectCall(sessionId, status).then(
  (call) => {
    console.log("Call rejected successfully:", call.getStatus());
  },
  (error) => {
    console.log("Call rejection failed:", error);
  }
);
