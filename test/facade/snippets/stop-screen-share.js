CometChatCalls.stopScreenShare();
