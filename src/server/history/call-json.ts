import type { CallRecord, RecordedPeriod, RecordedStay, RecordedUser } from './history-reader.js';

interface JsonOptions {
  /** The user who reads it; `null`: a backend. */
  readonly viewer: string | null;
  /** ms since 1970: how long calls that are going on have lasted. */
  readonly now: number;
}

/** A call in the format of CometChat's REST API: times in seconds since 1970, durations in minutes. */
export function callJson(call: CallRecord, { viewer, now }: JsonOptions): object {
  const durationMs = durationOf(call, now);
  const videoMs = Math.min(durationMs, call.videoMs);
  const users = call.users.map((user) => shownTo(viewer, call, user));
  return {
    sessionId: call.sessionId,
    mid: call.callId,
    type: call.type,
    mode: call.category,
    status: call.status,
    totalAudioMinutes: minutes(durationMs - videoMs),
    totalVideoMinutes: minutes(videoMs),
    totalDurationInMinutes: minutes(durationMs),
    totalDuration: clockText(durationMs),
    totalParticipants: call.stays.length,
    hasRecording: call.hasRecording,
    initiator: call.initiatorUid,
    receiver: call.receiver.id,
    receiverType: call.receiver.type,
    data: { entities: entitiesOf(call, users) },
    initiatedAt: seconds(call.initiatedAt),
    ...(call.startedAt !== null && { startedAt: seconds(call.startedAt) }),
    ...(call.endedAt !== null && { endedAt: seconds(call.endedAt) }),
    participants: participantsOf(call, users, now),
    ...(call.recordings.length > 0 && {
      recordings: call.recordings.map((recording) => ({
        rid: `${recording.memberId}-${recording.startedAt}`,
        // The recording is on the device of the participant who made it.
        recording_url: '',
        ...periodJson(recording, now),
      })),
    }),
    ...(call.screenShares.length > 0 && {
      screenShares: call.screenShares.map((share) => periodJson(share, now)),
    }),
  };
}

function periodJson({ uid, startedAt, endedAt }: RecordedPeriod, now: number): object {
  return {
    uid,
    startTime: seconds(startedAt),
    endTime: seconds(endedAt ?? now),
    duration: ((endedAt ?? now) - startedAt) / 1000,
  };
}

/** A ringing call lasts from its answer, any other from its first participant. */
function durationOf(call: CallRecord, now: number): number {
  const { category, answeredAt, startedAt } = call;
  if (category === 'call' && answeredAt === null) return 0;
  const start = Math.max(answeredAt ?? 0, startedAt ?? 0);
  return Math.max(0, (call.emptiedAt ?? call.endedAt ?? now) - start);
}

/** A group call must not reveal who its members are: those who have not taken part are shown by uid. */
function shownTo(viewer: string | null, call: CallRecord, user: RecordedUser): RecordedUser {
  const isKnown =
    viewer === null ||
    call.receiver.type === 'user' ||
    user.state === 'joined' ||
    [user.uid, call.initiatorUid].includes(viewer);
  return isKnown ? user : { ...user, name: user.uid, avatar: '' };
}

function entitiesOf({ initiatorUid, receiver }: CallRecord, users: readonly RecordedUser[]): object {
  const entity = (uid: string): object => {
    const user = users.find((one) => one.uid === uid);
    return { entityType: 'user', entity: { uid, name: user?.name ?? uid, avatar: user?.avatar ?? '' } };
  };
  return {
    initiator: entity(initiatorUid),
    receiver:
      receiver.type === 'user'
        ? entity(receiver.id)
        : { entityType: 'group', entity: { guid: receiver.id, name: receiver.name, icon: '' } },
  };
}

/** One per device that took part, and one per user who did not. */
function participantsOf(call: CallRecord, users: readonly RecordedUser[], now: number): readonly object[] {
  return users.flatMap((user) => {
    const { uid, name, avatar } = user;
    const stays = call.stays.filter((stay) => stay.uid === uid);
    const shared = { uid, name, avatar, mid: call.callId };
    if (stays.length > 0) return stays.map((stay) => ({ ...shared, ...stayJson(stay, now) }));
    const isJoined = user.state === 'joined';
    return [
      {
        ...{ ...shared, isJoined, hasJoined: isJoined, state: stateNames[user.state] ?? call.status },
        ...{ totalAudioMinutes: 0, totalVideoMinutes: 0, totalDurationInMinutes: 0 },
      },
    ];
  });
}

const stateNames: Readonly<Record<string, string | undefined>> = {
  missed: 'unanswered',
  rejected: 'rejected',
  busy: 'busy',
  invited: 'initiated',
};

function stayJson(
  { memberId, joinedAt, leftAt, reason, audioMs, videoMs, isPresenter }: RecordedStay,
  now: number,
): object {
  // Minutes are known when the participant leaves.
  const totalMs = leftAt === null ? Math.max(0, now - joinedAt) : audioMs + videoMs;
  return {
    deviceId: memberId,
    isJoined: true,
    hasJoined: true,
    state: leftAt === null ? 'ongoing' : 'ended',
    joinedAt: seconds(joinedAt),
    ...(leftAt !== null && { leftAt: seconds(leftAt), leaveReason: reason }),
    totalAudioMinutes: minutes(totalMs - videoMs),
    totalVideoMinutes: minutes(videoMs),
    totalDurationInMinutes: minutes(totalMs),
    ...(isPresenter && { isPresenter }),
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

function minutes(ms: number): number {
  return Math.round(ms) / 60_000;
}

/** `01:02:03` */
function clockText(ms: number): string {
  const total = seconds(ms);
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
