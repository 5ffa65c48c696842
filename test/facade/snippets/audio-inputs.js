const audioInputDevices = CometChatCalls.getAudioInputDevices();
console.log("Available microphones:", audioInputDevices);
