import type { RoomCommands } from '../../domain/call/call-commands.js';
import { isActive } from '../../domain/call/call-state.js';
import type { SessionContext, SessionParts } from '../session-parts.js';

/** The commands that concern all participants. */
export function roomCommands(
  { store, dispatch, end }: SessionContext,
  { connection, localParticipant, idleTimeout }: SessionParts,
): RoomCommands {
  return {
    switchToVideoCall() {
      const state = store.get();
      if (!isActive(state) || !state.audioOnly) return;
      dispatch({ type: 'video-requested', by: state.selfId });
      connection.requestVideo();
    },
    answerVideoRequest(accept) {
      if (!accept) dispatch({ type: 'video-request-ended' });
      connection.answerVideo(accept);
    },
    raiseHand: () => localParticipant.publish({ handRaisedAt: Date.now() }),
    lowerHand: () => localParticipant.publish({ handRaisedAt: null }),
    muteParticipant: (participantId) =>
      connection.send({ type: 'mute-participant', participantId, source: 'microphone' }),
    pauseParticipantVideo: (participantId) =>
      connection.send({ type: 'mute-participant', participantId, source: 'camera' }),
    stay: () => idleTimeout.stay(),
    endSession: () => end('left'),
    endSessionForAll() {
      if (isActive(store.get())) connection.endForAll();
    },
  };
}
