import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  keepKnown,
  secretsOf,
  SecretNumbers,
  type IdentifiedSecret,
} from '../../../src/media/encryption/encryption-messages.js';

const newSecret = (): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', crypto.getRandomValues(new Uint8Array(32)), 'HKDF', false, ['deriveKey']);

describe('secrets that are sent to a worker', () => {
  it('are the same there when they are sent again', async () => {
    const numbers = new SecretNumbers();
    const send = (...secrets: readonly CryptoKey[]): readonly IdentifiedSecret[] =>
      structuredClone(numbers.identify(secrets.map((secret) => ({ secret }))));
    const [first, second] = [await newSecret(), await newSecret()];
    const known = keepKnown([], send(first));
    const changed = keepKnown(known, send(second, first));
    assert.equal(changed[1]?.secret, known[0]?.secret);
    assert.notEqual(changed[0]?.secret, known[0]?.secret);
    const alone = keepKnown(changed, send(second));
    assert.deepEqual(alone, [changed[0]]);
    assert.equal(alone[0]?.secret, changed[0]?.secret);
  });

  it('that were taken away do not come back by their number', async () => {
    const numbers = new SecretNumbers();
    const secret = await newSecret();
    const none = keepKnown(keepKnown([], numbers.identify([{ secret }])), []);
    assert.deepEqual(none, []);
  });

  it('are those of one participant, or of everyone', async () => {
    const [everyones, anns, newer] = [await newSecret(), await newSecret(), await newSecret()];
    const secrets = new SecretNumbers().identify([
      { owner: 'ann', secret: newer },
      { owner: 'ann', secret: anns },
      { secret: everyones },
    ]);
    const of = (id: string): readonly CryptoKey[] => secretsOf(secrets, id).map(({ secret }) => secret);
    assert.deepEqual(of('ann'), [newer, anns, everyones]);
    assert.deepEqual(of('bob'), [everyones]);
  });
});
