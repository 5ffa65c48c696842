const loggedInUser = await CometChat.getLoggedinUser();
const authToken = loggedInUser.getAuthToken();
const sessionId = "SESSION_ID"; // Random or from Call object in ringing flow

CometChatCalls.generateToken(sessionId, authToken).then(
  (callToken) => {
    console.log("Call token generated:", callToken.token);
    // Use callToken to start the session
  },
  (error) => {
    console.log("Token generation failed:", error);
  }
);
