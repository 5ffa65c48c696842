import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProcessingFailure, TrackProcessor } from '../../../src/domain/media/track-processor.js';
import {
  createTrackProcessing,
  type DropOutcome,
} from '../../../src/session/media/local/track-processing.js';
import { defaultSettings, type CallSettings } from '../../../src/settings/setting-rows.js';
import { ScriptedProcessor } from '../../fakes/media/scripted-processor.js';
import { device, SessionHarness, settled } from '../../fakes/session/session-harness.js';
import { worlds } from './processing-setup.js';

/** A call whose tracks are processed, and what was given up in it. */
function processedCall(settings: Partial<CallSettings> = {}, enforced: boolean | (() => boolean) = false) {
  const dropped: string[] = [];
  const outcomes: DropOutcome[] = [];
  const world = new SessionHarness(settings, {
    loadProcessing: (wanted, way) =>
      Promise.resolve(
        createTrackProcessing(wanted, {
          ...way,
          onDropped(source, failure, outcome) {
            dropped.push(`${source} ${failure}`);
            outcomes.push(outcome);
          },
          isEnforced: typeof enforced === 'function' ? enforced : () => enforced,
        }),
      ),
  });
  worlds.push(world);
  const sent = (): unknown => world.transport.sent.get('camera');
  const raw = (kind = 'video'): unknown => world.tracks.findLast((track) => track.kind === kind);
  const use = (camera: TrackProcessor | null): void =>
    world.session.updateSettings({ ...defaultSettings, ...settings, trackProcessors: camera && { camera } });
  return { world, dropped, outcomes, sent, raw, use };
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
    const processed = processor.resolveWith();
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
    const [picture, sound] = [camera.resolveWith(), microphone.resolveWith()];
    await settled();
    assert.equal(sent(), picture);
    assert.equal(world.transport.sent.get('microphone'), sound);
  });

  it('another processor takes over without a gap', async () => {
    const [first, second] = [new ScriptedProcessor(), new ScriptedProcessor()];
    const { world, sent, use } = processedCall({ trackProcessors: { camera: first } });
    await world.join();
    await settled();
    const before = first.resolveWith();
    await settled();
    use(second);
    await settled();
    assert.equal(sent(), before);
    assert.equal(before.readyState, 'live');
    const after = second.resolveWith();
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
    const processed = camera.resolveWith();
    await settled();
    world.session.commands.pauseVideo(true);
    await settled();
    assert.equal(sent(), null);
    assert.equal(processed.readyState, 'ended');
    assert.ok(
      world.tracks.filter(({ kind }) => kind === 'video').every(({ readyState }) => readyState === 'ended'),
    );
    world.session.commands.pauseVideo(false);
    await settled();
    const next = camera.resolveWith();
    await settled();
    assert.equal(sent(), next);
  });

  it('camera off while a processor is still being prepared: what it gives is stopped', async () => {
    const camera = new ScriptedProcessor();
    const { world, sent, use } = processedCall();
    await world.join();
    use(camera);
    await settled();
    world.session.commands.pauseVideo(true);
    await settled();
    const late = camera.resolveWith();
    await settled();
    assert.equal(sent(), null);
    assert.equal(late.readyState, 'ended');
  });

  it('another camera: the picture of the first is kept until that of the second is processed', async () => {
    const camera = new ScriptedProcessor();
    const { world, sent } = processedCall({ trackProcessors: { camera } });
    await world.join();
    await settled();
    const first = camera.resolveWith();
    await settled();
    world.devices.set([device('videoinput', 'video'), device('videoinput', 'rear')]);
    world.session.commands.setVideoInputDevice('rear');
    await settled();
    assert.equal(sent(), first);
    const second = camera.resolveWith();
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
    const processed = microphone.resolveWith();
    await settled();
    assert.equal(world.transport.sent.get('microphone'), processed);
    assert.equal(world.session.media.localTrack('microphone'), raw('audio'));
    world.session.commands.muteAudio(true);
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
    const processed = camera.resolveWith();
    await settled();
    world.session.commands.endSession();
    assert.equal(processed.readyState, 'ended');
    assert.ok(world.tracks.every(({ readyState }) => readyState === 'ended'));
  });

  for (const failure of ['too-slow', 'failed'] as const satisfies readonly ProcessingFailure[])
    it(`a camera whose processor gives up (${failure}) is not sent unprocessed, and that is reported once`, async () => {
      const camera = new ScriptedProcessor();
      const { dropped, world, sent } = processedCall({ trackProcessors: { camera } });
      await world.join();
      await settled();
      const processed = camera.resolveWith();
      await settled();
      camera.fail(failure);
      camera.fail(failure);
      await settled();
      assert.equal(sent(), null);
      assert.equal(processed.readyState, 'ended');
      assert.deepEqual(dropped, [`camera ${failure}`]);
    });

  it('a microphone whose processor gives up is heard as it is', async () => {
    const microphone = new ScriptedProcessor();
    const { world, raw } = processedCall({ trackProcessors: { microphone } });
    await world.join();
    await settled();
    microphone.resolveWith();
    await settled();
    microphone.fail('failed');
    await settled();
    assert.equal(world.transport.sent.get('microphone'), raw('audio'));
  });

  it('a processor whose track ends by itself has given up', async () => {
    const camera = new ScriptedProcessor();
    const { dropped, world, sent } = processedCall({ trackProcessors: { camera } });
    await world.join();
    await settled();
    const processed = camera.resolveWith();
    await settled();
    assert.equal(sent(), processed);
    processed.vanish();
    await settled();
    assert.equal(sent(), null);
    assert.deepEqual(dropped, ['camera failed']);
  });

  for (const [what, camera] of [
    ['rejects', { process: () => Promise.reject(new Error('no')) }],
    [
      'throws',
      {
        process: () => {
          throw new Error('no');
        },
      },
    ],
    ['gives no track', { process: () => Promise.resolve(undefined as unknown as MediaStreamTrack) }],
    ['is none', {} as TrackProcessor],
  ] as const satisfies readonly (readonly [string, TrackProcessor])[])
    for (const enforced of [false, true])
      it(`a camera is not seen when its processor ${what}${enforced ? ', enforced' : ''}`, async () => {
        const { world, dropped, raw } = processedCall({ trackProcessors: { camera } }, enforced);
        const all: unknown[] = [];
        await world.join();
        const { sent } = world.transport;
        all.push(sent.get('camera'));
        await settled();
        all.push(sent.get('camera'));
        assert.ok(!all.includes(raw()));
        assert.deepEqual(dropped, ['camera failed']);
      });

  it('a processor that never settles is given up in time; what it gives later is stopped', async (test) => {
    test.mock.timers.enable({ apis: ['setTimeout'] });
    const camera = new ScriptedProcessor();
    const { world, dropped, sent } = processedCall({ trackProcessors: { camera } });
    await world.join();
    await settled();
    test.mock.timers.tick(29_000);
    await settled();
    assert.deepEqual(dropped, []);
    test.mock.timers.tick(1000);
    await settled();
    assert.deepEqual(dropped, ['camera failed']);
    const late = camera.resolveWith();
    await settled();
    assert.equal(late.readyState, 'ended');
    assert.equal(sent() ?? null, null);
  });

  it('a choice that fails changes nothing: the picture before goes on, processed or not', async () => {
    const [first, second] = [new ScriptedProcessor(), new ScriptedProcessor()];
    const { world, dropped, outcomes, sent, raw, use } = processedCall();
    await world.join();
    use(first);
    await settled();
    first.reject();
    await settled();
    assert.equal(sent(), raw(), 'what all have seen already is seen on');
    use(second);
    await settled();
    const processed = second.resolveWith();
    await settled();
    use(first);
    await settled();
    first.reject();
    await settled();
    assert.equal(sent(), processed);
    assert.equal(processed.readyState, 'live');
    assert.deepEqual(dropped, ['camera failed', 'camera failed']);
    const kept = outcomes.at(-1);
    assert.ok(typeof kept === 'object' && kept.kept.trackProcessors?.camera === second);
  });

  it('a background that comes to be enforced during the call: the raw picture stops at once', async () => {
    let enforced = false;
    const { world, sent, use } = processedCall({}, () => enforced);
    await world.join();
    enforced = true;
    const camera = new ScriptedProcessor();
    use(camera);
    await settled();
    assert.equal(sent(), null);
    const processed = camera.resolveWith();
    await settled();
    assert.equal(sent(), processed);
  });
});
