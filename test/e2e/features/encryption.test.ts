import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CallPage } from '../world/call-page.js';
import { CallWorld, type BrowserName } from '../world/call-world.js';
import { isLockShown, mediaTotals, setKey, untilBytesReceived, untilError } from '../world/encryption.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const passphrase = { 'encryption-key': 'correct horse battery staple' };
const otherPassphrase = { 'encryption-key': 'wrong horse' };

const isSilent = async (page: CallPage): Promise<boolean> => {
  const { framesDecoded, energy } = await mediaTotals(page);
  return framesDecoded === 0 && energy < 1e-6;
};

describe('an encrypted call', () => {
  const pairs: readonly (readonly [BrowserName, BrowserName])[] = [
    ['chromium', 'chromium'],
    ['chromium', 'firefox'],
    ['firefox', 'firefox'],
  ];
  for (const [first, second] of pairs)
    it(`is seen and heard by all who have its key (${first}, ${second}), and says that it is encrypted`, async () => {
      const session = `${first}-${second}`;
      const ada = await world.caller('ada', session, { browser: first, attributes: passphrase });
      await ada.until(1);
      assert.equal(await isLockShown(ada), false, 'nothing was encrypted yet');
      const bob = await world.caller('bob', session, { browser: second, attributes: passphrase });
      for (const page of [ada, bob]) {
        await page.untilReceiving({ video: 1, audio: 1 });
        await page.untilState('encrypted');
        assert.equal(await isLockShown(page), true);
        assert.deepEqual((await page.event('onEncryptionChanged')).detail, {
          encrypted: true,
          undecryptable: [],
        });
        assert.deepEqual(await page.errors(), []);
      }
      // Each at its own time: for a while, what is under the key before is decrypted.
      await setKey(ada, 'another key for the rest of the call');
      await setKey(bob, 'another key for the rest of the call');
      for (const page of [ada, bob]) await page.untilReceiving({ video: 1, audio: 1 });
      assert.ok(!(await ada.eventNames()).includes('onError'));
    });

  for (const browser of ['chromium', 'firefox'] as const)
    it(`is neither seen nor heard with another key, or without one (${browser})`, async () => {
      const ada = await world.caller('ada', `wrong-${browser}`, { attributes: passphrase });
      await ada.until(1);
      const eve = await world.caller('eve', `wrong-${browser}`, { browser, attributes: otherPassphrase });
      const pat = await world.caller('pat', `wrong-${browser}`, { browser });
      await Promise.all([ada, eve, pat].map((page) => page.until(3)));
      // Of ada and pat, who sends in the clear; and of ada and eve.
      for (const page of [eve, pat]) await untilBytesReceived(page);
      for (const page of [ada, eve]) {
        const { message } = await untilError(page, 'DECRYPTION_FAILED');
        assert.match(message, /encryptionKey must be the same/);
        assert.equal(await isSilent(page), true, JSON.stringify(await mediaTotals(page)));
        assert.equal(await isLockShown(page), false);
        await page.page.waitForSelector('cometchat-call >>> ::-p-text(The encryption keys do not match)');
      }
      assert.equal(await isSilent(pat), true, JSON.stringify(await mediaTotals(pat)));
    });

  it('is not one with those who agree on keys, until they set the key; nothing is sent once it is taken away', async () => {
    const ada = await world.caller('ada', 'late', { attributes: { 'end-to-end-encryption': '' } });
    const bob = await world.caller('bob', 'late', { attributes: passphrase });
    await Promise.all([ada, bob].map((page) => page.until(2)));
    for (const page of [ada, bob]) {
      await untilBytesReceived(page);
      await untilError(page, 'DECRYPTION_FAILED');
      assert.equal(await isSilent(page), true);
    }
    await setKey(ada, passphrase['encryption-key']);
    for (const page of [ada, bob]) {
      await page.untilReceiving({ video: 1, audio: 1 });
      await page.untilState('encrypted');
    }
    await setKey(ada, '');
    const { message } = await untilError(ada, 'ENCRYPTION_KEY_MISSING');
    assert.match(message, /Nothing is sent or shown/);
    const { bytesSent } = await mediaTotals(ada);
    const { bytesReceived } = await mediaTotals(ada);
    // What bob sends goes on to arrive, and ada adds nothing but what was on its way.
    await untilBytesReceived(ada, { audio: bytesReceived.audio + 4000, video: bytesReceived.video + 20_000 });
    const { bytesSent: sent, framesDecoded } = await mediaTotals(ada);
    assert.ok(sent - bytesSent < 20_000, `${sent - bytesSent} bytes`);
    await untilBytesReceived(ada, { audio: bytesReceived.audio + 8000, video: bytesReceived.video + 40_000 });
    const later = await mediaTotals(ada);
    assert.deepEqual([later.bytesSent, later.framesDecoded], [sent, framesDecoded]);
  });

  it('is left and joined again when encryption is switched on, so that nothing in the clear goes on', async () => {
    const ada = await world.caller('ada', 'switched', {});
    const bob = await world.caller('bob', 'switched', { attributes: passphrase });
    await Promise.all([ada, bob].map((page) => page.until(2)));
    await setKey(ada, passphrase['encryption-key']);
    await ada.event('onSessionLeft');
    await ada.event('onSessionJoined', 2);
    for (const page of [ada, bob]) {
      await page.untilReceiving({ video: 1, audio: 1 });
      await page.untilState('encrypted');
    }
  });
});

describe('a page that cannot encrypt', () => {
  /** A call of two, whose second page cannot: neither of them gets anything of the other. */
  const cannot = async (page: CallPage, session: string, code: string): Promise<unknown> => {
    const bob = await world.caller('bob', session, { attributes: passphrase });
    await bob.until(1);
    await page.join({ token: await world.token('ada', session), ...passphrase });
    const { message, details } = await untilError(page, code);
    assert.match(message, /Nothing was sent|nothing was sent/);
    await page.untilState('ended');
    await bob.until(1);
    assert.equal((await mediaTotals(page)).bytesSent, 0);
    assert.equal((await mediaTotals(bob)).framesDecoded, 0);
    return details;
  };

  it('because its browser has no transforms: it does not join, and says what is needed', async () => {
    const page = await world.page('chromium', {
      before: () => void Reflect.deleteProperty(window, 'RTCRtpScriptTransform'),
    });
    await cannot(page, 'old', 'UNSUPPORTED_BROWSER');
  });

  for (const browser of ['chromium', 'firefox'] as const)
    it(`because the worker does not load: it does not join, and names the file (${browser})`, async () => {
      const page = await world.page(browser);
      await page.page.setRequestInterception(true);
      page.page.on('request', (request) => {
        if (request.url().endsWith('/encryption/worker.js')) void request.abort();
        else void request.continue();
      });
      assert.deepEqual(await cannot(page, `blocked-${browser}`, 'CHUNK_LOAD_FAILED'), {
        chunk: 'processors/encryption/worker.js',
      });
    });
});
