CometChatCalls.setVideoInputDevice(deviceId);
