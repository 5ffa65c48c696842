import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { ActiveCall } from '../../../src/domain/call/call-state.js';
import { CallKeys } from '../../../src/media/encryption/keys/call-keys.js';
import { EncryptionMonitor } from '../../../src/media/encryption/encryption-monitor.js';
import { callOf } from '../../fakes/ui/call-states.js';

describe('what the reports say about a call', () => {
  const call = callOf(3);
  const [self, bob, cas] = [...call.participants.keys()] as [string, string, string];
  const muted = (ids: readonly string[]): ActiveCall => ({
    ...call,
    participants: new Map(
      [...call.participants].map(([id, participant]) => [
        id,
        ids.includes(id) ? { ...participant, audioMuted: true, videoPaused: true } : participant,
      ]),
    ),
  });
  const opened = (participantId: string, source: 'camera' | 'microphone' = 'camera') =>
    ({ type: 'opened', participantId, source }) as const;
  const monitorOf = (...reports: readonly Parameters<EncryptionMonitor['add']>[0][]): EncryptionMonitor => {
    const monitor = new EncryptionMonitor();
    for (const report of reports) monitor.add(report);
    return monitor;
  };
  const everyone = { type: 'sealed', peerId: undefined, secretId: 1 } as const;
  const sealedFor = (peerId: string) => ({ type: 'sealed', peerId, secretId: 1 }) as const;

  it('is encrypted once own frames went to each, and those of each were decrypted', () => {
    const monitor = monitorOf();
    for (const report of [opened(bob), sealedFor(bob), opened(cas)]) {
      monitor.add(report);
      assert.equal(monitor.encryptionOf(call).encrypted, false);
    }
    monitor.add(sealedFor(cas));
    assert.deepEqual(monitor.encryptionOf(call), { encrypted: true, undecryptable: [] });
  });

  it('is encrypted when what goes to everyone is, as over an SFU', () => {
    assert.equal(monitorOf(everyone, opened(bob), opened(cas)).encryptionOf(call).encrypted, true);
  });

  it('expects no frames of those who send nothing, but some of somebody', () => {
    assert.equal(monitorOf(everyone, opened(bob)).encryptionOf(muted([cas])).encrypted, true);
    assert.equal(monitorOf(everyone, opened(bob)).encryptionOf(call).encrypted, false);
    assert.equal(monitorOf(everyone).encryptionOf(muted([bob, cas])).encrypted, false);
    assert.equal(monitorOf(opened(bob), opened(cas)).encryptionOf(muted([self])).encrypted, true);
  });

  it('names who cannot be decrypted, until it can be', () => {
    const monitor = monitorOf(everyone, opened(bob), opened(cas), opened(cas, 'microphone'));
    monitor.add({ type: 'failing', participantId: cas, source: 'microphone' });
    assert.deepEqual(monitor.encryptionOf(call), { encrypted: false, undecryptable: [cas] });
    monitor.add(opened(cas, 'microphone'));
    assert.deepEqual(monitor.encryptionOf(call), { encrypted: true, undecryptable: [] });
  });
});

describe('the keys of a call', () => {
  let end = new AbortController();
  afterEach(() => end.abort());

  const bytes = (fill: number): Uint8Array<ArrayBuffer> => new Uint8Array(32).fill(fill);

  function keysOf(key: ConstructorParameters<typeof CallKeys>[0]) {
    end = new AbortController();
    const used: number[] = [];
    const latest: { secrets: readonly CryptoKey[] } = { secrets: [] };
    const errors: unknown[] = [];
    const keys = new CallKeys(key, {
      use(secrets) {
        latest.secrets = secrets;
        used.push(secrets.length);
      },
      onError: (error) => errors.push(error),
      signal: end.signal,
    });
    return { keys, used, latest, errors };
  }

  /** Waits until so many sets of secrets were used. */
  async function until(holds: () => boolean): Promise<void> {
    for (let turn = 0; !holds(); turn += 1) {
      assert.ok(turn < 10_000, 'nothing happened');
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('are not used before the call is known, and derived once', async () => {
    const { keys, used } = keysOf(bytes(1));
    assert.deepEqual(used, []);
    keys.join('call');
    keys.join('call');
    await until(() => used.length > 0);
    assert.deepEqual(used, [1]);
  });

  it('go on to decrypt for a while after a change, and encrypt no more', async ({ mock }) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const { keys, used, latest } = keysOf(bytes(1));
    keys.join('call');
    await until(() => used.length === 1);
    const [first] = latest.secrets;
    keys.setKey(bytes(2));
    await until(() => used.length === 2);
    const [second, third] = latest.secrets;
    assert.notEqual(second, first);
    assert.equal(third, first);
    mock.timers.tick(29_999);
    assert.deepEqual(latest.secrets, [second, first]);
    mock.timers.tick(1);
    assert.deepEqual(latest.secrets, [second]);
  });

  it('are gone at once when the key is taken away, or cannot be used', async () => {
    const { keys, used, latest, errors } = keysOf(bytes(1));
    keys.join('call');
    await until(() => used.length === 1);
    keys.setKey('');
    assert.deepEqual(latest.secrets, []);
    keys.setKey(bytes(1));
    await until(() => latest.secrets.length > 0);
    keys.setKey(new Uint8Array(3));
    await until(() => errors.length > 0);
    assert.deepEqual(latest.secrets, []);
  });
});
