import { audioModes } from '../media/audio-modes.js';
import { callEvent, type CallEvent } from './call-events.js';
import type { CallFact, Snapshot } from './call-facts.js';
import { exchangesMedia, remoteParticipantsOf, type ActiveCall, type JoiningCall } from './call-state.js';
import {
  sessionUser,
  type Participant,
  type ParticipantChanges,
  type ParticipantId,
  type SessionUser,
} from './participant.js';
import { withOutage } from './remote-connection.js';
import { result, type TransitionResult } from './transition-result.js';

type Fact<Type extends CallFact['type']> = Extract<CallFact, { type: Type }>;

export function callJoined(
  state: JoiningCall,
  { snapshot, at, mode, audioOnly }: Fact<'joined'>,
): TransitionResult {
  const participants = roster([snapshot.self, ...snapshot.participants]);
  const call: ActiveCall = {
    phase: 'active',
    local: state.local,
    streams: state.streams,
    sessionId: snapshot.sessionId,
    selfId: snapshot.self.id,
    participants,
    links: new Map(),
    outages: new Map(),
    qualities: new Map(),
    startedAt: at,
    peakParticipantCount: participants.size,
    speaker: null,
    pinned: null,
    mode,
    audioOnly,
    videoRequest: null,
    participantListShown: false,
    pictureInPicture: false,
    idleEndsAt: null,
  };
  const modes = audioModes(state.local.devices.audioOutputDevices);
  const present = snapshot.participants.map((participant) =>
    callEvent('onUserJoined', sessionUser(participant)),
  );
  return result(
    call,
    callEvent('onSessionJoined', { sessionId: call.sessionId }),
    ...present,
    userListUpdated(call),
    ...(modes.length > 0 ? [callEvent('onAudioModeChanged', modes)] : []),
    ...[...participants.values()].filter(({ recording }) => recording).map(recordingStarted),
  );
}

/**
 * After a gap in the connection: changes that happened meanwhile raise the same events as if they had been received
 * in time.
 */
export function connectionRestored(
  call: ActiveCall,
  { snapshot, absent }: Fact<'connection-restored'>,
): TransitionResult {
  const events: CallEvent[] = [];
  // A local participant that had to rejoin has a new id, but remains the same participant here.
  let next: ActiveCall = {
    ...call,
    phase: 'active',
    selfId: snapshot.self.id,
    participants: withLocalParticipant(call, snapshot.self),
  };
  const apply = (result: TransitionResult): void => {
    next = result.state as ActiveCall;
    events.push(...result.events);
  };
  const listed = new Map(allParticipants(snapshot).map((participant) => [participant.id, participant]));
  for (const id of [...next.participants.keys()]) {
    if (listed.has(id)) continue;
    if (!absent.includes(id)) apply(participantLeft(next, id));
    // A restart of the server interrupts no media.
    else if (next.links.get(id) !== 'connected' && exchangesMedia(next, id))
      apply(participantUpdated(next, awayUpdate(id)));
  }
  for (const participant of listed.values()) {
    const { id } = participant;
    if (!next.participants.has(id)) apply(participantJoined(next, participant));
    else if (id !== next.selfId)
      apply(participantUpdated(next, { type: 'participant-updated', id, changes: participant, by: id }));
  }
  if (call.phase === 'reconnecting') events.unshift(callEvent('onConnectionRestored'));
  return result(next, ...events);
}

function withLocalParticipant(call: ActiveCall, local: Participant): ActiveCall['participants'] {
  if (local.id === call.selfId) return call.participants;
  return roster([...remoteParticipantsOf(call), local]);
}

function allParticipants({ self, participants }: Snapshot): readonly Participant[] {
  return [self, ...participants];
}

function awayUpdate(id: ParticipantId): Fact<'participant-updated'> {
  return { type: 'participant-updated', id, changes: { connection: 'reconnecting' }, by: null };
}

export function participantJoined(call: ActiveCall, participant: Participant): TransitionResult {
  const { id } = participant;
  // It has rejoined a restarted server.
  if (call.participants.has(id))
    return participantUpdated(call, { type: 'participant-updated', id, changes: participant, by: id });
  const participants = roster([...call.participants.values(), participant]);
  const next = {
    ...call,
    participants,
    peakParticipantCount: Math.max(call.peakParticipantCount, participants.size),
  };
  return result(
    next,
    callEvent('onUserJoined', sessionUser(participant)),
    userListUpdated(next),
    ...(participant.recording ? [recordingStarted(participant)] : []),
  );
}

