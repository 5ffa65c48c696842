import type { HistoryEntry, RingEntry, RoomEntry, Stay } from '../../../domain/history/history-entry.js';
import type { RingLegState } from '../../../domain/ring/ring-call.js';

/** The rows that entries write, by table. A row that is written more than once in a batch is there once. */
export interface HistoryRows {
  readonly roomCalls: readonly RoomCallRow[];
  readonly ringCalls: readonly RingCallRow[];
  readonly users: readonly UserRow[];
  readonly stays: readonly StayRow[];
  readonly recordings: readonly PeriodRow[];
  readonly screenShares: readonly PeriodRow[];
}

interface CallRow {
  readonly call_id: string;
  readonly session_id: string;
  readonly type: 'audio' | 'video';
  readonly initiator_uid: string;
  readonly initiated_at: number;
  readonly ended_at: number | null;
  readonly updated_at: number;
  readonly seq: number;
}

export interface RoomCallRow extends CallRow {
  readonly category: string;
  readonly video_ms: number;
  readonly has_recording: boolean;
}

export interface RingCallRow extends CallRow {
  readonly status: string;
  readonly receiver_type: string;
  readonly receiver_id: string;
  readonly receiver_name: string;
  readonly answered_at: number | null;
}

/** How a user stands in a call. `joined` and `left` are the same to the history: stays tell more. */
export type UserState = 'invited' | 'joined' | 'missed' | 'rejected' | 'busy';

export interface UserRow {
  readonly call_id: string;
  readonly uid: string;
  readonly name: string;
  readonly avatar: string;
  readonly state: UserState;
  readonly initiated_at: number;
  /** 0: learned from the room. */
  readonly ring_seq: number;
}

export interface StayRow {
  readonly call_id: string;
  readonly member_id: string;
  readonly uid: string;
  readonly is_presenter: boolean;
  readonly joined_at: number;
  readonly left_at: number | null;
  readonly reason: string | null;
  readonly audio_ms: number;
  readonly video_ms: number;
  readonly seq: number;
}

/** A recording or a screen share. */
export interface PeriodRow {
  readonly call_id: string;
  readonly member_id: string;
  readonly uid: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly seq: number;
}

/** Converts entries to rows. The rows of a table are sorted by key, so that two nodes never wait for each other. */
export function rowsOf(entries: readonly HistoryEntry[]): HistoryRows {
  const batch = new Batch();
  for (const entry of entries) {
    if (entry.source === 'room') addRoomEntry(batch, entry);
    else addRingEntry(batch, entry);
  }
  return batch.rows();
}

class Batch {
  readonly roomCalls = new Map<string, RoomCallRow>();
  readonly ringCalls = new Map<string, RingCallRow>();
  readonly users = new Map<string, UserRow>();
  readonly stays = new Map<string, StayRow>();
  readonly recordings = new Map<string, PeriodRow>();
  readonly screenShares = new Map<string, PeriodRow>();

  rows(): HistoryRows {
    return {
      roomCalls: sorted(this.roomCalls),
      ringCalls: sorted(this.ringCalls),
      users: sorted(this.users),
      stays: sorted(this.stays),
      recordings: sorted(this.recordings),
      screenShares: sorted(this.screenShares),
    };
  }
}

function sorted<Value>(rows: ReadonlyMap<string, Value>): readonly Value[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function addRoomEntry(batch: Batch, { callId, seq, at, call, facts }: RoomEntry): void {
  batch.roomCalls.set(callId, {
    call_id: callId,
    session_id: call.sessionId,
    category: call.category,
    type: call.hasVideo ? 'video' : 'audio',
    initiator_uid: call.initiator.uid,
    initiated_at: call.startedAt,
    ended_at: call.endedAt,
    video_ms: call.videoMs,
    has_recording: call.hasRecording,
    updated_at: at,
    seq,
  });
  for (const fact of facts) {
    if (!('stay' in fact)) continue;
    const { stay } = fact;
    addMember(batch, callId, stay, call.startedAt);
    const base = { call_id: callId, member_id: stay.memberId, uid: stay.user.uid };
    const key = `${callId} ${stay.memberId}`;
    if (fact.type === 'member-joined') batch.stays.set(key, { ...base, ...joinedStay(stay), seq });
    else if (fact.type === 'member-left')
      batch.stays.set(key, {
        ...{ ...base, ...joinedStay(stay), left_at: at, reason: fact.reason, seq },
        ...{ audio_ms: fact.audioMs, video_ms: fact.videoMs },
      });
    else {
      const [kind, hasEnded] = periods[fact.type];
      const ended_at = hasEnded ? at : null;
      batch[kind].set(`${key} ${fact.startedAt}`, { ...base, started_at: fact.startedAt, ended_at, seq });
    }
  }
}

/** What begins or ends with a fact. */
const periods = {
  'recording-started': ['recordings', false],
  'recording-ended': ['recordings', true],
  'screen-share-started': ['screenShares', false],
  'screen-share-ended': ['screenShares', true],
} as const;

function joinedStay({ joinedAt, isPresenter }: Stay) {
  return {
    ...{ is_presenter: isPresenter, joined_at: joinedAt },
    ...{ left_at: null, reason: null, audio_ms: 0, video_ms: 0 },
  };
}

function addMember(batch: Batch, callId: string, { user }: Stay, startedAt: number): void {
  const key = `${callId} ${user.uid}`;
  const known = batch.users.get(key);
  batch.users.set(key, {
    ...{ call_id: callId, ...user, state: 'joined', initiated_at: known?.initiated_at ?? startedAt },
    ring_seq: known?.ring_seq ?? 0,
  });
}

const stateOfLeg: { readonly [State in RingLegState]: UserState } = {
  ringing: 'invited',
  joined: 'joined',
  left: 'joined',
  missed: 'missed',
  rejected: 'rejected',
  busy: 'busy',
};

function addRingEntry(batch: Batch, { callId, seq, at, call }: RingEntry): void {
  const { receiver, legs } = call;
  const callee = legs.find(({ user }) => user.uid !== call.initiatorUid)?.user;
  batch.ringCalls.set(callId, {
    ...{ call_id: callId, session_id: call.sessionId, type: call.type, status: call.status },
    initiator_uid: call.initiatorUid,
    receiver_type: receiver.type,
    receiver_id: receiver.type === 'user' ? receiver.uid : receiver.guid,
    receiver_name: receiver.type === 'user' ? (callee?.name ?? receiver.uid) : receiver.name,
    ...{ initiated_at: call.initiatedAt, answered_at: call.answeredAt, ended_at: call.endedAt },
    ...{ updated_at: at, seq },
  });
  for (const { user, state } of legs) {
    const key = `${callId} ${user.uid}`;
    const hasJoined = batch.users.get(key)?.state === 'joined';
    batch.users.set(key, {
      ...{ call_id: callId, uid: user.uid, name: user.name, avatar: user.avatar, ring_seq: seq },
      ...{ state: hasJoined ? 'joined' : stateOfLeg[state], initiated_at: call.initiatedAt },
    });
  }
}
