import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import {
  isLockShown,
  mediaTotals,
  secretsInUse,
  untilBytesReceived,
  untilError,
  untilOtherSecret,
  untilSameCode,
} from '../world/encryption.js';
import { createSfuWorld } from './sfu-world.js';

const { world, skip } = await createSfuWorld();
afterEach(() => world.clear());

const attributes = { 'encryption-key': 'correct horse battery staple' };

describe('an encrypted call beyond the mesh', { skip }, () => {
  it('goes on over the SFU, and who has not its key gets all of it and decodes nothing', async () => {
    const ada = await world.caller('ada', 'secret', { attributes });
    const bob = await world.caller('bob', 'secret', { attributes });
    for (const page of [ada, bob]) await page.untilReceiving({ video: 1, audio: 1 });
    // What the media server has is what this page has: everything but the key.
    const eve = await world.caller('eve', 'secret', { attributes: { 'encryption-key': 'wrong horse' } });
    await Promise.all([ada, bob, eve].map((page) => page.until(3)));
    await untilBytesReceived(eve);
    await untilError(eve, 'DECRYPTION_FAILED');
    const seen = await mediaTotals(eve);
    assert.deepEqual([seen.framesDecoded, seen.energy < 1e-6], [0, true], JSON.stringify(seen));
    for (const page of [ada, bob]) {
      await page.untilReceiving({ video: 1, audio: 1 });
      await untilError(page, 'DECRYPTION_FAILED');
      await page.untilState('encrypted', false);
    }
    await eve.call('endSession');
    for (const page of [ada, bob]) await page.untilState('encrypted');
    const cyd = await world.caller('cyd', 'secret', { attributes });
    for (const page of [ada, bob, cyd]) {
      await page.until(3);
      await page.untilReceiving({ video: 2, audio: 2 });
      await page.untilState('encrypted');
      assert.equal(await isLockShown(page), true);
      assert.deepEqual(await page.errors(), []);
    }
  });

  it('goes on over the SFU with agreed keys, and with other ones once somebody has left', async () => {
    const agreed = { 'end-to-end-encryption': '' };
    const ada = await world.caller('ada', 'agreed', { attributes: agreed });
    const bob = await world.caller('bob', 'agreed', { attributes: agreed });
    for (const page of [ada, bob]) await page.untilReceiving({ video: 1, audio: 1 });
    const two = await untilSameCode([ada, bob]);
    const cas = await world.caller('cas', 'agreed', { attributes: agreed });
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
    }
    assert.equal(await untilSameCode([ada, bob]), two);
  });
});
