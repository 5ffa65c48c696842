import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callSecret } from '../../../src/media/encryption/keys/call-secret.js';
import { layouts, type Layout } from '../../../src/media/encryption/frames/frame-format.js';
import { FrameOpener } from '../../../src/media/encryption/frames/frame-opener.js';
import { FrameSealer } from '../../../src/media/encryption/frames/frame-sealer.js';
import { ReplayWindow } from '../../../src/media/encryption/frames/replay-window.js';

type Bytes = Uint8Array<ArrayBuffer>;

const camera = { participantId: 'ann', source: 'camera' } as const;
const microphone = { participantId: 'ann', source: 'microphone' } as const;

const secretOf = (text: string): Promise<CryptoKey> => callSecret(new TextEncoder().encode(text), 'call');
const [secret, otherSecret] = await Promise.all([
  secretOf('a key of many bytes'),
  secretOf('another key, as long'),
]);

/** A VP8 key frame: frame tag, start code, size, and data. */
const keyFrame: Bytes = Uint8Array.of(0x10, 0x32, 0x54, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00, 1, 2, 3, 4);
const deltaFrame: Bytes = Uint8Array.of(0x11, 0x32, 0x54, 9, 8, 7, 6, 5);
const opusPacket: Bytes = Uint8Array.of(0x78, 1, 2, 3, 4, 5, 6);

async function sealed(
  frame: Bytes,
  layout: Layout,
  origin: ConstructorParameters<typeof FrameSealer>[0] = camera,
): Promise<Bytes> {
  const result = await new FrameSealer(origin).seal(frame, layout, secret);
  assert.ok(result);
  return result;
}

describe('an encrypted frame', () => {
  for (const [name, frame, layout] of [
    ['a key frame', keyFrame, layouts.key],
    ['a delta frame', deltaFrame, layouts.delta],
    ['an audio packet', opusPacket, layouts.audio],
    ['an audio packet without data', new Uint8Array(), layouts.audio],
  ] as const)
    it(`is what it was, once decrypted: ${name}`, async () => {
      const opened = await new FrameOpener(camera).open(await sealed(frame, layout), [secret]);
      assert.deepEqual([opened?.layout, [...(opened?.data ?? [])]], [layout, [...frame]]);
    });

  it('shows a media server the frame tag and size of VP8, and a decoder no start code', async () => {
    const key = await sealed(keyFrame, layouts.key);
    assert.deepEqual([...key.subarray(0, 10)], [0x10, 0x32, 0x54, 0, 0, 0, 0x40, 0x01, 0xf0, 0x00]);
    const delta = await sealed(deltaFrame, layouts.delta);
    assert.deepEqual([...delta.subarray(0, 3)], [0x11, 0x32, 0x54]);
  });

  it('is no Opus packet that could be played, and shows nothing of the original', async () => {
    const first = await sealed(opusPacket, layouts.audio, microphone);
    assert.deepEqual([...first.subarray(0, 2)], [0x03, 0x00]);
    const second = await sealed(opusPacket, layouts.audio, microphone);
    assert.notDeepEqual(first, second);
  });

  it('is refused under another secret, and opened by whichever of several fits', async () => {
    const frame = await sealed(deltaFrame, layouts.delta);
    const opener = new FrameOpener(camera);
    assert.equal(await opener.open(frame, []), undefined);
    assert.equal(await opener.open(frame, [otherSecret]), undefined);
    assert.ok(await opener.open(frame, [otherSecret, secret]));
  });

  it('is refused as the media of another participant or source', async () => {
    const frame = await sealed(deltaFrame, layouts.delta);
    for (const origin of [
      { ...camera, participantId: 'bob' },
      { ...camera, source: 'screen' as const },
    ])
      assert.equal(await new FrameOpener(origin).open(frame, [secret]), undefined);
  });

  it('is refused if a single byte was changed, whichever', async () => {
    const frame = await sealed(keyFrame, layouts.key);
    for (const at of frame.keys()) {
      const changed = frame.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.equal(await new FrameOpener(camera).open(changed, [secret]), undefined, `byte ${at}`);
    }
    for (let length = 0; length < frame.length; length += 1)
      assert.equal(await new FrameOpener(camera).open(frame.slice(0, length), [secret]), undefined);
  });

  it('is refused when it comes again', async () => {
    const sealer = new FrameSealer(camera);
    const opener = new FrameOpener(camera);
    const frames: Bytes[] = [];
    for (let count = 0; count < 3; count += 1) {
      const frame = await sealer.seal(deltaFrame, layouts.delta, secret);
      if (frame) frames.push(frame);
    }
    const [first, second, third] = frames;
    assert.ok(await opener.open(first!, [secret]));
    assert.ok(await opener.open(third!, [secret]));
    assert.ok(await opener.open(second!, [secret]), 'late, but new');
    for (const frame of frames) assert.equal(await opener.open(frame, [secret]), undefined);
  });

  it('never exists without a secret, nor for a frame that is too short for its kind', async () => {
    const sealer = new FrameSealer(camera);
    assert.equal(await sealer.seal(deltaFrame, layouts.delta, undefined), undefined);
    assert.equal(await sealer.seal(deltaFrame.slice(0, 2), layouts.delta, secret), undefined);
    assert.equal(await sealer.seal(keyFrame.slice(0, 9), layouts.key, secret), undefined);
  });

  it('is under another key after each change of the secret, and in each connection', async () => {
    const saltOf = (frame: Bytes | undefined): string => String(frame?.slice(-13, -5));
    const sealer = new FrameSealer(camera);
    const before = await sealer.seal(deltaFrame, layouts.delta, secret);
    const next = await sealer.seal(deltaFrame, layouts.delta, secret);
    const changed = await sealer.seal(deltaFrame, layouts.delta, otherSecret);
    assert.equal(saltOf(before), saltOf(next));
    assert.notEqual(saltOf(next), saltOf(changed));
    assert.notEqual(saltOf(before), saltOf(await sealed(deltaFrame, layouts.delta)));
    assert.ok(await new FrameOpener(camera).open(changed!, [otherSecret]));
  });
});

