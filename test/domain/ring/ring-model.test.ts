import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLive, legOf, isJoinedOn, type RingCall } from '../../../src/domain/ring/ring-call.js';
import type { RingDevice, RingFact, RingState } from '../../../src/domain/ring/ring-facts.js';
import { ringEvent, viewOf, type RingView } from '../../../src/domain/ring/ring-view.js';
import { ringTransition } from '../../../src/domain/ring/ring-transition.js';

/** mulberry32: the same seed gives the same sequence on every machine. */
function random(seed: number): (below: number) => number {
  let a = seed;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
  };
}

const uids = ['a', 'b', 'c'] as const;
const ringMs = 40;

/** One page: what it was told, in whatever order that came, and what it shows. */
class Page {
  connected = true;
  readonly views = new Map<string, RingView>();
  readonly inbox: RingView[] = [];
  /** Sessions whose incoming-call screen is open. */
  readonly screens = new Set<string>();
  readonly rang = new Map<string, number>();

  constructor(readonly device: RingDevice) {}

  see(view: RingView): void {
    const previous = this.views.get(view.sessionId);
    if (previous && view.revision <= previous.revision) return;
    this.views.set(view.sessionId, view);
    const event = ringEvent(previous, view, this.device.deviceId);
    if (event === 'incoming') {
      assert.ok(isLive(view), 'only a live call rings');
      this.rang.set(view.sessionId, (this.rang.get(view.sessionId) ?? 0) + 1);
      this.screens.add(view.sessionId);
    } else if (event === 'incoming-cancelled') {
      assert.ok(this.screens.delete(view.sessionId), 'what is cancelled was ringing');
    } else if (view.self.state !== 'ringing' && view.self.deviceId === this.device.deviceId) {
      this.screens.delete(view.sessionId);
    }
  }
}

class Model {
  readonly pages = uids.flatMap((uid) => [1, 2].map((n) => new Page({ uid, deviceId: `${uid}${n}` })));
  readonly pick: (below: number) => number;
  readonly outcomes = new Map<string, string>();
  readonly acceptors = new Map<string, Set<string>>();
  readonly trace: string[] = [];
  readonly past: RingFact[] = [];
  state: RingState = new Map();
  at = 0;
  ids = 0;

  constructor(seed: number) {
    this.pick = random(seed);
  }

  step(): void {
    const page = this.pages[this.pick(this.pages.length)]!;
    this.at += this.pick(4);
    const dice = this.pick(20);
    if (dice < 3) this.place(page);
    else if (dice < 6)
      this.ask(page, (by, sessionId) => ({
        type: 'call-accepted',
        by,
        sessionId,
        user: named(by.uid),
        at: this.at,
      }));
    else if (dice < 8)
      this.ask(page, (by, sessionId) => ({
        type: 'call-rejected',
        by,
        sessionId,
        busy: this.pick(2) === 0,
        at: this.at,
      }));
    else if (dice < 10)
      this.ask(page, (by, sessionId) => ({ type: 'call-hung-up', by, sessionId, at: this.at }));
    else if (dice < 11) this.again();
    else if (dice < 12) this.toggle(page);
    else if (dice < 13) this.world(page);
    else if (dice < 14) this.apply({ type: 'time-passed', at: (this.at += this.pick(ringMs)) });
    else this.deliver(page);
  }

  place(page: Page): void {
    const others = uids.filter((uid) => uid !== page.device.uid);
    const group = this.pick(4) === 0;
    const to = others[this.pick(2)]!;
    this.send(page, {
      type: 'call-placed',
      by: page.device,
      initiator: named(page.device.uid),
      receiver: group ? { type: 'group', guid: 'g', name: 'G' } : { type: 'user', uid: to },
      callees: (group ? others : [to]).map(named),
      callType: 'video',
      sessionId: `s${++this.ids}`,
      key: `k${this.ids}`,
      ringMs,
      metadata: null,
      at: this.at,
    });
  }

  /** About a call the page knows, or, as a stranger might, about any. */
  ask(page: Page, fact: (by: RingDevice, sessionId: string) => RingFact): void {
    const known = [...(this.pick(5) ? page.views : this.state).keys()];
    const sessionId = known[known.length - 1 - this.pick(Math.min(3, known.length))];
    if (sessionId) this.send(page, fact(page.device, sessionId));
  }

  again(): void {
    const fact = this.past[this.pick(this.past.length)];
    if (fact) this.apply({ ...fact, at: this.at });
  }

  toggle(page: Page): void {
    page.connected = !page.connected;
    page.inbox.length = 0;
    if (page.connected) this.hello(page);
  }

  hello(page: Page): void {
    for (const call of this.state.values()) {
      const concerned = isLive(call) || page.views.has(call.sessionId);
      const view = concerned && viewOf(call, page.device.uid, this.at);
      if (view) page.see(view);
    }
  }

