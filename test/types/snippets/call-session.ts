// The TypeScript of CometChat's Call Session document (v4), as it stands but for three words, which a strict compiler refuses
// with CometChat's own typings, too: the user may be absent, the device lists are no array, and an unused parameter.
// Compiling is the test.
import { CometChat } from '../../../src/chat.js';
import { CometChatCalls } from '../../../src/index.js';

declare const callToken: { readonly token: string };
declare const deviceId: string;
declare const sessionId: string;

export async function generatesToken(): Promise<void> {
  const loggedInUser = await CometChat.getLoggedinUser();
  const authToken = loggedInUser!.getAuthToken();
  const sessionId: string = "SESSION_ID"; // Random or from Call object in ringing flow

  CometChatCalls.generateToken(sessionId, authToken).then(
    (callToken: any) => {
      console.log("Call token generated:", callToken.token);
      // Use callToken to start the session
    },
    (error: CometChat.CometChatException) => {
      console.log("Token generation failed:", error);
    }
  );
}

export function startsSession(): void {
  const callListener = new CometChatCalls.OngoingCallListener({
    onUserJoined: (user: any) => {
      console.log("User joined:", user);
    },
    onUserLeft: (user: any) => {
      console.log("User left:", user);
    },
    onUserListUpdated: (userList: any[]) => {
      console.log("User list updated:", userList);
    },
    onCallEnded: () => {
      console.log("Call ended");
    },
    onCallEndButtonPressed: () => {
      console.log("End call button pressed");
      // Handle end call - see End Call Session section
    },
    onError: (error: any) => {
      console.log("Call error:", error);
    },
    onMediaDeviceListUpdated: (deviceList: any) => {
      console.log("Device list updated:", deviceList);
    },
    onUserMuted: (event: any) => {
      console.log("User muted:", event);
    },
    onScreenShareStarted: () => {
      console.log("Screen sharing started");
    },
    onScreenShareStopped: () => {
      console.log("Screen sharing stopped");
    },
    onCallSwitchedToVideo: (event: any) => {
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

  const htmlElement = document.getElementById("call-container") as HTMLElement;
  CometChatCalls.startSession(callToken, callSettings, htmlElement);
}

export function listens(): void {
  const listenerId: string = "UNIQUE_LISTENER_ID";

  CometChatCalls.addCallEventListener(listenerId, {
    onUserJoined: (user: any) => {
      console.log("User joined:", user);
    },
    onUserLeft: (user: any) => {
      console.log("User left:", user);
    },
    onUserListUpdated: (userList: any[]) => {
      console.log("User list updated:", userList);
    },
    onCallEnded: () => {
      console.log("Call ended");
    },
    onCallEndButtonPressed: () => {
      console.log("End call button pressed");
    },
    onError: (error: any) => {
      console.log("Call error:", error);
    },
    onMediaDeviceListUpdated: (deviceList: any) => {
      console.log("Device list updated:", deviceList);
    },
    onUserMuted: (event: any) => {
      console.log("User muted:", event);
    },
    onScreenShareStarted: () => {
      console.log("Screen sharing started");
    },
    onScreenShareStopped: () => {
      console.log("Screen sharing stopped");
    },
    onCallSwitchedToVideo: (event: any) => {
      console.log("Call switched to video:", event);
    },
    onSessionTimeout: () => {
      console.log("Session timed out");
    }
  });

  // Remove listener when done
  CometChatCalls.removeCallEventListener(listenerId);
}

export const ends: Parameters<typeof CometChatCalls.addCallEventListener>[1][] = [
  {
    onCallEndButtonPressed: () => {
      CometChat.endCall(sessionId).then(
        (_call: CometChat.Call) => {
          console.log("Call ended successfully");
          CometChat.clearActiveCall();
          CometChatCalls.endSession();
          // Close the calling screen
        },
        (error: CometChat.CometChatException) => {
          console.log("End call failed:", error);
        }
      );
    },
  },
  {
    onCallEnded: () => {
      CometChat.clearActiveCall();
      CometChatCalls.endSession();
      // Close the calling screen
    },
  },
  {
    onCallEndButtonPressed: () => {
      CometChatCalls.endSession();
      // Close the calling screen
    },
  },
];

export function controls(): void {
  CometChatCalls.switchCamera();
  CometChatCalls.muteAudio(true);
  CometChatCalls.pauseVideo(true);
  CometChatCalls.startScreenShare();
  CometChatCalls.stopScreenShare();
  CometChatCalls.setMode(CometChat.CALL_MODE.SPOTLIGHT);
  const audioInputDevices = CometChatCalls.getAudioInputDevices();
  console.log("Available microphones:", audioInputDevices);
  const audioOutputDevices = CometChatCalls.getAudioOutputDevices();
  console.log("Available speakers:", audioOutputDevices);
  const videoInputDevices = CometChatCalls.getVideoInputDevices();
  console.log("Available cameras:", videoInputDevices);
  CometChatCalls.setAudioInputDevice(deviceId);
  CometChatCalls.setAudioOutputDevice(deviceId);
  CometChatCalls.setVideoInputDevice(deviceId);
  CometChatCalls.switchToVideoCall();
  CometChatCalls.endSession();
}
