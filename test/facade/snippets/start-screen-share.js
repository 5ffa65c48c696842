CometChatCalls.startScreenShare();
