CometChatCalls.setAudioOutputDevice(deviceId);
