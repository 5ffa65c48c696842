import { callEvent, type CallEvent } from './call-events.js';
import type { CallFact } from './call-facts.js';
import { isActive, noLocalMedia, self, type ActiveCall, type CallState } from './call-state.js';
import { sessionUser } from './participant.js';
import { localFact } from './local-media.js';
import {
  joined,
  participantJoined,
  participantLeft,
  participantUpdated,
  restored,
  switchedToVideo,
} from './people.js';
import { step, type Step } from './step.js';

/** The whole call logic: pure, synchronous, and the only place where events are born. */
export function transition(state: CallState, fact: CallFact): Step {
  switch (fact.type) {
    case 'join-started':
      return isActive(state)
        ? step(state)
        : step({ phase: 'joining', local: state.local, streams: state.streams });
    case 'joined':
      return state.phase === 'joining' ? joined(state, fact) : step(state);
    case 'ended':
      return ended(state, fact);
    case 'failed':
      return step(state, callEvent('onError', fact.error));
    case 'media-wanted':
    case 'media-settled':
    case 'streams-changed':
    case 'facing-changed':
    case 'devices-changed':
      return localFact(state, fact);
    default:
      return isActive(state) ? activeFact(state, fact) : step(state);
  }
}

type ActiveFact = Exclude<
  CallFact,
  {
    type:
      | 'join-started'
      | 'joined'
      | 'ended'
      | 'failed'
      | 'media-wanted'
      | 'media-settled'
      | 'streams-changed'
      | 'facing-changed'
      | 'devices-changed';
  }
>;

function activeFact(call: ActiveCall, fact: ActiveFact): Step {
  switch (fact.type) {
    case 'connection-lost':
      return call.phase === 'reconnecting'
        ? step(call)
        : step({ ...call, phase: 'reconnecting' }, callEvent('onConnectionLost'));
    case 'connection-restored':
      return restored(call, fact);
    case 'participant-joined':
      return participantJoined(call, fact.participant);
    case 'participant-left':
      return participantLeft(call, fact.id);
    case 'participant-updated':
      return participantUpdated(call, fact);
    case 'link-changed':
      return linkChanged(call, fact);
    case 'quality-changed':
      return call.qualities.get(fact.id) === fact.quality || !call.participants.has(fact.id)
        ? step(call)
        : step({ ...call, qualities: new Map(call.qualities).set(fact.id, fact.quality) });
    case 'speaker-changed':
      return speakerChanged(call, fact.id);
    case 'mode-set':
      return call.mode === fact.mode
        ? step(call)
        : step({ ...call, mode: fact.mode }, callEvent('onCallLayoutChanged', { mode: fact.mode }));
    case 'audio-only-set':
      return step({ ...call, audioOnly: fact.audioOnly, videoRequest: null });
    case 'tile-pinned':
      return step({ ...call, pinned: fact.tile });
    case 'participant-list-shown':
      return participantListShown(call, fact.on);
    case 'control-pressed':
      return step(call, callEvent('onControlPressed', { control: fact.control }));
    case 'picture-in-picture-changed':
      return step({ ...call, pictureInPicture: fact.on });
    case 'video-requested':
      return step({ ...call, videoRequest: { by: fact.by } });
    case 'video-request-ended':
      return step({ ...call, videoRequest: null });
    case 'switched-to-video':
      return switchedToVideo(call, fact);
    case 'idle-warned':
      return step({ ...call, idleEndsAt: fact.endsAt });
    case 'idle-cleared':
      return call.idleEndsAt === null ? step(call) : step({ ...call, idleEndsAt: null });
    case 'end-pressed':
      return step(call, callEvent('onCallEndButtonPressed'));
  }
}

function linkChanged(call: ActiveCall, { id, state }: Extract<CallFact, { type: 'link-changed' }>): Step {
  const peer = call.participants.get(id);
  const before = call.links.get(id);
  if (!peer || before === state) return step(call);
  const next = { ...call, links: new Map(call.links).set(id, state) };
  const broke = state === 'interrupted' || state === 'failed';
  const wasBroken = before === 'interrupted' || before === 'failed';
  if (broke && !wasBroken) return step(next, callEvent('onRemoteConnectionLost', sessionUser(peer)));
  if (state === 'connected' && wasBroken)
    return step(next, callEvent('onRemoteConnectionRestored', sessionUser(peer)));
  // While a broken link is being rebuilt the participant stays "lost": no second event until it is back.
  return step(state === 'connecting' && wasBroken ? call : next);
}

function participantListShown(call: ActiveCall, on: boolean): Step {
  if (call.participantListShown === on) return step(call);
  return step(
    { ...call, participantListShown: on },
    callEvent(on ? 'onParticipantListVisible' : 'onParticipantListHidden'),
  );
}

function speakerChanged(call: ActiveCall, id: string | null): Step {
  if (call.speaker === id) return step(call);
  const speaker = id === null ? undefined : call.participants.get(id);
  if (id !== null && !speaker) return step(call);
  return step(
    { ...call, speaker: id },
    callEvent('onDominantSpeakerChanged', speaker ? sessionUser(speaker) : null),
  );
}

function ended(state: CallState, { reason, error, at }: Extract<CallFact, { type: 'ended' }>): Step {
  if (state.phase === 'idle' || state.phase === 'ended') return step(state);
  const events: CallEvent[] = [];
  if (error) events.push(callEvent('onError', error));
  if (error && reason === 'failed') events.push(callEvent('onConnectionFailed', error));
  if (reason === 'timed-out') events.push(callEvent('onSessionTimeout'));
  if (isActive(state)) {
    if (self(state).screenSharing || state.local.screen.actual)
      events.push(callEvent('onScreenShareStopped'));
    if (reason !== 'left' && reason !== 'hung-up') events.push(callEvent('onConnectionClosed'));
    events.push(callEvent('onSessionLeft', { reason }));
  }
  const duration = isActive(state) ? Math.max(0, Math.round((at - state.startedAt) / 1000)) : null;
  const local = { ...noLocalMedia, devices: state.local.devices };
  return step(
    { phase: 'ended', reason, error: error ?? null, duration, local, streams: state.streams },
    ...events,
  );
}
