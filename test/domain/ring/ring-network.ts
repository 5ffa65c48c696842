import { defaultRingMs } from '../../../src/domain/ring/ring-call.js';
import type {
  RingDevice,
  RingFact,
  RingState,
  RingTransitionResult,
} from '../../../src/domain/ring/ring-facts.js';
import { ringTransition } from '../../../src/domain/ring/ring-transition.js';

export const device = (id: string): RingDevice => ({ uid: id.charAt(0), deviceId: id });

const user = (uid: string) => ({ uid, name: uid.toUpperCase(), avatar: '' });

/** A little phone network: `at` moves by one ms per act unless an act says otherwise. */
export class Network {
  state: RingState = new Map();
  at = 1000;
  calls = 0;
  last: RingTransitionResult | undefined;

  do(fact: Distribute<RingFact>): RingTransitionResult {
    this.at += 1;
    this.last = ringTransition(this.state, { ...fact, at: this.at } as RingFact);
    this.state = this.last.state;
    return this.last;
  }
  call(from: string, to: string, more: { key?: string; group?: string[] } = {}): RingTransitionResult {
    this.calls += 1;
    return this.do({
      type: 'call-placed',
      by: device(from),
      initiator: user(from.charAt(0)),
      receiver: more.group ? { type: 'group', guid: to, name: to } : { type: 'user', uid: to },
      callees: (more.group ?? [to]).map(user),
      callType: 'video',
      sessionId: `s${this.calls}`,
      key: more.key ?? `k${this.calls}`,
      ringMs: defaultRingMs,
      metadata: null,
    });
  }
  accept(by: string, sessionId = 's1'): RingTransitionResult {
    return this.do({ type: 'call-accepted', by: device(by), user: user(by.charAt(0)), sessionId });
  }
  reject(by: string, sessionId = 's1', busy = false): RingTransitionResult {
    return this.do({ type: 'call-rejected', by: device(by), sessionId, busy });
  }
  hangUp(by: string, sessionId = 's1'): RingTransitionResult {
    return this.do({ type: 'call-hung-up', by: device(by), sessionId });
  }
  wait(ms: number): RingTransitionResult {
    this.at += ms;
    return this.do({ type: 'time-passed' });
  }
}

type Distribute<Fact> = Fact extends unknown ? Omit<Fact, 'at'> : never;
