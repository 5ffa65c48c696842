import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RingCall, RingLeg } from '../../../src/domain/ring/ring-call.js';
import { RingSupervisor } from '../../../src/server/rings/ring-supervisor.js';
import { ManualClock } from '../../fakes/session/manual-clock.js';

const leg = (uid: string, state: RingLeg['state'] = 'joined'): RingLeg => ({
  user: { uid, name: uid, avatar: '' },
  state,
  deviceId: state === 'ringing' ? null : `${uid}1`,
});

function callAt(clock: ManualClock, status: RingCall['status'], legs: readonly RingLeg[]): RingCall {
  return {
    ...{ sessionId: 's', keys: ['k'], revision: 1, type: 'video', status, initiatorUid: 'a', legs },
    ...{ receiver: { type: 'user', uid: 'b' }, answeredAt: null, endedAt: null, by: null, metadata: null },
    ...{ initiatedAt: clock.now(), expiresAt: clock.now() + 45_000 },
  };
}

function scene(status: RingCall['status'], legs: readonly RingLeg[], graceMs = 30_000) {
  const clock = new ManualClock();
  const lifetime = new AbortController();
  const world = { here: new Set(['a1', 'b1']), inSession: [] as string[], reads: 0 };
  const reports: string[] = [];
  const call = callAt(clock, status, legs);
  const watch = new RingSupervisor({
    clock,
    graceMs,
    isConnected: ({ deviceId }) => Promise.resolve(world.here.has(deviceId)),
    uidsInSession: () => Promise.resolve(world.inSession),
    read: () => {
      world.reads += 1;
      return Promise.resolve(call);
    },
    readOf: () => Promise.resolve([call]),
    report: (_, fact) =>
      Promise.resolve(void reports.push('device' in fact ? `${fact.type} ${fact.device.uid}` : fact.type)),
    onError: (error) => assert.fail(String(error)),
    signal: lifetime.signal,
  });
  watch.track(call);
  /** Lets the watch look once more. */
  const glance = async () => {
    clock.advance(30_000);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, lifetime, world, reports, glance, watch, call };
}
const pair = [leg('a'), leg('b')];

describe('the watch over calls', () => {
  it('says when a call has rung long enough, once', () => {
    const { clock, watch, call, reports } = scene('initiated', [leg('a'), leg('b', 'ringing')]);
    watch.track(call);
    clock.advance(44_999);
    assert.deepEqual(reports, []);
    clock.advance(1);
    assert.deepEqual(reports, ['time-passed']);
  });

  it('lets a page be away for one grace, and not for two', async () => {
    const { world, reports, glance } = scene('ongoing', pair);
    world.here.delete('b1');
    await glance();
    world.here.add('b1');
    await glance();
    world.here.delete('b1');
    await glance();
    assert.deepEqual(reports, []);
    await glance();
    assert.deepEqual(reports, ['device-gone b']);
  });

  it('does not miss a page whose user is in the session', async () => {
    const { world, reports, glance } = scene('ongoing', pair);
    world.here.delete('b1');
    world.inSession = ['a', 'b'];
    await glance();
    await glance();
    await glance();
    assert.deepEqual(reports, []);
  });

  it('ends a call whose session was used and is empty', async () => {
    const { world, reports, glance } = scene('ongoing', pair);
    await glance();
    await glance();
    assert.deepEqual(reports, [], 'a session without participants reports nothing yet');
    world.inSession = ['a', 'b'];
    await glance();
    world.inSession = [];
    await glance();
    assert.deepEqual(reports, [], 'it may be a reload');
    await glance();
    assert.deepEqual(reports, ['session-emptied']);
  });

  it('ends a call for a page that was closed, once a reload would be over', async () => {
    for (const status of ['initiated', 'ongoing'] as const) {
      const { world, reports, watch, clock } = scene(status, pair);
      const passed = async (ms: number): Promise<void> => {
        clock.advance(ms);
        await new Promise((resolve) => setImmediate(resolve));
      };
      world.here.delete('b1');
      watch.pageClosed({ uid: 'b', deviceId: 'b1' });
      await passed(7999);
      assert.deepEqual(reports, []);
      await passed(1);
      assert.deepEqual(reports, ['page-closed b'], status);
    }
  });

  it('goes on with a call whose page was reloaded, or whose user is in the session by another page', async () => {
    const { world, reports, watch, clock } = scene('ongoing', pair);
    const closeAndWait = async (): Promise<void> => {
      watch.pageClosed({ uid: 'b', deviceId: 'b1' });
      clock.advance(8000);
      await new Promise((resolve) => setImmediate(resolve));
    };
    await closeAndWait();
    world.here.delete('b1');
    world.inSession = ['b'];
    await closeAndWait();
    watch.pageClosed({ uid: 'b', deviceId: 'another' });
    await closeAndWait();
    assert.deepEqual(reports, []);
  });

  it('stops with the server', async () => {
    const { lifetime, clock, reports, world } = scene('initiated', [leg('a'), leg('b', 'ringing')]);
    world.here.clear();
    lifetime.abort();
    clock.advance(100_000);
    assert.deepEqual(reports, []);
  });

  it('looks at most once a second, also without any grace', async () => {
    const { clock, world } = scene('ongoing', pair, 0);
    for (let ms = 0; ms < 3000; ms += 10) {
      clock.advance(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(world.reads, 3);
  });
});
