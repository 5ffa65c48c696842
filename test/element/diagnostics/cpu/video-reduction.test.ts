import { expect } from '@open-wc/testing';
import type { CpuLoad } from '../../../../src/element/diagnostics/cpu/cpu-load.js';
import {
  maxSteps,
  nextReduction,
  noReduction,
  type VideoReduction,
} from '../../../../src/element/diagnostics/cpu/video-reduction.js';

const busy: CpuLoad = { codecs: 0.8, limited: 0 };
const limited: CpuLoad = { codecs: 0, limited: 1 };
const between: CpuLoad = { codecs: 0.35, limited: 0 };
const idle: CpuLoad = { codecs: 0.05, limited: 0 };

/** Looks every four seconds, from `state`; returns the steps after each look. */
class Looks {
  state: VideoReduction = noReduction(0);
  now = 0;

  look(load: CpuLoad, times = 1): number[] {
    return Array.from({ length: times }, () => {
      this.now += 4000;
      this.state = nextReduction(this.state, load, this.now);
      return this.state.steps;
    });
  }

  /** ms of idle looks until a step is taken back. */
  untilRestored(): number {
    const [{ steps }, from] = [this.state, this.now];
    while (this.state.steps === steps && this.now - from < 1_000_000) this.look(idle);
    return this.now - from;
  }
}

describe('less video on a slow machine', () => {
  it('takes a step after two busy looks in a row, up to the last', () => {
    expect(new Looks().look(busy, 5)).to.eql([0, 1, 1, 2, 2]);
    expect(new Looks().look(limited, 2)).to.eql([0, 1]);
    expect(new Looks().look(busy, 40).at(-1)).to.equal(maxSteps);
  });

  it('is not moved by single busy looks', () => {
    const looks = new Looks();
    for (let times = 0; times < 10; times += 1)
      expect(looks.look(busy).concat(looks.look(between))).to.eql([0, 0]);
  });

  it('stays where the load is neither high nor low', () => {
    const looks = new Looks();
    looks.look(busy, 2);
    expect(new Set(looks.look(between, 100))).to.eql(new Set([1]));
  });

  it('goes back a step at a time, after twenty relaxed seconds each', () => {
    const looks = new Looks();
    looks.look(busy, 4);
    expect([looks.untilRestored(), looks.state.steps]).to.eql([20_000, 1]);
    expect([looks.untilRestored(), looks.state.steps]).to.eql([20_000, 0]);
  });

  it('waits twice as long each time that going back did not last, and not for ever', () => {
    const looks = new Looks();
    looks.look(busy, 2);
    const waits = Array.from({ length: 6 }, () => {
      const wait = looks.untilRestored();
      looks.look(busy, 2);
      return wait;
    });
    expect(waits).to.eql([20_000, 40_000, 80_000, 160_000, 160_000, 160_000]);
    looks.untilRestored();
    looks.look(between, 30);
    looks.look(busy, 2);
    expect(looks.untilRestored(), 'a minute later it has lasted').to.equal(20_000);
  });
});
