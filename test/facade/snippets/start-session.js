const callListener = new CometChatCalls.OngoingCallListener({
  onUserJoined: (user) => {
    console.log("User joined:", user);
  },
  onUserLeft: (user) => {
    console.log("User left:", user);
  },
  onUserListUpdated: (userList) => {
    console.log("User list updated:", userList);
  },
  onCallEnded: () => {
    console.log("Call ended");
  },
  onCallEndButtonPressed: () => {
    console.log("End call button pressed");
    // Handle end call - see End Call Session section
  },
  onError: (error) => {
    console.log("Call error:", error);
  },
  onMediaDeviceListUpdated: (deviceList) => {
    console.log("Device list updated:", deviceList);
  },
  onUserMuted: (event) => {
    console.log("User muted:", event);
  },
  onScreenShareStarted: () => {
    console.log("Screen sharing started");
  },
  onScreenShareStopped: () => {
    console.log("Screen sharing stopped");
  },
  onCallSwitchedToVideo: (event) => {
    console.log("Call switched to video:", event);
  },
  onSessionTimeout: () => {
    console.log("Session timed out");
  }
});

const callSettings = new CometChatCalls.CallSettingsBuilder()
  .enableDefaultLayout(true)
  .setIsAudioOnlyCall(false)
  .setCallListener(callListener)
  .build();

const htmlElement = document.getElementById("call-container");
CometChatCalls.startSession(callToken, callSettings, htmlElement);
