import { callsException } from '../calls-exception.js';
import type { CurrentSession } from '../current-session.js';
import type { LateNames } from './v5-names.js';

type Actions = Omit<
  LateNames,
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
  const obey = (command: string) => (): void =>
    void session.element?.dispatchEvent(Object.assign(new Event('command'), { command }));
  const unsupported = (what: string) => (): void =>
    session.fail(callsException('UNSUPPORTED', `There is no ${what} in this version.`));
  /** CometChat's documents name participants by their uid, its types by their pid. */
  const pidOf = (pidOrUid: string): string =>
    session.element?.participants.find(({ id, uid }) => pidOrUid === id || pidOrUid === uid)?.id ?? pidOrUid;
  return {
    leaveSession: () => Promise.resolve(session.end()),
    endSessionForAll: obey('--end-session-for-all'),
    unmuteAudio: obey('--unmute-audio'),
    toggleAudio: obey('--toggle-audio'),
    toggleVideo: obey('--toggle-video'),
    raiseHand: obey('--raise-hand'),
    lowerHand: obey('--lower-hand'),
    toggleHand: obey('--toggle-hand'),
    toggleRecording: obey('--toggle-recording'),
    setLayout: (layout) => session.setMode(layout),
    pinParticipant: (id, type) =>
      session.element?.pinParticipant(pidOf(id), type === 'screen-share' ? 'screen' : 'camera'),
    unpinParticipant: () => session.element?.unpinParticipant(),
    muteParticipant: (id) => session.element?.muteParticipant(pidOf(id)),
    pauseParticipantVideo: (id) => session.element?.pauseParticipantVideo(pidOf(id)),
    showParticipantList: () => session.element?.showParticipantList(),
    hideParticipantList: () => session.element?.showParticipantList(false),
    toggleParticipantList: obey('--toggle-participant-list'),
    startScreenSharing: obey('--share-screen'),
    stopScreenSharing: obey('--stop-screen-share'),
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
