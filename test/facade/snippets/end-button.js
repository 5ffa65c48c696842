onCallEndButtonPressed: () => {
  CometChatCalls.endSession();
  // Close the calling screen
}
