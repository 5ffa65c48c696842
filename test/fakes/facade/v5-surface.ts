/** The names of the Calls SDK v5, as its documents and its typings list them. */
export const calls5 = {
  /** Resolve or return something. */
  methods: [
    ...['init', 'initFromSettings', 'login', 'loginWithAuthToken', 'logout'],
    ...['getLoggedInUser', 'getUserAuthToken', 'isUserLoggedIn', 'addLoginListener', 'removeLoginListener'],
    ...['generateToken', 'joinSession', 'leaveSession', 'endSessionForAll', 'addEventListener'],
    ...['getAudioInputDevices', 'getAudioOutputDevices', 'getVideoInputDevices'],
    ...['getCurrentAudioInputDevice', 'getCurrentAudioOutputDevice', 'getCurrentVideoInputDevice'],
  ],
  /** Do something in a session, and nothing outside of one. */
  actions: [
    ...['muteAudio', 'unmuteAudio', 'unMuteAudio', 'toggleAudio', 'pauseVideo', 'resumeVideo', 'toggleVideo'],
    ...['raiseHand', 'lowerHand', 'toggleHand', 'switchCamera', 'setLayout', 'setMode'],
    ...['startRecording', 'stopRecording', 'toggleRecording', 'startScreenSharing', 'stopScreenSharing'],
    ...['startScreenShare', 'stopScreenShare', 'pinParticipant', 'unpinParticipant', 'muteParticipant'],
    ...['pauseParticipantVideo', 'setChatButtonUnreadCount', 'toggleParticipantList', 'showParticipantList'],
    ...['hideParticipantList', 'setAudioInputDevice', 'setAudioOutputDevice', 'setVideoInputDevice'],
    ...['startStreaming', 'stopStreaming', 'startTranscription', 'stopTranscription', 'endSession'],
  ],
  constants: {
    LAYOUT: { TILE: 'TILE', SIDEBAR: 'SIDEBAR', SPOTLIGHT: 'SPOTLIGHT' },
    TYPE: { VOICE: 'VOICE', VIDEO: 'VIDEO' },
    CAMERA_FACING: { FRONT: 'FRONT', REAR: 'REAR' },
  },
  /** Without payload. */
  signals: [
    ...['onSessionJoined', 'onSessionLeft', 'onSessionTimedOut', 'onConnectionLost', 'onConnectionRestored'],
    ...['onConnectionClosed', 'onAudioMuted', 'onAudioUnMuted', 'onVideoPaused', 'onVideoResumed'],
    ...['onRecordingStarted', 'onRecordingStopped', 'onScreenShareStarted', 'onScreenShareStopped'],
    ...['onLeaveSessionButtonClicked', 'onToggleAudioButtonClicked', 'onToggleVideoButtonClicked'],
    ...['onRaiseHandButtonClicked', 'onChangeLayoutButtonClicked', 'onParticipantListButtonClicked'],
    ...['onRecordingToggleButtonClicked', 'onScreenShareButtonClicked'],
    ...['onParticipantListVisible', 'onParticipantListHidden'],
  ],
  /** With a participant. */
  people: [
    ...['onParticipantJoined', 'onParticipantLeft', 'onParticipantAudioMuted', 'onParticipantAudioUnmuted'],
    ...['onParticipantVideoPaused', 'onParticipantVideoResumed', 'onParticipantHandRaised'],
    ...['onParticipantHandLowered', 'onParticipantStartedScreenShare', 'onParticipantStoppedScreenShare'],
    ...['onParticipantStartedRecording', 'onParticipantStoppedRecording', 'onDominantSpeakerChanged'],
    ...['onRemoteConnectionLost', 'onRemoteConnectionRestored'],
  ],
  /** With something else. */
  others: [
    ...['onConnectionFailed', 'onParticipantListChanged', 'onCallLayoutChanged'],
    ...['onAudioInputDeviceChanged', 'onAudioOutputDeviceChanged', 'onVideoInputDeviceChanged'],
    ...['onAudioInputDevicesChanged', 'onAudioOutputDevicesChanged', 'onVideoInputDevicesChanged'],
  ],
  /** For what there is not here. */
  never: [
    ...['onStreamingStarted', 'onStreamingStopped', 'onParticipantStartedStreaming'],
    ...['onParticipantStoppedStreaming', 'onShareInviteButtonClicked', 'onChatButtonClicked'],
  ],
} as const;