  world(page: Page): void {
    const [sessionId] = [...page.views.keys()].slice(-1);
    if (!page.connected) this.apply({ type: 'device-gone', device: page.device, at: this.at });
    else if (sessionId && this.pick(2)) this.apply({ type: 'session-emptied', sessionId, at: this.at });
    else if (sessionId) this.apply({ type: 'call-taken-over', by: page.device, sessionId, at: this.at });
  }

  /** Pushes are lost, doubled or overtaken by later ones. */
  deliver(page: Page): void {
    const [view] = page.inbox.splice(this.pick(page.inbox.length), this.pick(4) ? 1 : 0);
    if (view && page.connected) page.see(view);
  }

  send(page: Page, fact: RingFact): void {
    this.past.push(fact);
    const { call } = this.apply(fact);
    assert.deepEqual(ringTransition(this.state, fact).messages, [], 'what is asked twice happens once');
    const view = call && viewOf(call, page.device.uid, this.at);
    if (view && page.connected && this.pick(5)) page.see(view);
  }

  apply(fact: RingFact): ReturnType<typeof ringTransition> {
    this.trace.push(JSON.stringify(fact));
    const before = this.state;
    const made = ringTransition(before, fact);
    this.state = made.state;
    for (const call of this.state.values()) this.check(before.get(call.sessionId), call, fact);
    for (const { to, call } of made.messages)
      for (const page of this.pages)
        if (page.device.uid === to && page.connected) page.inbox.push(viewOf(call, to, this.at)!);
    if (made.refusal) assert.equal(made.call, null);
    for (const { device } of this.pages) {
      const joined = [...this.state.values()].filter((call) => isJoinedOn(call, device.uid, device.deviceId));
      if (fact.type !== 'call-taken-over') this.once(device.deviceId, joined.length);
    }
    return made;
  }

  /** A device is in one call at a time; only a reopened page may find two. */
  once(deviceId: string, count: number): void {
    const tookOver = this.trace.some((fact) => fact.includes('taken-over') && fact.includes(deviceId));
    assert.ok(count <= 1 || tookOver, `${deviceId} is in ${count} calls`);
  }

  check(before: RingCall | undefined, call: RingCall, fact: RingFact): void {
    const ended = this.outcomes.get(call.sessionId);
    if (ended) assert.equal(call.status, ended, 'a call has one outcome');
    if (before && before !== call) assert.ok(call.revision > before.revision, 'revisions grow');
    if (!isLive(call)) {
      this.outcomes.set(call.sessionId, call.status);
      assert.ok(
        !call.legs.some(({ state }) => state === 'ringing' || state === 'joined'),
        'all sides are closed',
      );
      assert.ok(call.endedAt !== null);
    }
    if (call.status === 'initiated') assert.ok(this.at < call.expiresAt, 'nothing rings beyond its time');
    if (call.receiver.type === 'group' || fact.type === 'call-taken-over') return;
    const callee = legOf(call, call.legs[1]!.user.uid)!;
    const was = legOf(before ?? call, callee.user.uid)!;
    if (callee.state !== 'joined' || (was.state === 'joined' && was.deviceId === callee.deviceId)) return;
    const acceptors = this.acceptors.get(call.sessionId) ?? new Set();
    this.acceptors.set(call.sessionId, acceptors.add(callee.deviceId!));
    assert.equal(acceptors.size, 1, 'one device of the callee wins');
  }

  /** Everybody is online, everything has arrived, time is up and all who talk have hung up. */
  finish(): void {
    for (const page of this.pages) if (!page.connected) this.toggle(page);
    this.apply({ type: 'time-passed', at: (this.at += ringMs + 1) });
    for (const call of this.state.values())
      assert.notEqual(call.status, 'initiated', 'nothing rings for ever');
    for (const { device } of this.pages) this.apply({ type: 'device-gone', device, at: this.at });
    for (const call of this.state.values()) assert.ok(!isLive(call), 'no call outlives its pages');
    for (const page of this.pages) {
      for (const view of page.inbox.splice(0).reverse()) page.see(view);
      this.hello(page);
      assert.deepEqual([...page.screens], [], `${page.device.deviceId} has stopped ringing`);
      for (const [sessionId, times] of page.rang) assert.equal(times, 1, `${sessionId} rang once`);
      for (const [sessionId, { status }] of page.views)
        assert.equal(status, this.state.get(sessionId)!.status, 'all know the same outcome');
    }
  }
}

function named(uid: string) {
  return { uid, name: uid.toUpperCase(), avatar: '' };
}

describe('ring, under every order of messages', () => {
  it('keeps its promises in 3000 random histories of 3 users with 2 pages each', () => {
    const statuses = new Set<string>();
    for (let seed = 1; seed <= 3000; seed += 1) {
      const model = new Model(seed);
      try {
        for (let n = 0; n < 60; n += 1) model.step();
        model.finish();
      } catch (error) {
        throw new Error(`seed ${seed}\n${model.trace.join('\n')}`, { cause: error });
      }
      for (const status of model.outcomes.values()) statuses.add(status);
    }
    assert.deepEqual([...statuses].sort(), ['busy', 'cancelled', 'ended', 'rejected', 'unanswered']);
  });
});
