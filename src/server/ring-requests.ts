import { CallError } from '../domain/call-error.js';
import type { RingUser } from '../domain/ring-call.js';
import type { RingFact } from '../domain/ring-facts.js';
import type { RingRequestMessage } from '../protocol/ring-messages.js';
import type { RingLine } from './ring-lines.js';
import type { RingScope } from './ring-store.js';

type Asking = Extract<RingRequestMessage, { type: 'initiate' | 'accept' | 'reject' | 'end' }>;
type Initiate = Extract<Asking, { type: 'initiate' }>;
type Asked = Extract<RingFact, { type: `call-${'placed' | 'accepted' | 'rejected' | 'hung-up'}` }>;

interface Context {
  readonly line: RingLine;
  readonly at: number;
  readonly newId: () => string;
  /** What is known of a user who is named only by uid. */
  readonly userOf: (uid: string) => RingUser;
}

/** What a device asks for, as a fact. Who asks is known from its token, whatever the message says. */
export function requestedFact(message: Asking, context: Context): Asked {
  const { at, line } = context;
  const by = line.device;
  if (message.type === 'initiate') return placed(message, context);
  const { sessionId } = message;
  switch (message.type) {
    case 'accept':
      return { type: 'call-accepted', by, user: line.user, sessionId, at };
    case 'reject':
      return { type: 'call-rejected', by, sessionId, busy: message.reason === 'busy', at };
    case 'end':
      return { type: 'call-hung-up', by, sessionId, at };
  }
}

/** The users whose calls may bear on the decision: two who call each other at once must meet. */
export function scopeOf(fact: Asked): RingScope {
  if (fact.type !== 'call-placed') return { uids: [fact.by.uid], sessionId: fact.sessionId };
  return { uids: [fact.by.uid, ...fact.callees.map(({ uid }) => uid)] };
}

function placed({ receiver, callType, key, ringMs, metadata }: Initiate, context: Context): Asked {
  const { line, at, newId, userOf } = context;
  const uids = receiver.type === 'user' ? [receiver.uid] : [...new Set(receiver.members)];
  const callees = uids.filter((uid) => receiver.type === 'user' || uid !== line.device.uid);
  if (callees.length === 0)
    throw new CallError('INVALID_ARGUMENT', { message: 'A group call needs members who can be called.' });
  return {
    type: 'call-placed',
    by: line.device,
    initiator: line.user,
    receiver:
      receiver.type === 'user' ? receiver : { type: 'group', guid: receiver.guid, name: receiver.name },
    callees: callees.map(userOf),
    callType,
    sessionId: newId(),
    key,
    ringMs,
    metadata,
    at,
  };
}
