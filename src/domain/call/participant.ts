/** Assigned by the server at the first join; survives reconnects. */
export type ParticipantId = string;

/** The id of the local participant until the server assigns one. */
export const localIdBeforeJoin: ParticipantId = '';

/** The state that a participant publishes and the server sends to the others. */
export interface ParticipantState {
  readonly audioMuted: boolean;
  readonly videoPaused: boolean;
  readonly screenSharing: boolean;
  readonly recording: boolean;
  /** When the hand was raised (ms since 1970); `null` while it is down. */
  readonly handRaisedAt: number | null;
  /** Whether the camera is on but delivers only black frames. Absent if not, or if not checked. */
  readonly cameraBlack?: boolean | undefined;
  /** In a presentation: whether this participant presents, or only watches. Absent in other calls. */
  readonly isPresenter?: boolean | undefined;
}

/** One user on one device in a call. A `uid` may occur twice, on two devices. */
export interface Participant extends ParticipantState {
  readonly id: ParticipantId;
  readonly uid: string;
  readonly name: string;
  /** URL of a picture, or empty. */
  readonly avatar: string;
  /** The order of joining. Of two participants, the one with the higher number sends the offer. */
  readonly order: number;
  /** ms since 1970, by the server's clock. */
  readonly joinedAt: number;
  readonly connection: 'connected' | 'reconnecting';
}

/** Whether a participant only watches a presentation: a viewer sends nothing, and has no tile. */
export function isViewer({ isPresenter }: Pick<ParticipantState, 'isPresenter'>): boolean {
  return isPresenter === false;
}

/** What muting a source changes. */
export const muteChanges = { microphone: { audioMuted: true }, camera: { videoPaused: true } } as const;

export type ParticipantChanges = Partial<Omit<Participant, 'id' | 'uid' | 'order' | 'joinedAt'>>;

export const initialParticipantState: ParticipantState = {
  audioMuted: false,
  videoPaused: false,
  screenSharing: false,
  recording: false,
  handRaisedAt: null,
};

/** A participant in CometChat's format. */
export interface SessionUser {
  /** The participant id (CometChat v5: `pid`). */
  readonly id: string;
  /** The id of the user in the application. */
  readonly uid: string;
  /** The name that is shown. */
  readonly name: string;
  /** URL of a picture; empty without one. */
  readonly avatar: string;
  /** ISO 8601. */
  readonly joinedAt: string;
  /** Whether the microphone is off. */
  readonly isAudioMuted: boolean;
  /** Whether the camera is off. */
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
