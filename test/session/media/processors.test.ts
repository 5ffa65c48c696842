import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { frameBudget, watchBudget } from '../../../src/media/processors/frame-budget.js';
import { watchAudioClock } from '../../../src/media/processors/noise/audio-clock.js';

describe('the budget of a frame', () => {
  /** When a machine whose frames take `took` ms, 30 a second, is found too slow; `undefined`: not in a minute. */
  const foundAt = (took: (now: number) => number): number | undefined => {
    const isTooSlow = watchBudget(frameBudget);
    for (let now = 0; now < 60_000; now += 33) if (isTooSlow(took(now), now)) return now;
    return undefined;
  };

  it('is kept by a machine that needs less, and by one that is slow for a moment', () => {
    assert.equal(
      foundAt(() => 40),
      undefined,
    );
    assert.equal(
      foundAt((now) => (now > 10_000 && now < 13_000 ? 400 : 20)),
      undefined,
    );
  });

  it('is over for one that stays slow: after some seconds', () => {
    const at = foundAt(() => 120) ?? 0;
    assert.ok(at >= 5000 && at < 6000, String(at));
  });
});

describe('the clock of the sound', () => {
  it('tells of a machine that renders less sound than is played, not of one that sleeps', () => {
    mock.timers.enable({ apis: ['setInterval'] });
    const context = { currentTime: 0, state: 'running' as AudioContextState };
    let now = 0;
    let slow = 0;
    const lifetime = new AbortController();
    watchAudioClock(context, () => (slow += 1), { signal: lifetime.signal, now: () => now });
    const pass = (seconds: number, speed: number): void => {
      for (let second = 0; second < seconds; second += 1) {
        now += 1000;
        context.currentTime += speed;
        mock.timers.tick(1000);
      }
    };
    pass(20, 1);
    pass(4, 0.5);
    pass(1, 1);
    context.state = 'suspended';
    pass(20, 0);
    context.state = 'running';
    assert.equal(slow, 0);
    pass(5, 0.5);
    assert.equal(slow, 1);
    lifetime.abort();
    pass(5, 0.5);
    assert.equal(slow, 1);
    mock.timers.reset();
  });
});
