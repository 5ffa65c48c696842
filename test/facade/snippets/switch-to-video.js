CometChatCalls.switchToVideoCall();
