CometChatCalls.setAudioInputDevice(deviceId);
