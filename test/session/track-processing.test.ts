import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { ProcessingTrouble, TrackProcessor } from '../../src/domain/track-processor.js';
import { createTrackProcessing } from '../../src/session/track-processing.js';
import { defaultSettings, type CallSettings } from '../../src/settings/setting-rows.js';
import { provideMediaClasses } from '../fakes/node-media.js';
import { ScriptedProcessor } from '../fakes/scripted-processor.js';
import { device, SessionWorld, settled } from '../fakes/session-world.js';

provideMediaClasses();

const worlds: SessionWorld[] = [];
afterEach(() => {
  for (const { session } of worlds.splice(0)) session.endSession();
});

/** A call whose tracks are processed, and what was given up in it. */
function processedCall(settings: Partial<CallSettings> = {}, enforced = false) {
  const dropped: string[] = [];
  const world = new SessionWorld(settings, {
    loadProcessing: (wanted, way) =>
      Promise.resolve(
        createTrackProcessing(wanted, {
          ...way,
          onDropped: (source, trouble) => dropped.push(`${source} ${trouble}`),
          isEnforced: () => enforced,
        }),
      ),
  });
  worlds.push(world);
  const sent = (): unknown => world.transport.sent.get('camera');
  const raw = (kind = 'video'): unknown => world.tracks.findLast((track) => track.kind === kind);
  const use = (camera: TrackProcessor | null): void =>
    world.session.updateSettings({ ...defaultSettings, ...settings, trackProcessors: camera && { camera } });
  return { world, dropped, sent, raw, use };
}

describe('own tracks', () => {
  it('go out as they are until a processor is wanted, and again when none is', async () => {
    const { world, sent, raw, use } = processedCall();
    await world.join();
    assert.equal(sent(), raw());
    const processor = new ScriptedProcessor();
    use(processor);
    await settled();
    assert.equal(sent(), raw(), 'the raw one goes out until the processed one is there');
    const processed = processor.give();
    await settled();
    assert.equal(sent(), processed);
    use(null);
    await settled();
    assert.equal(sent(), raw());
    assert.equal(processed.readyState, 'ended');
  });

  it('a camera that is to be processed from the start is not seen before it is; a microphone is heard at once', async () => {
    const [camera, microphone] = [new ScriptedProcessor(), new ScriptedProcessor()];
    const { world, sent, raw } = processedCall({ trackProcessors: { camera, microphone } });
    await world.join();
    await settled();
    assert.equal(sent() ?? null, null);
    assert.equal(world.transport.sent.get('microphone'), raw('audio'));
    const [picture, sound] = [camera.give(), microphone.give()];
    await settled();
    assert.equal(sent(), picture);
    assert.equal(world.transport.sent.get('microphone'), sound);
  });

  it('another processor takes over without a gap', async () => {
    const [first, second] = [new ScriptedProcessor(), new ScriptedProcessor()];
    const { world, sent, use } = processedCall({ trackProcessors: { camera: first } });
    await world.join();
    await settled();
    const before = first.give();
    await settled();
    use(second);
    await settled();
    assert.equal(sent(), before);
    assert.equal(before.readyState, 'live');
    const after = second.give();
    await settled();
    assert.equal(sent(), after);
    assert.equal(before.readyState, 'ended');
  });

  it('camera off: nothing goes out, the camera is closed; on: it is processed anew', async () => {
    const camera = new ScriptedProcessor();
    const { world, sent, use } = processedCall();
    await world.join();
    use(camera);
    await settled();
    const processed = camera.give();
    await settled();
    world.session.pauseVideo(true);
    await settled();
    assert.equal(sent(), null);
    assert.equal(processed.readyState, 'ended');
    assert.ok(
      world.tracks.filter(({ kind }) => kind === 'video').every(({ readyState }) => readyState === 'ended'),
    );
    world.session.pauseVideo(false);
    await settled();
    const next = camera.give();
    await settled();
    assert.equal(sent(), next);
  });

  it('camera off while a processor is still being prepared: what it gives is stopped', async () => {
    const camera = new ScriptedProcessor();
    const { world, sent, use } = processedCall();
    await world.join();
    use(camera);
    await settled();
    world.session.pauseVideo(true);
    await settled();
    const late = camera.give();
    await settled();
    assert.equal(sent(), null);
    assert.equal(late.readyState, 'ended');
  });

  it('another camera: the picture of the first is kept until that of the second is processed', async () => {
    const camera = new ScriptedProcessor();
    const { world, sent } = processedCall({ trackProcessors: { camera } });
    await world.join();
    await settled();
    const first = camera.give();
    await settled();
    world.devices.set([device('videoinput', 'video'), device('videoinput', 'rear')]);
    world.session.setVideoInputDevice('rear');
    await settled();
    assert.equal(sent(), first);
    const second = camera.give();
    await settled();
    assert.equal(sent(), second);
    assert.equal(first.readyState, 'ended');
    const cameras = world.tracks.filter(({ kind }) => kind === 'video');
    assert.deepEqual(
      cameras.map(({ readyState }) => readyState),
      ['ended', 'live'],
    );
  });

  it('what a microphone gives is known beside what goes out', async () => {
    const microphone = new ScriptedProcessor();
    const { world, raw } = processedCall({ trackProcessors: { microphone } });
    await world.join();
    await settled();
    const processed = microphone.give();
    await settled();
    assert.equal(world.transport.sent.get('microphone'), processed);
    assert.equal(world.session.ownTrack('microphone'), raw('audio'));
    world.session.muteAudio(true);
    await settled();
    assert.equal(
      (raw('audio') as MediaStreamTrack).enabled,
      false,
      'a muted microphone is silent for the processor',
    );
  });

  it('the end of the call ends what is processed', async () => {
    const camera = new ScriptedProcessor();
    const { world } = processedCall({ trackProcessors: { camera } });
    await world.join();
    await settled();
    const processed = camera.give();
    await settled();
    world.session.endSession();
    assert.equal(processed.readyState, 'ended');
    assert.ok(world.tracks.every(({ readyState }) => readyState === 'ended'));
  });

  for (const trouble of ['too-slow', 'failed'] as const satisfies readonly ProcessingTrouble[])
    it(`a processor that gives up (${trouble}): the raw track comes back, once`, async () => {
      const camera = new ScriptedProcessor();
      const { world, dropped, sent, raw } = processedCall({ trackProcessors: { camera } });
      await world.join();
      await settled();
      const processed = camera.give();
      await settled();
      camera.trouble(trouble);
      camera.trouble(trouble);
      await settled();
      assert.equal(sent(), raw());
      assert.equal(processed.readyState, 'ended');
      assert.deepEqual(dropped, [`camera ${trouble}`]);
    });

  it('a processor that cannot be had: the raw track goes out; of an enforced one, nothing does', async () => {
    for (const enforced of [false, true]) {
      const camera = new ScriptedProcessor();
      const { world, dropped, sent, raw } = processedCall({ trackProcessors: { camera } }, enforced);
      await world.join();
      await settled();
      camera.refuse();
      await settled();
      assert.equal(sent() ?? null, enforced ? null : raw());
      assert.deepEqual(dropped, ['camera failed']);
    }
  });
});
