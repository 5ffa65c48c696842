CometChatCalls.muteAudio(true);
