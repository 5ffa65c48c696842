import { callsException } from '../../session/calls-exception.js';
import type { CurrentSession } from '../../session/current-session.js';
import type { LazyMethods } from '../v5-names.js';

type Actions = Omit<
  LazyMethods,
  | 'initFromSettings'
  | 'login'
  | 'loginWithAuthToken'
  | 'logout'
  | 'addLoginListener'
  | 'removeLoginListener'
  | 'joinSession'
>;

/** What can be done in a session. Outside of one, all of it does nothing. */
export function callActions(session: CurrentSession): Actions {
  /** Does what a button of the page with that command would do. */
  const runCommand = (name: string) => (): void =>
    void session.element?.dispatchEvent(Object.assign(new Event('command'), { command: name }));
  const unsupported = (feature: string) => (): void =>
    session.fail(callsException('UNSUPPORTED', `There is no ${feature} in this version.`));
  /** CometChat's documents name participants by their uid, its types by their pid. */
  const pidOf = (pidOrUid: string): string =>
    session.element?.participants.find(({ id, uid }) => pidOrUid === id || pidOrUid === uid)?.id ?? pidOrUid;
  return {
    leaveSession: () => Promise.resolve(session.end()),
    endSessionForAll: runCommand('--end-session-for-all'),
    unmuteAudio: runCommand('--unmute-audio'),
    toggleAudio: runCommand('--toggle-audio'),
    toggleVideo: runCommand('--toggle-video'),
    raiseHand: runCommand('--raise-hand'),
    lowerHand: runCommand('--lower-hand'),
    toggleHand: runCommand('--toggle-hand'),
    toggleRecording: runCommand('--toggle-recording'),
    setLayout: (layout) => session.setMode(layout),
    pinParticipant: (id, type) =>
      session.element?.pinParticipant(pidOf(id), type === 'screen-share' ? 'screen' : 'camera'),
    unpinParticipant: () => session.element?.unpinParticipant(),
    muteParticipant: (id) => session.element?.muteParticipant(pidOf(id)),
    pauseParticipantVideo: (id) => session.element?.pauseParticipantVideo(pidOf(id)),
    showParticipantList: () => session.element?.showParticipantList(),
    hideParticipantList: () => session.element?.showParticipantList(false),
    toggleParticipantList: runCommand('--toggle-participant-list'),
    startScreenSharing: runCommand('--share-screen'),
    stopScreenSharing: runCommand('--stop-screen-share'),
    enablePictureInPictureLayout: () => session.element?.enterPictureInPicture(),
    disablePictureInPictureLayout: () => session.element?.exitPictureInPicture(),
    showVirtualBackgroundDialog: () => session.element?.openVirtualBackground(),
    hideVirtualBackgroundDialog: () => session.element?.closeVirtualBackground(),
    setVirtualBackgroundBlurLevel: (level) => session.element?.setBackgroundBlur(level),
    setVirtualBackgroundImage: (image) => session.element?.setBackgroundImage(image),
    clearVirtualBackground: () => session.element?.setBackgroundBlur(0),
    setChatButtonUnreadCount: () => undefined,
    startStreaming: unsupported('streaming'),
    stopStreaming: unsupported('streaming'),
    startTranscription: unsupported('transcription'),
    stopTranscription: unsupported('transcription'),
  };
}
