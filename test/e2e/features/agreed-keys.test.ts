import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { CallWorld, type BrowserName } from '../world/call-world.js';
import {
  isLockShown,
  secretsInUse,
  untilBytesReceived,
  untilError,
  untilOtherSecret,
  untilSameCode,
} from '../world/encryption.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const attributes = { 'end-to-end-encryption': '' };

describe('a call whose participants agree on keys', () => {
  const pairs: readonly (readonly [BrowserName, BrowserName])[] = [
    ['chromium', 'firefox'],
    ['firefox', 'firefox'],
  ];
  for (const [first, second] of pairs)
    it(`is seen and heard, and shows one code to both (${first}, ${second})`, async () => {
      const session = `agreed-${first}-${second}`;
      const ada = await world.caller('ada', session, { browser: first, attributes });
      await ada.until(1);
      assert.equal(await isLockShown(ada), false);
      const bob = await world.caller('bob', session, { browser: second, attributes });
      for (const page of [ada, bob]) {
        await page.untilReceiving({ video: 1, audio: 1 });
        await page.untilState('encrypted');
      }
      const code = await untilSameCode([ada, bob]);
      assert.match(code, /^\d{5}( \d{5}){5}$/);
      for (const page of [ada, bob]) assert.deepEqual(await page.errors(), []);
    });

  it('has another code when a third joins, and other keys when one leaves, and nothing stops', async () => {
    const ada = await world.caller('ada', 'three', { attributes });
    const bob = await world.caller('bob', 'three', { attributes });
    for (const page of [ada, bob]) await page.untilState('encrypted');
    const two = await untilSameCode([ada, bob]);
    const cas = await world.caller('cas', 'three', { attributes });
    const all = [ada, bob, cas];
    for (const page of all) {
      await page.until(3);
      await page.untilReceiving({ video: 2, audio: 2 });
      await page.untilState('encrypted');
    }
    await untilSameCode(all, two);
    const before = await Promise.all([ada, bob].map(secretsInUse));
    await cas.call('endSession');
    for (const [index, page] of [ada, bob].entries()) {
      await untilOtherSecret(page, before[index] ?? []);
      await page.untilReceiving({ video: 1, audio: 1 });
      await page.untilState('encrypted');
      assert.ok(!(await page.eventNames()).includes('onError'));
    }
    assert.equal(await untilSameCode([ada, bob]), two);
  });

  it('shows and plays nothing of one who does not encrypt, says so, and shows no code', async () => {
    const ada = await world.caller('ada', 'plain', { attributes });
    const pat = await world.caller('pat', 'plain', {});
    await Promise.all([ada, pat].map((page) => page.until(2)));
    await untilBytesReceived(ada);
    await untilBytesReceived(pat);
    const { message } = await untilError(ada, 'DECRYPTION_FAILED');
    assert.match(message, /set by none/);
    assert.equal(await isLockShown(ada), false);
    const { detail } = await ada.event('onEncryptionChanged');
    const { encrypted, verificationCode } = detail as Readonly<Record<string, unknown>>;
    assert.deepEqual([encrypted, verificationCode], [false, undefined]);
  });
});
