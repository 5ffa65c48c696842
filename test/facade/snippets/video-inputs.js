const videoInputDevices = CometChatCalls.getVideoInputDevices();
console.log("Available cameras:", videoInputDevices);
