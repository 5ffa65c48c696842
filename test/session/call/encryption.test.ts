import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError } from '../../../src/domain/call-error.js';
import type { EncryptionKey, MediaEncryption } from '../../../src/domain/media/media-encryption.js';
import { defaultSettings } from '../../../src/settings/setting-rows.js';
import { settled } from '../../fakes/session/session-harness.js';
import { FakeNetwork } from '../../fakes/session/fake-transport.js';
import { bob, worldWith } from './session-setup.js';

const encrypted = { encryptionKey: 'horse' };

/** A call with an encryption that records the keys it is given. */
function encryptedCall(openEncryption?: () => Promise<MediaEncryption>) {
  const keys: EncryptionKey[] = [];
  const received: unknown[] = [];
  const nothing = (): void => undefined;
  const encryption: MediaEncryption = {
    protect: nothing,
    protectSender: nothing,
    protectReceiver: nothing,
    setKey: (key) => void keys.push(key),
    receive: (...message) => void received.push(message),
  };
  const world = worldWith(encrypted, {
    openEncryption: openEncryption ?? (() => Promise.resolve(encryption)),
  });
  return { world, keys, received, encryption };
}

describe('the session of an encrypted call', () => {
  it('gives the encryption to its transport', async () => {
    const { world, encryption } = encryptedCall();
    await world.join();
    assert.equal(world.transport.context.encryption, encryption);
  });

  it('prepares no connection, which would have no encryption', async () => {
    let prepared = 0;
    const { create } = new FakeNetwork();
    const prepare = () => {
      prepared += 1;
      return create;
    };
    for (const settings of [encrypted, {}]) {
      const world = worldWith(settings, {
        loadTransport: () => Promise.resolve(Object.assign(create.bind(undefined), { prepare })),
      });
      void world.session.join();
      await settled();
      assert.equal(prepared, settings === encrypted ? 0 : 1);
    }
  });

  it('opens no transport, and is not joined, if the encryption cannot work', async () => {
    const { world } = encryptedCall(() => Promise.reject(new CallError('UNSUPPORTED_BROWSER')));
    await world.join();
    assert.equal(world.session.store.get().phase, 'ended');
    assert.deepEqual(world.codes, ['UNSUPPORTED_BROWSER']);
    assert.equal(world.air.transports.size, 0);
  });

  it('opens none while the encryption is being loaded', async () => {
    const { world } = encryptedCall(() => new Promise(() => undefined));
    await world.join();
    assert.equal(world.air.transports.size, 0);
    assert.equal(world.session.store.get().phase, 'joining');
  });

  it('hands on a key that changes during the call', async () => {
    const { world, keys } = encryptedCall();
    await world.join();
    world.session.updateSettings({ ...defaultSettings, ...encrypted, callTitle: 'Standup' });
    world.session.updateSettings({ ...defaultSettings, encryptionKey: 'mule' });
    await settled();
    assert.deepEqual(keys, ['mule']);
  });

  it('hands on what others say about their keys, and sends what there is to say to them, on any transport', async () => {
    const { world, received } = encryptedCall();
    await world.join(bob);
    const data = { type: 'key', key: 'public', generation: 1, has: 0 } as const;
    await world.push({ type: 'signal', from: bob.id, epoch: 0, data });
    assert.deepEqual(received, [[bob.id, data]]);
  });

  it('says what is known of the encryption, in state and event', async () => {
    const { world } = encryptedCall();
    await world.join();
    assert.equal(world.call.encryption, undefined);
    const encryption = { encrypted: true, undecryptable: [] };
    world.session.store.dispatch({ type: 'encryption-changed', encryption });
    assert.equal(world.call.encryption, encryption);
    assert.equal(world.names.at(-1), 'onEncryptionChanged');
  });
});
