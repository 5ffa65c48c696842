import { addAccessors, assignPresent, type Accessors } from './accessors.js';

/** What a model is read from: an object of the API, or its text. */
type Json = string | Readonly<Record<string, unknown>>;

function parsed(json: Json): Readonly<Record<string, unknown>> {
  return typeof json === 'string' ? (JSON.parse(json) as Record<string, unknown>) : json;
}

interface UserFields {
  Uid: string;
  Name: string;
  Avatar: string;
}

/** A user in a call of the history. */
export class CallUser {
  static {
    addAccessors(this.prototype, ['Uid', 'Name', 'Avatar']);
  }

  /** Creates a user from the JSON of the call history. */
  static getUserFromJson(json: Json): CallUser {
    const { uid, name, avatar } = parsed(json);
    const user = new CallUser();
    assignPresent(user, { uid, name, avatar });
    return user;
  }

  /** The user as JSON text. */
  toString(): string {
    return JSON.stringify(this);
  }
}
export interface CallUser extends Accessors<UserFields> {}

interface GroupFields {
  Guid: string;
  Name: string;
  Icon: string;
}

/** A group that was called, or the session of a meeting. */
export class CallGroup {
  static {
    addAccessors(this.prototype, ['Guid', 'Name', 'Icon']);
  }

  /** Creates a group from the JSON of the call history. */
  static getGroupFromJson(json: Json): CallGroup {
    const { guid, name, icon } = parsed(json);
    const group = new CallGroup();
    assignPresent(group, { guid, name, icon });
    return group;
  }

  /** The group as JSON text. */
  toString(): string {
    return JSON.stringify(this);
  }
}
export interface CallGroup extends Accessors<GroupFields> {}

interface ParticipantFields extends UserFields {
  TotalAudioMinutes: number;
  TotalVideoMinutes: number;
  TotalDurationInMinutes: number;
  DeviceID: string;
  HasJoined: boolean;
  /** Seconds since 1970. */
  JoinedAt: number;
  LeftAt: number;
  Mid: string;
  State: string;
}

/** A user on one device who took part, or a user who was invited and did not. */
export class Participant {
  static {
    addAccessors(this.prototype, [
      ...['Uid', 'Name', 'Avatar', 'TotalAudioMinutes', 'TotalVideoMinutes', 'TotalDurationInMinutes'],
      ...['DeviceID', 'HasJoined', 'JoinedAt', 'LeftAt', 'Mid', 'State'],
    ]);
  }

  /** Creates a participant from the JSON of the call history. */
  static getParticipantFromJson(json: Json): Participant {
    const { isJoined, hasJoined = isJoined, ...fields } = parsed(json);
    const participant = new Participant();
    assignPresent(participant, { ...fields, hasJoined });
    return participant;
  }
}
export interface Participant extends Accessors<ParticipantFields> {}

interface RecordingFields {
  Rid: string;
  /** Empty: the recording is where it was made. */
  RecordingURL: string;
  /** Seconds since 1970. */
  StartTime: number;
  EndTime: number;
  /** Seconds. */
  Duration: number;
}

/** A recording of a call. */
export class Recording {
  static {
    addAccessors(this.prototype, ['Rid', 'RecordingURL', 'StartTime', 'EndTime', 'Duration']);
  }

  /** Creates a recording from the JSON of the call history. */
  static getRecordingFromJson(json: Json): Recording {
    const { recording_url: recordingURL, ...fields } = parsed(json);
    const recording = new Recording();
    assignPresent(recording, { recordingURL, ...fields });
    return recording;
  }
}
export interface Recording extends Accessors<RecordingFields> {}

interface CallLogFields {
  SessionID: string;
  TotalAudioMinutes: number;
  TotalVideoMinutes: number;
  /** `00:01:30` */
  TotalDuration: string;
  TotalDurationInMinutes: number;
  HasRecording: boolean;
  /** Seconds since 1970. */
  InitiatedAt: number;
  EndedAt: number;
  /** `call`, `meet` or `presenter`. */
  CallCategory: string;
  Initiator: CallUser;
  Receiver: CallUser | CallGroup;
  /** `user` or `group`. */
  ReceiverType: string;
  Status: string;
  TotalParticipants: number;
  /** `audio` or `video`. */
  Type: string;
  /** Identifies the call; a session may have several. */
  Mid: string;
  Participants: Participant[];
  Recordings: Recording[];
}

/** A call of the history. Everything is a plain property as well; what the call does not have is not there. */
export class CallLog {
  static {
    addAccessors(this.prototype, [
      ...['SessionID', 'TotalAudioMinutes', 'TotalVideoMinutes', 'TotalDuration', 'TotalDurationInMinutes'],
      ...['HasRecording', 'InitiatedAt', 'EndedAt', 'CallCategory', 'Initiator', 'Receiver', 'ReceiverType'],
      ...['Status', 'TotalParticipants', 'Type', 'Mid', 'Participants', 'Recordings'],
    ]);
  }

  /** Creates a log from the JSON of the call history. */
  static callLogFromJson(json: Json): CallLog {
    const {
      mode,
      callCategory = mode,
      data,
      initiator,
      receiver,
      participants,
      recordings,
      ...fields
    } = parsed(json);
    const entities = (data as EntityData | undefined)?.entities;
    const log = new CallLog();
    assignPresent(log, {
      ...fields,
      callCategory,
      initiator: CallUser.getUserFromJson(entities?.initiator?.entity ?? entityOf(initiator, 'uid')),
      receiver:
        fields.receiverType === 'user'
          ? CallUser.getUserFromJson(entities?.receiver?.entity ?? entityOf(receiver, 'uid'))
          : CallGroup.getGroupFromJson(entities?.receiver?.entity ?? entityOf(receiver, 'guid')),
      participants: listOf(participants)?.map((each) => Participant.getParticipantFromJson(each)),
      recordings: listOf(recordings)?.map((each) => Recording.getRecordingFromJson(each)),
    });
    return log;
  }
}
export interface CallLog extends Accessors<CallLogFields> {}

interface EntityData {
  readonly entities?: Partial<
    Record<'initiator' | 'receiver', { readonly entity: Readonly<Record<string, unknown>> }>
  >;
}

/** Some APIs give the id alone. */
function entityOf(value: unknown, id: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  return typeof value === 'string' ? { [id]: value, name: value } : {};
}

function listOf(value: unknown): readonly Json[] | undefined {
  return Array.isArray(value) ? (value as Json[]) : undefined;
}
