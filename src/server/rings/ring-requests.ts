import { CallError } from '../../domain/call-error.js';
import type { RingUser } from '../../domain/ring/ring-call.js';
import type { RingFact } from '../../domain/ring/ring-facts.js';
import type { RingRequestMessage } from '../../protocol/ring-messages.js';
import type { ConnectedDevice } from './device-registry.js';
import type { RingScope } from './ring-store.js';

type CallRequest = Extract<RingRequestMessage, { type: 'initiate' | 'accept' | 'reject' | 'end' }>;
type Initiate = Extract<CallRequest, { type: 'initiate' }>;
type RequestFact = Extract<RingFact, { type: `call-${'placed' | 'accepted' | 'rejected' | 'hung-up'}` }>;

interface Context {
  readonly client: ConnectedDevice;
  readonly at: number;
  readonly newId: () => string;
  /** The details of a user given only by uid. */
  readonly userOf: (uid: string) => RingUser;
}

/**
 * Converts a device's request to a fact. The requester is taken from the token, never from the message. Throws
 * INVALID_ARGUMENT for a group call without callees.
 */
export function requestToFact(message: CallRequest, context: Context): RequestFact {
  const { at, client } = context;
  const by = client.device;
  if (message.type === 'initiate') return placed(message, context);
  const { sessionId } = message;
  switch (message.type) {
    case 'accept':
      return { type: 'call-accepted', by, user: client.user, sessionId, at };
    case 'reject':
      return { type: 'call-rejected', by, sessionId, busy: message.reason === 'busy', at };
    case 'end':
      return { type: 'call-hung-up', by, sessionId, at };
  }
}

/**
 * The calls to load for the decision. A placed call includes its callees' calls, so that two users who call each
 * other at once are connected.
 */
export function scopeFor(fact: RequestFact): RingScope {
  if (fact.type !== 'call-placed') return { uids: [fact.by.uid], sessionId: fact.sessionId };
  return { uids: [fact.by.uid, ...fact.callees.map(({ uid }) => uid)] };
}

function placed({ receiver, callType, key, ringMs, metadata }: Initiate, context: Context): RequestFact {
  const { client, at, newId, userOf } = context;
  const uids = receiver.type === 'user' ? [receiver.uid] : [...new Set(receiver.members)];
  const callees = uids.filter((uid) => receiver.type === 'user' || uid !== client.device.uid);
  if (callees.length === 0)
    throw new CallError('INVALID_ARGUMENT', { message: 'A group call needs members who can be called.' });
  return {
    type: 'call-placed',
    by: client.device,
    initiator: client.user,
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
