import type { CallSession } from '../../session/call-session.js';
import type { CallView } from '../../ui/view/call-view.js';

/** A call that has been joined, and everything around it. */
export interface JoinedCall {
  readonly host: HTMLElement;
  readonly view: CallView;
  readonly session: Pick<
    CallSession,
    | 'store'
    | 'streamOf'
    | 'localTrack'
    | 'streamsExposed'
    | 'pauseRemoteVideo'
    | 'reportBlackCamera'
    | 'muteAudio'
    | 'pauseVideo'
    | 'pressEndCall'
    | 'togglePictureInPicture'
  >;
  readonly signal: AbortSignal;
}
