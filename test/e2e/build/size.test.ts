import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { filesOfCall, folderOfBuild } from '../../tools/checks/check-size.mjs';
import { CallWorld } from '../world/call-world.js';

/** What is loaded some seconds after the call has begun: it is there already where a call takes as long to begin. */
const later = ['element-diagnostics-diagnostics', 'hint-words', 'element-host-advice-advice-check'].map(
  (name) => `${folderOfBuild()}/chunks/${name}.js`,
);

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

describe('a default call of two', () => {
  it('loads the files that its size is measured by, and no others', async () => {
    const ada = await world.caller('ada', 'size');
    const bob = await world.caller('bob', 'size');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    const expected = filesOfCall().sort();
    for (const { page } of [ada, bob]) {
      const loaded = (): Promise<string[]> =>
        page.evaluate(() =>
          performance
            .getEntriesByType('resource')
            .flatMap(({ name }) => /\/cdn\/(.*\.js)$/.exec(name)?.[1] ?? [])
            .sort(),
        );
      // What follows the join comes when both are heard already.
      await page.waitForFunction(
        (count) =>
          performance.getEntriesByType('resource').filter(({ name }) => name.includes('/cdn/')).length >=
          count,
        {},
        expected.length,
      );
      const files = new Set(await loaded());
      assert.deepEqual(
        [...files].filter((file) => !later.includes(file)),
        expected,
      );
    }
  });
});
