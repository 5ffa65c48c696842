CometChatCalls.setMode(CometChat.CALL_MODE.SPOTLIGHT);
