import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { press, tiles } from '../world/interface.js';
import { given, intruder, presenter, viewer, voices } from '../world/presentation.js';
import { createSfuWorld } from './sfu-world.js';

const { world, skip } = await createSfuWorld();
afterEach(() => world.clear());

describe('a presentation beyond the mesh', { skip }, () => {
  it('goes over the SFU: viewers see presenter and screen, and send nothing', async () => {
    const ada = await presenter(world, 'ada', 'hall');
    const audience = [await viewer(world, 'vic', 'hall')];
    await audience[0]?.untilReceiving({ video: 1, audio: 1 });
    for (const uid of ['wim', 'xia', 'yun']) audience.push(await viewer(world, uid, 'hall'));
    await Promise.all([ada, ...audience].map((page) => page.until(5)));
    await Promise.all(audience.map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await press(ada, 'button-screen-share');
    await Promise.all(audience.map((page) => page.untilReceiving({ video: 2, audio: 1 })));
    for (const page of audience) {
      const seen = (await tiles(page)).map(({ uid, source }) => `${uid} ${source}`).sort();
      assert.deepEqual(seen, ['ada camera', 'ada screen']);
      assert.deepEqual(await given(page), { asked: 0, sent: 0 });
      assert.deepEqual(await page.errors(), []);
    }
  });

  it('has a media server that takes nothing from a viewer, whatever its page does', async () => {
    const ada = await presenter(world, 'ada', 'closed');
    const vic = await viewer(world, 'vic', 'closed');
    const eve = await intruder(world, 'eve', 'closed');
    await Promise.all([ada, vic, eve].map((page) => page.until(3)));
    await Promise.all([vic, eve].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    // The page has microphone and camera, and nowhere to send them to.
    assert.deepEqual((await given(eve)).sent, 0);
    assert.deepEqual(await voices(ada), 0);
    assert.deepEqual(Object.values((await ada.received()).frames), []);
  });
});