describe('a replay window', () => {
  it('takes each counter once, however late within it, and none from before it', () => {
    const seen = new ReplayWindow();
    assert.equal(seen.add(5000), true);
    assert.equal(seen.add(5000), false);
    assert.equal(seen.add(4000), true);
    assert.equal(seen.add(5000 - 1024), false);
    for (let counter = 5001; counter < 9000; counter += 1) assert.equal(seen.add(counter), true);
    assert.equal(seen.add(8999), false);
    assert.equal(seen.add(5001), false);
  });
});

/** Whether what one secret encrypts the other decrypts. */
async function isSame(first: CryptoKey, second: CryptoKey): Promise<boolean> {
  const frame = await new FrameSealer(camera).seal(deltaFrame, layouts.delta, first);
  return (await new FrameOpener(camera).open(frame!, [second])) !== undefined;
}

describe('the secret of a call', () => {
  const bytes = crypto.getRandomValues(new Uint8Array(32));

  it('is that of everyone who has the same passphrase, bytes or key, and of no other call', async () => {
    const exportable = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', true, ['encrypt']);
    const hkdf = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits']);
    const own = await callSecret(bytes, 'call');
    for (const same of [bytes.buffer, exportable, hkdf])
      assert.equal(await isSame(own, await callSecret(same, 'call')), true);
    assert.equal(await isSame(own, await callSecret(bytes, 'another call')), false);
    const passphrase = await callSecret('horse', 'call');
    assert.equal(await isSame(passphrase, await callSecret('horse', 'call')), true);
    assert.equal(await isSame(passphrase, await callSecret('house', 'call')), false);
    assert.equal(await isSame(passphrase, await callSecret('horse', 'another call')), false);
  });

  it('cannot be read', async () => {
    await assert.rejects(crypto.subtle.exportKey('raw', await callSecret(bytes, 'call')));
  });

  it('is not made of what is too short or of no use', async () => {
    const unusable = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt']);
    for (const key of [new Uint8Array(15), unusable, {} as CryptoKey])
      await assert.rejects(callSecret(key, 'call'), { code: 'INVALID_ARGUMENT' });
  });
});
