CometChatCalls.switchCamera();
