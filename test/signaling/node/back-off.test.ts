import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import { Backoff, retryDelay } from '../../../src/signaling/websocket/back-off.js';

const range = { from: 300, to: 5_000 };

describe('the wait between two tries', { timeout: 30_000 }, () => {
  const cases = [
    { tries: 0, least: 0, most: 0 },
    { tries: 1, least: 300, most: 600 },
    { tries: 2, least: 300, most: 1_200 },
    { tries: 4, least: 300, most: 4_800 },
    { tries: 5, least: 300, most: 5_000 },
    { tries: 5_000, least: 300, most: 5_000 },
  ];
  for (const { tries, least, most } of cases)
    it(`after ${tries} tries: ${least} to ${most} ms`, () =>
      assert.deepEqual([retryDelay(tries, range, 0), retryDelay(tries, range, 1)], [least, most]));
});

describe('trying again', { timeout: 30_000 }, () => {
  beforeEach((context) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    (context as { after?(end: () => void): void }).after?.(() => mock.timers.reset());
  });

  /** Whether the next try has gone, asked later. */
  const went = (backOff: Backoff): (() => Promise<boolean>) => {
    let gone = false;
    void backOff.wait().then(() => (gone = true));
    return async () => {
      await Promise.resolve();
      await Promise.resolve();
      return gone;
    };
  };

  it('goes at once the first time, and after a wait the second time', async () => {
    const backOff = new Backoff(range);
    assert.equal(await went(backOff)(), true);
    const second = went(backOff);
    mock.timers.tick(299);
    assert.equal(await second(), false);
    mock.timers.tick(301);
    assert.equal(await second(), true);
  });

  it('when hurried, the one that waits and the one after it go at once', async () => {
    const backOff = new Backoff(range);
    await backOff.wait();
    const second = went(backOff);
    assert.equal(await second(), false);
    backOff.retryNow();
    assert.equal(await second(), true);
    assert.equal(await went(backOff)(), true);
  });

  it('once all is well, the wait is short again', async () => {
    const backOff = new Backoff(range);
    for (let tries = 0; tries < 9; tries += 1) {
      const next = backOff.wait();
      mock.timers.tick(5_000);
      await next;
    }
    backOff.succeeded();
    const next = went(backOff);
    mock.timers.tick(600);
    assert.equal(await next(), true);
  });
});
