/** Given by the server at the first join; survives reconnects. */
export type ParticipantId = string;

/** What a participant says of itself and the server repeats to the others. */
export interface ParticipantState {
  readonly audioMuted: boolean;
  readonly videoPaused: boolean;
  readonly screenSharing: boolean;
  readonly recording: boolean;
  /** When the hand went up (ms since 1970), or `null` while it is down. */
  readonly handRaisedAt: number | null;
  /** The camera is on and gives nothing but black. Absent: it does not, or nobody looked. */
  readonly cameraBlack?: boolean | undefined;
}

/** One person in the call, on one device. The same `uid` may be there twice, from two devices. */
export interface Participant extends ParticipantState {
  readonly id: ParticipantId;
  readonly uid: string;
  readonly name: string;
  /** URL of a picture, or empty. */
  readonly avatar: string;
  /** Place in the order of joining: of two participants, the one with the higher number makes the offer. */
  readonly order: number;
  /** ms since 1970, by the server's clock. */
  readonly joinedAt: number;
  readonly connection: 'connected' | 'reconnecting';
}

export type ParticipantChanges = Partial<Omit<Participant, 'id' | 'uid' | 'order' | 'joinedAt'>>;

export const initialParticipantState: ParticipantState = {
  audioMuted: false,
  videoPaused: false,
  screenSharing: false,
  recording: false,
  handRaisedAt: null,
};

/** A participant as CometChat's listeners get it. */
export interface SessionUser {
  /** The participant id (CometChat v5: `pid`). */
  readonly id: string;
  readonly uid: string;
  readonly name: string;
  readonly avatar: string;
  /** ISO 8601. */
  readonly joinedAt: string;
  readonly isAudioMuted: boolean;
  readonly isVideoMuted: boolean;
}

export function sessionUser(participant: Participant): SessionUser {
  const { id, uid, name, avatar, joinedAt, audioMuted, videoPaused } = participant;
  return {
    id,
    uid,
    name,
    avatar,
    joinedAt: new Date(joinedAt).toISOString(),
    isAudioMuted: audioMuted,
    isVideoMuted: videoPaused,
  };
}