export function participantLeft(call: ActiveCall, id: ParticipantId): TransitionResult {
  const left = call.participants.get(id);
  if (!left || id === call.selfId) return result(call);
  const without = <Value>(map: ReadonlyMap<ParticipantId, Value>): Map<ParticipantId, Value> =>
    new Map([...map].filter(([key]) => key !== id));
  const next: ActiveCall = {
    ...call,
    participants: without(call.participants),
    links: without(call.links),
    outages: without(call.outages),
    qualities: without(call.qualities),
    speaker: call.speaker === id ? null : call.speaker,
    pinned: call.pinned?.participantId === id ? null : call.pinned,
    videoRequest: call.videoRequest?.by === id ? null : call.videoRequest,
  };
  const events: CallEvent[] = [];
  if (left.recording) events.push(callEvent('onRecordingStopped', { user: sessionUser(left) }));
  if (left.screenSharing) events.push(callEvent('onParticipantStoppedScreenShare', sessionUser(left)));
  events.push(callEvent('onUserLeft', sessionUser(left)), userListUpdated(next));
  if (call.speaker === id) events.push(callEvent('onDominantSpeakerChanged', null));
  // A presentation goes on when its only viewer leaves, and waits for a presenter who is gone.
  if (call.peakParticipantCount === 2 && next.participants.size === 1 && left.isPresenter === undefined)
    events.push(callEvent('onCallEnded'));
  return result(next, ...events);
}

export function participantUpdated(
  call: ActiveCall,
  { id, changes, by }: Fact<'participant-updated'>,
): TransitionResult {
  const before = call.participants.get(id);
  if (!before) return result(call);
  const after: Participant = { ...before, ...changes };
  const next = { ...call, participants: new Map(call.participants).set(id, after) };
  const actor = (by === null ? undefined : call.participants.get(by)) ?? after;
  const { state, events } = withOutage(call, next, id);
  return result(
    state,
    ...participantEvents(before, after, by === id ? after : actor, id === call.selfId),
    ...events,
  );
}

type FieldEvents = (change: {
  readonly after: Participant;
  readonly user: SessionUser;
  readonly actor: SessionUser;
  readonly isLocal: boolean;
}) => readonly CallEvent[];

/** The events for a change of one field of a participant. */
const eventsOfField: { readonly [Field in keyof ParticipantChanges]: FieldEvents } = {
  audioMuted: ({ after, user, actor, isLocal }) => [
    callEvent(after.audioMuted ? 'onUserMuted' : 'onUserUnMuted', { muted: user, mutedBy: actor }),
    ...(isLocal ? [callEvent(after.audioMuted ? 'onAudioMuted' : 'onAudioUnMuted')] : []),
  ],
  videoPaused: ({ after, user, isLocal }) => [
    callEvent(after.videoPaused ? 'onParticipantVideoPaused' : 'onParticipantVideoResumed', user),
    ...(isLocal ? [callEvent(after.videoPaused ? 'onVideoPaused' : 'onVideoResumed')] : []),
  ],
  screenSharing: ({ after, user }) => [
    callEvent(
      after.screenSharing ? 'onParticipantStartedScreenShare' : 'onParticipantStoppedScreenShare',
      user,
    ),
  ],
  recording: ({ after, user }) => [
    after.recording ? recordingStarted(after) : callEvent('onRecordingStopped', { user }),
  ],
  handRaisedAt: ({ after, user }) => [
    callEvent(after.handRaisedAt === null ? 'onParticipantHandLowered' : 'onParticipantHandRaised', user),
  ],
};

function participantEvents(
  before: Participant,
  after: Participant,
  actor: Participant,
  isLocal: boolean,
): CallEvent[] {
  const change = { after, user: sessionUser(after), actor: sessionUser(actor), isLocal };
  return (Object.keys(eventsOfField) as (keyof ParticipantChanges)[])
    .filter((field) => before[field] !== after[field])
    .flatMap((field) => eventsOfField[field]?.(change) ?? []);
}

export function switchedToVideo(call: ActiveCall, fact: Fact<'switched-to-video'>): TransitionResult {
  const initiator = call.participants.get(fact.initiator);
  const responder = call.participants.get(fact.responder);
  const next = { ...call, audioOnly: false, videoRequest: null };
  if (!initiator || !responder) return result(next);
  return result(
    next,
    callEvent('onCallSwitchedToVideo', {
      sessionId: call.sessionId,
      initiator: sessionUser(initiator),
      responder: sessionUser(responder),
    }),
  );
}

function recordingStarted(participant: Participant): CallEvent {
  return callEvent('onRecordingStarted', { user: sessionUser(participant) });
}

function userListUpdated(call: ActiveCall): CallEvent {
  return callEvent('onUserListUpdated', [...call.participants.values()].map(sessionUser));
}

function roster(participants: readonly Participant[]): ReadonlyMap<ParticipantId, Participant> {
  return new Map(
    [...participants].sort((a, b) => a.order - b.order).map((participant) => [participant.id, participant]),
  );
}
