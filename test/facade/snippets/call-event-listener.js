const listenerId = "UNIQUE_LISTENER_ID";

CometChatCalls.addCallEventListener(listenerId, {
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

// Remove listener when done
CometChatCalls.removeCallEventListener(listenerId);
