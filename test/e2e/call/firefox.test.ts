import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { CallWorld, type BrowserName } from '../world/call-world.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const pairs: readonly (readonly [BrowserName, BrowserName])[] = [
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
  ['firefox', 'firefox'],
];

describe('between browsers', () => {
  for (const [first, second] of pairs)
    it(`${first} is joined by ${second}: both see, hear, pause and resume`, async () => {
      const session = `${first}-${second}`;
      const ada = await world.caller('ada', session, { browser: first });
      await ada.until(1);
      const bob = await world.caller('bob', session, { browser: second });
      const both = [ada, bob];
      await Promise.all(both.map((page) => page.untilReceiving({ video: 1, audio: 1 })));
      for (const [one, other] of [
        [ada, bob],
        [bob, ada],
      ] as const) {
        await one.call('pauseVideo', true);
        await other.event('onParticipantVideoPaused');
        await one.call('pauseVideo', false);
        await other.event('onParticipantVideoResumed');
        await other.untilReceiving({ video: 1, audio: 1 });
      }
      await bob.call('endSession');
      await ada.event('onCallEnded');
      for (const page of both) assert.deepEqual(await page.errors(), []);
    });
});
