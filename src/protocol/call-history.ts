import type { CallOutcome, PastCall } from '../domain/history/past-call.js';

/** A page of the history. */
export interface PastCalls {
  readonly calls: readonly PastCall[];
  /** Asks for the next page; `null`: this is the last one. */
  readonly cursor: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads an answer of `GET /v3.0/calls` for the user `uid`. Entries that are not calls are left out. */
export function readPastCalls(answer: unknown, uid: string): PastCalls {
  const { data, meta } = fieldsOf(answer);
  const cursor = fieldsOf(fieldsOf(meta).cursor).next;
  return {
    calls: listOf(data).flatMap((call) => {
      const read = readPastCall(call, uid);
      return read ? [read] : [];
    }),
    cursor: typeof cursor === 'string' ? cursor : null,
  };
}

function readPastCall(call: Fields, uid: string): PastCall | null {
  const { mid, sessionId, initiatedAt } = call;
  if (typeof mid !== 'string' || typeof sessionId !== 'string' || typeof initiatedAt !== 'number')
    return null;
  const direction = call.initiator === uid ? 'outgoing' : 'incoming';
  const minutes = call.totalDurationInMinutes;
  return {
    ...{ id: mid, sessionId, direction, type: call.type === 'audio' ? 'audio' : 'video' },
    outcome: outcomeOf(call, uid, direction),
    party: partyOf(call, direction),
    callBack: callBackOf(call, uid, direction),
    at: initiatedAt * 1000,
    seconds: typeof minutes === 'number' ? Math.round(minutes * 60) : 0,
  };
}

function outcomeOf(call: Fields, uid: string, direction: PastCall['direction']): CallOutcome {
  const self = listOf(call.participants).find((one) => one.uid === uid);
  if (direction === 'incoming' && self?.state === 'unanswered') return 'missed';
  if (direction === 'incoming' && self?.state === 'rejected') return 'rejected';
  const status = String(call.status);
  if (status === 'initiated') return 'ongoing';
  return outcomes.find((outcome) => outcome === status) ?? 'ended';
}

const outcomes: readonly CallOutcome[] = ['ongoing', 'unanswered', 'rejected', 'busy', 'cancelled'];

function partyOf(call: Fields, direction: PastCall['direction']): PastCall['party'] {
  const entities = fieldsOf(fieldsOf(call.data).entities);
  const isGroup = call.receiverType !== 'user';
  const role = isGroup || direction === 'outgoing' ? 'receiver' : 'initiator';
  const entity = fieldsOf(fieldsOf(entities[role]).entity);
  const id = textOf(entity.uid ?? entity.guid ?? call[role]);
  return { id, name: textOf(entity.name) || id, avatar: textOf(entity.avatar ?? entity.icon) };
}

function callBackOf(call: Fields, uid: string, direction: PastCall['direction']): PastCall['callBack'] {
  if (call.mode !== 'call') return null;
  if (call.receiverType === 'user')
    return { type: 'user', uid: textOf(direction === 'outgoing' ? call.receiver : call.initiator) };
  const members = listOf(call.participants).map((one) => textOf(one.uid));
  return { type: 'group', members: [...new Set(members)].filter((one) => one !== uid && one !== '') };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
