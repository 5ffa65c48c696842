import type { ParticipantId } from '../../domain/call/participant.js';
import {
  callIdFor,
  type HistoryUser,
  type LeaveReason,
  type RoomCallSummary,
  type RoomFact,
  type Stay,
} from '../../domain/history/history-entry.js';
import type { RoomTransition } from './room-transition.js';
import type { ContinuedCall, MemberTimes, Room, RoomCall, RoomParticipant, Stopwatch } from './room.js';

/** What a step does not know by itself. */
export interface HistoryContext {
  /** ms since 1970. */
  readonly at: number;
  /** The id of the call, if the step starts one. */
  readonly newCallId: string;
  readonly continued?: ContinuedCall | undefined;
}

/**
 * Adds to a transition what the call history learns from it. Room and facts cannot contradict each other: the facts
 * are the difference between the room before and after.
 */
export function withHistory(
  before: Room,
  transition: RoomTransition,
  context: HistoryContext,
): RoomTransition {
  const { room } = transition;
  if (room.participants === before.participants) return transition;
  const started = before.call ?? startedCall(room, context);
  if (!started) return transition;
  const facts = factsBetween(before, room, started, context.at);
  const call = nextCall(started, room, context.at);
  const isOver = room.participants.length === 0;
  const next = { ...room, call: isOver ? null : call };
  if (facts.length === 0) return { ...transition, room: next };
  const seq = Math.max(started.seq + 1, context.at);
  const numbered = { ...call, seq };
  return {
    ...transition,
    room: { ...next, call: isOver ? null : numbered },
    history: {
      source: 'room',
      callId: call.callId,
      seq,
      at: context.at,
      call: summaryOf(room.sessionId, call, { at: context.at, isOver }),
      facts,
    },
  };
}

function startedCall(room: Room, { at, newCallId, continued }: HistoryContext): RoomCall | null {
  const [first] = room.participants;
  if (!first) return null;
  return {
    callId: callIdFor(room.sessionId, newCallId),
    startedAt: at,
    initiator: userOf(first),
    ...continued,
    // Numbers start at the current time, not at zero: after a restart the call goes on with higher ones.
    seq: 0,
    hasPresenters: false,
    hasRecording: false,
    video: stopped,
    members: {},
  };
}

function factsBetween(before: Room, after: Room, call: RoomCall, at: number): readonly RoomFact[] {
  const facts: RoomFact[] = before.call ? [] : [{ type: 'call-started' }];
  const remaining = new Map(after.participants.map((participant) => [participant.id, participant]));
  const known = new Map(before.participants.map((participant) => [participant.id, participant]));
  for (const participant of before.participants) {
    const now = remaining.get(participant.id);
    if (now !== participant) facts.push(...activityFacts(participant, now, call, at));
    if (!now) facts.push(leftFact(participant, call, { at, reason: reasonOf(participant, before, after) }));
  }
  for (const participant of after.participants) {
    if (known.has(participant.id)) continue;
    facts.push({ type: 'member-joined', stay: stayOf(participant) });
    facts.push(...activityFacts(undefined, participant, call, at));
  }
  if (after.participants.length === 0) facts.push({ type: 'call-ended' });
  return facts;
}

/** The shares and recordings that began or ended with a change of a participant. */
function activityFacts(
  before: RoomParticipant | undefined,
  after: RoomParticipant | undefined,
  { members }: RoomCall,
  at: number,
): readonly RoomFact[] {
  const participant = after ?? before;
  if (!participant) return [];
  const stay = stayOf(participant);
  const facts: RoomFact[] = [];
  const [wasSharing = false, isSharing = false] = [before?.screenSharing, after?.screenSharing];
  if (wasSharing !== isSharing) {
    const startedAt = members[participant.id]?.sharingSince ?? at;
    facts.push({ type: isSharing ? 'screen-share-started' : 'screen-share-ended', stay, startedAt });
  }
  const [wasRecording = false, isRecording = false] = [before?.recording, after?.recording];
  if (wasRecording !== isRecording) {
    const startedAt = members[participant.id]?.recordingSince ?? at;
    facts.push({ type: isRecording ? 'recording-started' : 'recording-ended', stay, startedAt });
  }
  return facts;
}

function leftFact(
  participant: RoomParticipant,
  { members }: RoomCall,
  { at, reason }: { readonly at: number; readonly reason: LeaveReason },
): RoomFact {
  const times = members[participant.id];
  const videoMs = times ? elapsed(times.video, at) : 0;
  const presentMs = times ? elapsed(times.present, at) : 0;
  return { type: 'member-left', stay: stayOf(participant), reason, audioMs: presentMs - videoMs, videoMs };
}

function reasonOf({ connectionId }: RoomParticipant, before: Room, after: Room): LeaveReason {
  if (after.endedSession !== before.endedSession && after.endedSession !== null) return 'ended-for-all';
  return connectionId === null ? 'disconnected' : 'left';
}

function nextCall(call: RoomCall, { participants }: Room, at: number): RoomCall {
  const members: Record<ParticipantId, MemberTimes> = {};
  for (const participant of participants) {
    const { id, recording, screenSharing, connectionId } = participant;
    const { present, video, recordingSince, sharingSince } = call.members[id] ?? noTimes;
    members[id] = {
      present: running(present, connectionId !== null, at),
      video: running(video, sendsVideo(participant), at),
      recordingSince: recording ? (recordingSince ?? at) : null,
      sharingSince: screenSharing ? (sharingSince ?? at) : null,
    };
  }
  return {
    ...call,
    hasPresenters: call.hasPresenters || participants.some(({ isPresenter }) => isPresenter === true),
    hasRecording: call.hasRecording || participants.some(({ recording }) => recording),
    video: running(call.video, participants.some(sendsVideo), at),
    members,
  };
}

function sendsVideo({ connectionId, videoPaused, screenSharing }: RoomParticipant): boolean {
  return connectionId !== null && (!videoPaused || screenSharing);
}

function summaryOf(
  sessionId: string,
  call: RoomCall,
  { at, isOver }: { readonly at: number; readonly isOver: boolean },
): RoomCallSummary {
  const { callId, startedAt, initiator, hasPresenters, hasRecording, video } = call;
  return {
    sessionId,
    startedAt,
    initiator,
    category: callId === sessionId ? 'call' : hasPresenters ? 'presenter' : 'meet',
    hasVideo: video.since !== null || video.ms > 0,
    hasRecording,
    videoMs: elapsed(video, at),
    endedAt: isOver ? at : null,
  };
}

const stopped: Stopwatch = { ms: 0, since: null };
const noTimes: MemberTimes = { present: stopped, video: stopped, recordingSince: null, sharingSince: null };

function running(watch: Stopwatch, isOn: boolean, at: number): Stopwatch {
  if (isOn === (watch.since !== null)) return watch;
  return isOn ? { ms: watch.ms, since: at } : { ms: elapsed(watch, at), since: null };
}

function elapsed({ ms, since }: Stopwatch, at: number): number {
  return since === null ? ms : ms + Math.max(0, at - since);
}

function stayOf(participant: RoomParticipant): Stay {
  const { id, joinedAt, isPresenter = false } = participant;
  return { memberId: id, user: userOf(participant), joinedAt, isPresenter };
}

function userOf({ uid, name, avatar }: HistoryUser): HistoryUser {
  return { uid, name, avatar };
}
