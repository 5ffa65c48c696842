import { callEvent, type CallEvent } from './call-events.js';
import type { CallFact } from './call-facts.js';
import { isActive, noLocalMedia, localParticipantOf, type ActiveCall, type CallState } from './call-state.js';
import { sessionUser } from './participant.js';
import { outageOver, withOutage } from './remote-connection.js';
import { localMediaTransition, type LocalMediaFact } from './local-media-transitions.js';
import {
  callJoined,
  participantJoined,
  participantLeft,
  participantUpdated,
  connectionRestored,
  switchedToVideo,
} from './roster-transitions.js';
import { result, type TransitionResult } from './transition-result.js';

/** The whole call logic: pure, synchronous, and the only source of events. */
export function transition(state: CallState, fact: CallFact): TransitionResult {
  switch (fact.type) {
    case 'join-started':
      return isActive(state)
        ? result(state)
        : result({ phase: 'joining', local: state.local, streams: state.streams });
    case 'joined':
      return state.phase === 'joining' ? callJoined(state, fact) : result(state);
    case 'ended':
      return ended(state, fact);
    case 'failed':
      return result(state, callEvent('onError', fact.error));
    case 'media-wanted':
    case 'media-settled':
    case 'streams-changed':
    case 'facing-changed':
    case 'devices-changed':
      return localMediaTransition(state, fact);
    default:
      return isActive(state) ? activeFact(state, fact) : result(state);
  }
}

type ActiveFact = Exclude<
  CallFact,
  LocalMediaFact | { type: 'join-started' | 'joined' | 'ended' | 'failed' }
>;

function activeFact(call: ActiveCall, fact: ActiveFact): TransitionResult {
  switch (fact.type) {
    case 'connection-lost':
      return call.phase === 'reconnecting'
        ? result(call)
        : result({ ...call, phase: 'reconnecting' }, callEvent('onConnectionLost'));
    case 'connection-restored':
      return connectionRestored(call, fact);
    case 'participant-joined':
      return participantJoined(call, fact.participant);
    case 'participant-left':
      return participantLeft(call, fact.id);
    case 'participant-updated':
      return participantUpdated(call, fact);
    case 'link-changed':
      return linkChanged(call, fact);
    case 'outage-over':
      return outageOver(call, fact.id);
    case 'quality-changed':
      return call.qualities.get(fact.id) === fact.quality || !call.participants.has(fact.id)
        ? result(call)
        : result({ ...call, qualities: new Map(call.qualities).set(fact.id, fact.quality) });
    case 'speaker-changed':
      return speakerChanged(call, fact.id);
    case 'mode-set':
      return call.mode === fact.mode
        ? result(call)
        : result({ ...call, mode: fact.mode }, callEvent('onCallLayoutChanged', { mode: fact.mode }));
    case 'audio-only-set':
      return result({ ...call, audioOnly: fact.audioOnly, videoRequest: null });
    case 'tile-pinned':
      return result({ ...call, pinned: fact.tile });
    case 'participant-list-shown':
      return participantListShown(call, fact.on);
    case 'control-pressed':
      return result(call, callEvent('onControlPressed', { control: fact.control }));
    case 'picture-in-picture-changed':
      return result({ ...call, pictureInPicture: fact.on });
    case 'video-requested':
      return result({ ...call, videoRequest: { by: fact.by } });
    case 'video-request-ended':
      return result({ ...call, videoRequest: null });
    case 'switched-to-video':
      return switchedToVideo(call, fact);
    case 'idle-warned':
      return result({ ...call, idleEndsAt: fact.endsAt });
    case 'idle-cleared':
      return call.idleEndsAt === null ? result(call) : result({ ...call, idleEndsAt: null });
    case 'encryption-changed':
      return result(
        { ...call, encryption: fact.encryption },
        callEvent('onEncryptionChanged', fact.encryption),
      );
    case 'end-pressed':
      return result(call, callEvent('onCallEndButtonPressed'));
  }
}

function linkChanged(
  call: ActiveCall,
  { id, state }: Extract<CallFact, { type: 'link-changed' }>,
): TransitionResult {
  const before = call.links.get(id);
  if (!call.participants.has(id) || before === state) return result(call);
  // A broken link that is being rebuilt stays broken until it is connected again.
  if (state === 'connecting' && (before === 'interrupted' || before === 'failed')) return result(call);
  return withOutage(call, { ...call, links: new Map(call.links).set(id, state) }, id);
}

function participantListShown(call: ActiveCall, on: boolean): TransitionResult {
  if (call.participantListShown === on) return result(call);
  return result(
    { ...call, participantListShown: on },
    callEvent(on ? 'onParticipantListVisible' : 'onParticipantListHidden'),
  );
}

function speakerChanged(call: ActiveCall, id: string | null): TransitionResult {
  if (call.speaker === id) return result(call);
  const speaker = id === null ? undefined : call.participants.get(id);
  if (id !== null && !speaker) return result(call);
  return result(
    { ...call, speaker: id },
    callEvent('onDominantSpeakerChanged', speaker ? sessionUser(speaker) : null),
  );
}

function ended(
  state: CallState,
  { reason, error, at }: Extract<CallFact, { type: 'ended' }>,
): TransitionResult {
  if (state.phase === 'idle' || state.phase === 'ended') return result(state);
  const events: CallEvent[] = [];
  if (error) events.push(callEvent('onError', error));
  if (error && reason === 'failed') events.push(callEvent('onConnectionFailed', error));
  if (reason === 'timed-out') events.push(callEvent('onSessionTimeout'));
  if (isActive(state)) {
    if (localParticipantOf(state).screenSharing || state.local.screen.actual)
      events.push(callEvent('onScreenShareStopped'));
    if (reason !== 'left' && reason !== 'hung-up') events.push(callEvent('onConnectionClosed'));
    events.push(callEvent('onSessionLeft', { reason }));
  }
  const duration = isActive(state) ? Math.max(0, Math.round((at - state.startedAt) / 1000)) : null;
  const local = { ...noLocalMedia, devices: state.local.devices };
  return result(
    { phase: 'ended', reason, error: error ?? null, duration, local, streams: state.streams },
    ...events,
  );
}
