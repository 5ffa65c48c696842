import { audioModes } from './audio-modes.js';
import { callEvent, type CallEvent } from './call-events.js';
import type { CallFact, Snapshot } from './call-facts.js';
import { others, type ActiveCall, type JoiningCall } from './call-state.js';
import {
  sessionUser,
  type Participant,
  type ParticipantChanges,
  type ParticipantId,
  type SessionUser,
} from './participant.js';
import { step, type Step } from './step.js';

type Fact<Type extends CallFact['type']> = Extract<CallFact, { type: Type }>;

export function joined(state: JoiningCall, { snapshot, at, mode, audioOnly }: Fact<'joined'>): Step {
  const participants = roster([snapshot.self, ...snapshot.participants]);
  const call: ActiveCall = {
    phase: 'active',
    local: state.local,
    streams: state.streams,
    sessionId: snapshot.sessionId,
    selfId: snapshot.self.id,
    participants,
    links: new Map(),
    qualities: new Map(),
    startedAt: at,
    most: participants.size,
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
  return step(
    call,
    callEvent('onSessionJoined', { sessionId: call.sessionId }),
    ...present,
    userListUpdated(call),
    ...(modes.length > 0 ? [callEvent('onAudioModeChanged', modes)] : []),
    ...[...participants.values()].filter(({ recording }) => recording).map(recordingStarted),
  );
}

/** After a gap: what changed meanwhile is told as if it had been heard at the time. */
export function restored(call: ActiveCall, { snapshot, absent }: Fact<'connection-restored'>): Step {
  const events: CallEvent[] = [];
  // Whoever had to join anew has another id, and is still the same person here.
  let next: ActiveCall = {
    ...call,
    phase: 'active',
    selfId: snapshot.self.id,
    participants: withSelf(call, snapshot.self),
  };
  const apply = (made: Step): void => {
    next = made.state as ActiveCall;
    events.push(...made.events);
  };
  const listed = new Map(everybody(snapshot).map((participant) => [participant.id, participant]));
  for (const id of [...next.participants.keys()]) {
    if (listed.has(id)) continue;
    if (absent.includes(id)) apply(participantUpdated(next, awayFor(id)));
    else apply(participantLeft(next, id));
  }
  for (const participant of listed.values()) {
    const { id } = participant;
    if (!next.participants.has(id)) apply(participantJoined(next, participant));
    else if (id !== next.selfId)
      apply(participantUpdated(next, { type: 'participant-updated', id, changes: participant, by: id }));
  }
  if (call.phase === 'reconnecting') events.unshift(callEvent('onConnectionRestored'));
  return step(next, ...events);
}

function withSelf(call: ActiveCall, own: Participant): ActiveCall['participants'] {
  if (own.id === call.selfId) return call.participants;
  return roster([...others(call), own]);
}

function everybody({ self, participants }: Snapshot): readonly Participant[] {
  return [self, ...participants];
}

function awayFor(id: ParticipantId): Fact<'participant-updated'> {
  return { type: 'participant-updated', id, changes: { connection: 'reconnecting' }, by: null };
}

export function participantJoined(call: ActiveCall, participant: Participant): Step {
  if (call.participants.has(participant.id)) return step(call);
  const participants = roster([...call.participants.values(), participant]);
  const next = { ...call, participants, most: Math.max(call.most, participants.size) };
  return step(
    next,
    callEvent('onUserJoined', sessionUser(participant)),
    userListUpdated(next),
    ...(participant.recording ? [recordingStarted(participant)] : []),
  );
}

export function participantLeft(call: ActiveCall, id: ParticipantId): Step {
  const gone = call.participants.get(id);
  if (!gone || id === call.selfId) return step(call);
  const without = <Value>(map: ReadonlyMap<ParticipantId, Value>): Map<ParticipantId, Value> =>
    new Map([...map].filter(([key]) => key !== id));
  const next: ActiveCall = {
    ...call,
    participants: without(call.participants),
    links: without(call.links),
    qualities: without(call.qualities),
    speaker: call.speaker === id ? null : call.speaker,
    pinned: call.pinned?.participantId === id ? null : call.pinned,
    videoRequest: call.videoRequest?.by === id ? null : call.videoRequest,
  };
  const events: CallEvent[] = [];
  if (gone.recording) events.push(callEvent('onRecordingStopped', { user: sessionUser(gone) }));
  if (gone.screenSharing) events.push(callEvent('onParticipantStoppedScreenShare', sessionUser(gone)));
  events.push(callEvent('onUserLeft', sessionUser(gone)), userListUpdated(next));
  if (call.speaker === id) events.push(callEvent('onDominantSpeakerChanged', null));
  if (call.most === 2 && next.participants.size === 1) events.push(callEvent('onCallEnded'));
  return step(next, ...events);
}

export function participantUpdated(call: ActiveCall, { id, changes, by }: Fact<'participant-updated'>): Step {
  const before = call.participants.get(id);
  if (!before) return step(call);
  const after: Participant = { ...before, ...changes };
  const next = { ...call, participants: new Map(call.participants).set(id, after) };
  const actor = (by === null ? undefined : call.participants.get(by)) ?? after;
  return step(next, ...stateEvents(before, after, by === id ? after : actor, id === call.selfId));
}

type StateEvents = (change: {
  readonly after: Participant;
  readonly user: SessionUser;
  readonly actor: SessionUser;
  readonly own: boolean;
}) => readonly CallEvent[];

/** What a change of one field of a participant's state means to listeners. */
const eventsOfField: { readonly [Field in keyof ParticipantChanges]: StateEvents } = {
  audioMuted: ({ after, user, actor, own }) => [
    callEvent(after.audioMuted ? 'onUserMuted' : 'onUserUnMuted', { muted: user, mutedBy: actor }),
    ...(own ? [callEvent(after.audioMuted ? 'onAudioMuted' : 'onAudioUnMuted')] : []),
  ],
  videoPaused: ({ after, user, own }) => [
    callEvent(after.videoPaused ? 'onParticipantVideoPaused' : 'onParticipantVideoResumed', user),
    ...(own ? [callEvent(after.videoPaused ? 'onVideoPaused' : 'onVideoResumed')] : []),
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
  connection: ({ after, user }) => [
    callEvent(
      after.connection === 'reconnecting' ? 'onRemoteConnectionLost' : 'onRemoteConnectionRestored',
      user,
    ),
  ],
};

function stateEvents(before: Participant, after: Participant, actor: Participant, own: boolean): CallEvent[] {
  const change = { after, user: sessionUser(after), actor: sessionUser(actor), own };
  return (Object.keys(eventsOfField) as (keyof ParticipantChanges)[])
    .filter((field) => before[field] !== after[field])
    .flatMap((field) => eventsOfField[field]?.(change) ?? []);
}

export function switchedToVideo(call: ActiveCall, fact: Fact<'switched-to-video'>): Step {
  const initiator = call.participants.get(fact.initiator);
  const responder = call.participants.get(fact.responder);
  const next = { ...call, audioOnly: false, videoRequest: null };
  if (!initiator || !responder) return step(next);
  return step(
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
  return new Map([...participants].sort((a, b) => a.order - b.order).map((one) => [one.id, one]));
}
