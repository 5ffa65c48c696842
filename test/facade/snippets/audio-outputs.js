const audioOutputDevices = CometChatCalls.getAudioOutputDevices();
console.log("Available speakers:", audioOutputDevices);
