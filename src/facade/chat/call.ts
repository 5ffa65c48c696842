import type { RingView } from '../../domain/ring/ring-view.js';
import { CATEGORY_CALL } from './chat-constants.js';
import { Group, User } from './user.js';

interface CallFields {
  sessionId: string;
  receiverId: string;
  type: string;
  receiverType: string;
  category: string;
  status: string;
  action: string;
  initiator: User | undefined;
  receiver: User | Group | undefined;
  initiatedAt: number;
  joinedAt: number;
  endedAt: number;
  metadata: unknown;
  members: readonly string[];
}

const noFields: CallFields = {
  sessionId: '',
  receiverId: '',
  type: '',
  receiverType: '',
  category: CATEGORY_CALL,
  status: '',
  action: '',
  initiator: undefined,
  receiver: undefined,
  initiatedAt: 0,
  joinedAt: 0,
  endedAt: 0,
  metadata: null,
  members: [],
};

/** A call that rings, rang or is to ring. Its times are seconds since 1970. */
export class Call {
  #fields: CallFields;

  constructor(receiverId: string, type: string, receiverType: string, category: string = CATEGORY_CALL) {
    this.#fields = { ...noFields, receiverId, type, receiverType, category };
  }

  /** The call as the server reports it. */
  static callFromView(view: RingView): Call {
    const { receiver, type, initiatedAt, answeredAt, endedAt } = view;
    const id = receiver.type === 'user' ? receiver.uid : receiver.guid;
    return new Call(id, type, receiver.type).#with({
      sessionId: view.sessionId,
      status: view.status,
      action: view.status,
      initiator: new User({ ...view.initiator }),
      receiver: receiverOf(view),
      initiatedAt: seconds(initiatedAt),
      joinedAt: view.self.state === 'ringing' ? 0 : seconds(answeredAt),
      endedAt: seconds(endedAt),
      metadata: view.metadata,
      members: view.parties.map(({ uid }) => uid).filter((uid) => uid !== view.initiator.uid),
    });
  }

  /** From what CometChat's servers and push notifications describe a call by. */
  static callFromJSON(json: object): Call {
    const { data, ...outer } = json as { data?: { entities?: object } } & Record<string, unknown>;
    const entity = entityIn(data?.entities) ?? outer;
    const text = (...names: string[]): string => {
      const found = names.map((name) => entity[name] ?? outer[name]).find((value) => value !== undefined);
      return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
    };
    const call = new Call(text('receiverId', 'receiver'), text('type'), text('receiverType'));
    const [status, action] = [text('status'), text('action', 'status')];
    const initiatedAt = Number(text('initiatedAt', 'sentAt')) || 0;
    return call.#with({ sessionId: text('sessionid', 'sessionId'), status, action, initiatedAt });
  }

  /** The id of the call and of its session; empty until the server assigned one. */
  getSessionId(): string {
    return this.#fields.sessionId;
  }
  /** Sets the session id in this object. */
  setSessionId(sessionId: string): void {
    this.#with({ sessionId });
  }
  /** `audio` or `video`. */
  getType(): string {
    return this.#fields.type;
  }
  /** Sets the type: one of CALL_TYPE. */
  setType(type: string): void {
    this.#with({ type });
  }
  /** `user` or `group`. */
  getReceiverType(): string {
    return this.#fields.receiverType;
  }
  /** Sets the receiver type: one of RECEIVER_TYPE. */
  setReceiverType(receiverType: string): void {
    this.#with({ receiverType });
  }
  /** The uid of the called user, or the guid of the group. */
  getReceiverId(): string {
    return this.#fields.receiverId;
  }
  /** Sets the uid or guid of the receiver. */
  setReceiverId(receiverId: string): void {
    this.#with({ receiverId });
  }
  /** Whom a call to a group is for: uids, without the caller's. */
  getMembers(): readonly string[] {
    return this.#fields.members;
  }
  /** Groups live in the application: a group call names its members. */
  setMembers(members: readonly string[]): void {
    this.#with({ members: [...members] });
  }
  /** One of CALL_STATUS. */
  getStatus(): string {
    return this.#fields.status;
  }
  /** Sets the status in this object. To change the call, use `acceptCall`, `rejectCall` or `endCall`. */
  setStatus(status: string): void {
    this.#with({ status });
  }
  /** What happened last: the same words as the status. */
  getAction(): string {
    return this.#fields.action;
  }
  /** Sets the action in this object. */
  setAction(action: string): void {
    this.#with({ action });
  }
  /** The caller; `undefined` before the call is placed. */
  getCallInitiator(): User | undefined {
    return this.#fields.initiator;
  }
  /** Sets the caller in this object. */
  setCallInitiator(initiator: User): void {
    this.#with({ initiator });
  }
  /** The called user or group; `undefined` before the call is placed. */
  getCallReceiver(): User | Group | undefined {
    return this.#fields.receiver;
  }
  /** Sets the receiver in this object. */
  setCallReceiver(receiver: User | Group): void {
    this.#with({ receiver });
  }
  /** The caller: the same as `getCallInitiator`. */
  getSender(): User | undefined {
    return this.#fields.initiator;
  }
  /** Sets the caller in this object. */
  setSender(sender: User): void {
    this.#with({ initiator: sender });
  }
  /** The called user or group: the same as `getCallReceiver`. */
  getReceiver(): User | Group | undefined {
    return this.#fields.receiver;
  }
  /** Sets the receiver in this object. */
  setReceiver(receiver: User | Group): void {
    this.#with({ receiver });
  }
  /** When the call was placed, in seconds since 1970; 0 before. */
  getInitiatedAt(): number {
    return this.#fields.initiatedAt;
  }
  /** Sets when the call was placed, in seconds since 1970. */
  setInitiatedAt(initiatedAt: number): void {
    this.#with({ initiatedAt });
  }
  /** When it was answered; 0 before. */
  getJoinedAt(): number {
    return this.#fields.joinedAt;
  }
  /** Sets when it was answered, in seconds since 1970. */
  setJoinedAt(joinedAt: number): void {
    this.#with({ joinedAt });
  }
  /** 0 while it is live. */
  getEndedAt(): number {
    return this.#fields.endedAt;
  }
  /** When the call was placed: the same as `getInitiatedAt`. */
  getSentAt(): number {
    return this.#fields.initiatedAt;
  }
  /** The same as `getSessionId`. */
  getId(): string {
    return this.#fields.sessionId;
  }
  /** `call`. */
  getCategory(): string {
    return this.#fields.category;
  }
  /** Sets the category in this object. */
  setCategory(category: string): void {
    this.#with({ category });
  }
  /** The caller's custom data, unchanged; at most 4096 characters of JSON. */
  getMetadata(): unknown {
    return this.#fields.metadata;
  }
  /** Sets the custom data: anything that JSON can express, at most 4096 characters of it. */
  setMetadata(metadata: unknown): void {
    this.#with({ metadata });
  }

  #with(changes: Partial<CallFields>): this {
    this.#fields = { ...this.#fields, ...changes };
    return this;
  }
}

/** What `initiateCall` needs of a Call: ours, or that of CometChat's SDK. */
export type CallLike = Pick<Call, 'getReceiverId' | 'getType' | 'getReceiverType'> &
  Partial<Pick<Call, 'getMembers' | 'getMetadata'>>;

export function isCallLike(value: unknown): value is CallLike {
  const call = value as Partial<CallLike> | null | undefined;
  const methods = [call?.getReceiverId, call?.getType, call?.getReceiverType];
  return methods.every((method) => typeof method === 'function');
}

function receiverOf({ receiver, parties }: RingView): User | Group {
  if (receiver.type === 'group') return new Group(receiver.guid, receiver.name || receiver.guid);
  const { uid, name, avatar } = parties.find((party) => party.uid === receiver.uid) ?? {
    ...receiver,
    name: receiver.uid,
    avatar: '',
  };
  return new User({ uid, name, avatar });
}

function entityIn(entities: object | undefined): Record<string, unknown> | undefined {
  const { on } = (entities ?? {}) as { on?: { entity?: Record<string, unknown> } };
  return on?.entity;
}

function seconds(ms: number | null): number {
  return ms === null ? 0 : Math.floor(ms / 1000);
}
