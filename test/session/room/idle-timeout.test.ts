import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import type { CallFact } from '../../../src/domain/call/call-facts.js';
import { createIdleTimeout, type IdleTimeout } from '../../../src/session/room/idle-timeout.js';

describe('idle watch', () => {
  let watch: IdleTimeout;
  let end: AbortController;
  let shown: string[];
  let now: number;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    now = 0;
    mock.method(performance, 'now', () => now);
    end = new AbortController();
    shown = [];
    watch = createIdleTimeout({
      period: { idleTimeoutPeriod: 180, idleWarningPeriod: 60 },
      dispatch: (fact: CallFact) => void shown.push(fact.type),
      onTimeout: () => void shown.push('timeout'),
      signal: end.signal,
    });
  });
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });

  const pass = (seconds: number): void => {
    mock.timers.tick(0);
    for (let left = seconds; left > 0; left -= 1) {
      now += 1000;
      mock.timers.tick(1000);
    }
  };
  /** Timers stand still meanwhile. */
  const sleep = (seconds: number): void => void (now += seconds * 1000);
  const loud = (): string[] => shown.filter((type) => type !== 'idle-cleared');

  it('warns 60 seconds before it ends the call', () => {
    watch.setAlone(true);
    pass(119);
    assert.deepEqual(loud(), []);
    pass(1);
    assert.deepEqual(loud(), ['idle-warned']);
    pass(59);
    assert.deepEqual(loud(), ['idle-warned']);
    pass(1);
    assert.deepEqual(loud(), ['idle-warned', 'timeout']);
  });

  for (const idleTimeoutPeriod of [Infinity, 3_000_000])
    it(`never ends a call whose period is ${idleTimeoutPeriod} seconds`, () => {
      watch.setPeriod({ idleTimeoutPeriod, idleWarningPeriod: 60 });
      watch.setAlone(true);
      mock.timers.tick(2_400_000_000);
      assert.deepEqual(loud(), []);
    });

  it('starts anew when the user stays', () => {
    watch.setAlone(true);
    pass(150);
    watch.stay();
    pass(119);
    assert.deepEqual(loud(), ['idle-warned']);
    pass(61);
    assert.deepEqual(loud(), ['idle-warned', 'idle-warned', 'timeout']);
  });

  it('stops when a participant comes, and clears the warning', () => {
    watch.setAlone(true);
    pass(150);
    watch.setAlone(false);
    pass(1000);
    assert.deepEqual(shown, ['idle-cleared', 'idle-warned', 'idle-cleared']);
  });

  it('warns at once when the period is shorter than the warning', () => {
    watch.setPeriod({ idleTimeoutPeriod: 10, idleWarningPeriod: 60 });
    watch.setAlone(true);
    pass(0);
    assert.deepEqual(loud(), ['idle-warned']);
    pass(10);
    assert.deepEqual(loud(), ['idle-warned', 'timeout']);
  });

  it('does not follow the clock of the machine', () => {
    let wall = 1e12;
    mock.method(Date, 'now', () => wall);
    watch.setAlone(true);
    pass(60);
    wall += 3_600_000;
    pass(59);
    assert.deepEqual(loud(), []);
    pass(1);
    wall -= 7_200_000;
    pass(59);
    assert.deepEqual(loud(), ['idle-warned']);
    pass(1);
    assert.deepEqual(loud(), ['idle-warned', 'timeout']);
  });

  it('gives a machine that slept before the warning a whole warning', () => {
    watch.setAlone(true);
    pass(100);
    sleep(28_800);
    pass(79);
    assert.deepEqual(loud(), ['idle-warned']);
    pass(1);
    assert.deepEqual(loud(), ['idle-warned', 'timeout']);
  });

  it('warns anew, for the whole time, when the machine slept during the warning', () => {
    watch.setAlone(true);
    pass(130);
    sleep(28_800);
    pass(1);
    assert.deepEqual(loud(), ['idle-warned', 'idle-warned']);
    pass(59);
    assert.deepEqual(loud(), ['idle-warned', 'idle-warned']);
    pass(1);
    assert.deepEqual(loud(), ['idle-warned', 'idle-warned', 'timeout']);
  });

  it('ends the call of a hidden page, whose timers come once a minute', () => {
    Object.assign(globalThis, { document: { hidden: true } });
    try {
      watch.setAlone(true);
      pass(120);
      for (let minute = 0; minute < 2; minute += 1) {
        sleep(59);
        pass(1);
      }
      assert.deepEqual(loud(), ['idle-warned', 'timeout']);
    } finally {
      Reflect.deleteProperty(globalThis, 'document');
    }
  });

  it('says nothing after the call', () => {
    watch.setAlone(true);
    end.abort();
    pass(1000);
    assert.deepEqual(loud(), []);
  });
});
