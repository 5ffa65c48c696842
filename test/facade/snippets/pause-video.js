CometChatCalls.pauseVideo(true);
