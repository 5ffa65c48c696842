import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { levelPeriod, periodAfter } from '../../../src/session/media/levels/level-pace.js';

describe('how often levels are read', () => {
  for (const [what, costMs, lateMs, expected] of [
    ['ten times a second on a page that has time', 0.2, 1, levelPeriod],
    ['ten times a second after a timer that was early', 0, -100, levelPeriod],
    ['less often when a reading takes long', 13, 0, 390],
    ['less often when the timer is late', 0.2, 60, 240],
    ['at least once a second', 200, 5000, 1000],
  ] as const)
    it(what, () => assert.equal(periodAfter(costMs, lateMs), expected));
});
