CometChatCalls.endSession();
