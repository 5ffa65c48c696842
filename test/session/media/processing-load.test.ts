import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChunkLoadError } from '../../../src/base/load-chunk.js';
import { createTrackProcessing } from '../../../src/session/media/local/track-processing.js';
import { defaultSettings, type CallSettings } from '../../../src/settings/setting-rows.js';
import { ScriptedProcessor } from '../../fakes/media/scripted-processor.js';
import { SessionHarness, settled } from '../../fakes/session/session-harness.js';
import { worlds } from './processing-setup.js';

describe('the code that processes does not load', () => {
  const image = { backgroundImage: 'builtin:sea' } as const;

  /** A call whose code for processors comes at the second try, if at all. */
  function guardedCall(settings: Partial<CallSettings>, comes = false) {
    let tries = 0;
    const world = new SessionHarness(settings, {
      loadProcessing: (wanted, way) =>
        ++tries > 1 && comes
          ? Promise.resolve(
              createTrackProcessing(wanted, { ...way, onDropped: () => undefined, isEnforced: () => true }),
            )
          : Promise.reject(new ChunkLoadError('processing', new TypeError('gone'))),
    });
    worlds.push(world);
    return world;
  }

  for (const [what, settings] of [
    ['an enforced background', { ...image, backgroundChoices: 'none' }],
    ['a background', image],
    ['a blur', { backgroundBlur: 50 }],
    ['a processor of the page', { trackProcessors: { camera: new ScriptedProcessor() } }],
  ] as const satisfies readonly (readonly [string, Partial<CallSettings>])[])
    it(`${what}: the camera is not sent, the others see that it is off, and the user why`, async () => {
      const world = guardedCall(settings);
      await world.join();
      await settled();
      assert.equal(world.transport.sent.get('camera') ?? null, null);
      assert.ok(world.transport.sent.get('microphone'));
      assert.deepEqual(world.codes, ['CHUNK_LOAD_FAILED']);
      assert.equal(world.call.local.camera.wanted, false);
      assert.equal(world.call.local.failures.camera, 'CHUNK_LOAD_FAILED');
      assert.ok(
        world.tracks.filter(({ kind }) => kind === 'video').every(({ readyState }) => readyState === 'ended'),
      );
    });

  it('only a noise suppression: all go out as they are', async () => {
    const world = guardedCall({ noiseSuppression: true });
    await world.join();
    await settled();
    assert.ok(world.transport.sent.get('microphone') && world.transport.sent.get('camera'));
    assert.deepEqual(world.codes, ['CHUNK_LOAD_FAILED']);
  });

  it('camera on again: it is tried again, and seen when it is processed', async () => {
    const camera = new ScriptedProcessor();
    const world = guardedCall({ trackProcessors: { camera } }, true);
    world.session.openLocalMedia();
    await settled();
    await world.join();
    await settled();
    if (!world.call.local.camera.wanted) world.session.commands.pauseVideo(false);
    await settled();
    const processed = camera.resolveWith();
    await settled();
    assert.equal(world.transport.sent.get('camera'), processed);
    assert.deepEqual(world.call.local.failures, {});
  });

  it('a background chosen during the call: what all have seen is seen on, unless one is enforced', async () => {
    for (const backgroundChoices of ['all', 'none'] as const) {
      const world = guardedCall({});
      await world.join();
      const raw = world.transport.sent.get('camera');
      assert.ok(raw);
      world.session.updateSettings({ ...defaultSettings, ...image, backgroundChoices });
      await settled();
      assert.equal(world.transport.sent.get('camera'), backgroundChoices === 'none' ? null : raw);
    }
  });
});
