import { isLive, legOf, type RingCall, type RingLeg } from '../ring/ring-call.js';
import type { RingEntry, RingHistoryFact } from './history-entry.js';

/** What the change of a ringing call adds to the history. `before`: `undefined` for a new call. */
export function ringEntry(before: RingCall | undefined, call: RingCall, at: number): RingEntry {
  const { keys: _keys, by: _by, metadata: _metadata, ...state } = call;
  return {
    source: 'ring',
    callId: call.sessionId,
    seq: call.revision,
    at,
    call: state,
    facts: before ? [...legFacts(before, call), ...endFacts(before, call)] : placedFacts(call),
  };
}

function placedFacts(call: RingCall): readonly RingHistoryFact[] {
  const initiator = legOf(call, call.initiatorUid)?.user;
  const invited = call.legs.map(({ user }) => user).filter(({ uid }) => uid !== call.initiatorUid);
  return initiator ? [{ type: 'call-placed', initiator, invited }] : [];
}

const factOfState = {
  joined: 'user-answered',
  missed: 'user-missed',
  rejected: 'user-declined',
  busy: 'user-busy',
  left: 'user-left',
} as const satisfies Partial<Record<RingLeg['state'], RingHistoryFact['type']>>;

function legFacts(before: RingCall, call: RingCall): readonly RingHistoryFact[] {
  return call.legs.flatMap(({ user, state }): readonly RingHistoryFact[] => {
    if (state === 'ringing' || legOf(before, user.uid)?.state === state) return [];
    return [{ type: factOfState[state], user }];
  });
}

function endFacts(before: RingCall, call: RingCall): readonly RingHistoryFact[] {
  if (isLive(call) || !isLive(before)) return [];
  return call.status === 'cancelled'
    ? [{ type: 'call-cancelled' }, { type: 'call-ended' }]
    : [{ type: 'call-ended' }];
}
