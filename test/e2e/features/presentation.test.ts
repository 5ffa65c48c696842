import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { CallWorld } from '../world/call-world.js';
import { press, tiles, untilPart, untilText, untilTiles } from '../world/interface.js';
import { given, intruder, presenter, viewer, viewerToken, voices } from '../world/presentation.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const seen = async (page: Parameters<typeof tiles>[0]): Promise<readonly string[]> =>
  (await tiles(page)).map(({ uid, source }) => `${uid} ${source}`).sort();

describe('a presentation', () => {
  it('viewers see the presenter and the screen, send nothing, and are asked for nothing', async () => {
    const vic = await viewer(world, 'vic', 'talk');
    await untilText(vic, 'Waiting for the presenter');
    const ada = await presenter(world, 'ada', 'talk');
    const wim = await viewer(world, 'wim', 'talk');
    const audience = [vic, wim];
    await Promise.all([ada, ...audience].map((page) => page.until(3)));
    await Promise.all(audience.map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await untilText(vic, 'Waiting for the presenter', false);
    assert.deepEqual(await seen(vic), ['ada camera'], 'no tile of their own');
    assert.deepEqual(await seen(ada), ['ada camera'], 'and none on the stage of the presenter');

    await press(ada, 'button-screen-share');
    await Promise.all(audience.map((page) => page.untilReceiving({ video: 2, audio: 1 })));
    const shown = await untilTiles(vic, (now) => now.some(({ source }) => source === 'screen'));
    assert.deepEqual(
      shown.map(({ uid, source, role }) => [uid, source, role]),
      [
        ['ada', 'screen', 'front'],
        ['ada', 'camera', 'filmstrip'],
      ],
    );
    for (const page of audience) {
      assert.deepEqual(await given(page), { asked: 0, sent: 0 });
      assert.equal(await page.openConnections(), 1, 'viewers have no connection with each other');
      assert.deepEqual(await page.errors(), []);
    }
    assert.equal(await voices(ada), 0);
  });

  it('presenters see how many there are, and who; viewers have no controls of media, and no list', async () => {
    const ada = await presenter(world, 'ada', 'list');
    const bob = await presenter(world, 'bob', 'list');
    const vic = await viewer(world, 'vic', 'list');
    await Promise.all([ada, bob, vic].map((page) => page.until(3)));
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await vic.untilReceiving({ video: 2, audio: 2 });
    await ada.page.setViewport({ width: 1400, height: 800 });
    await untilPart(ada, 'button-participants');
    await untilText(ada, '3');
    await press(ada, 'button-participants');
    await untilText(ada, '3 people in the call');
    for (const name of ['Ada (you)', 'Bob', 'Vic']) await untilText(ada, name);
    const signs = await ada.page.$$eval(
      'cometchat-call >>> cometchat-call-participants >>> [role=img]',
      (all) => all.map((sign) => sign.getAttribute('aria-label')),
    );
    assert.ok(signs.includes('Watching'), signs.join());
    await untilPart(vic, 'button-end-call');
    for (const name of ['mute-audio', 'pause-video', 'screen-share', 'recording', 'participants'])
      await untilPart(vic, `button-${name}`, false);
  });

  it('is decided by the token: what a viewer sends all the same is neither shown nor played', async () => {
    const ada = await presenter(world, 'ada', 'rules');
    const eve = await intruder(world, 'eve', 'rules');
    const vic = await viewer(world, 'vic', 'rules');
    await Promise.all([ada, eve, vic].map((page) => page.until(3)));
    // It does arrive. (Audio that is not played is not decoded.)
    await ada.untilReceiving({ video: 1, audio: 0 });
    await vic.untilReceiving({ video: 1, audio: 1 });
    for (const page of [ada, vic]) assert.deepEqual(await seen(page), ['ada camera']);
    assert.deepEqual([await voices(ada), await voices(vic)], [0, 1]);
    const ofEve = await ada.page.evaluate(() => {
      const { participants } = document.querySelector('cometchat-call') as unknown as {
        readonly participants: readonly { uid: string; isAudioMuted: boolean; isVideoMuted: boolean }[];
      };
      const { isAudioMuted, isVideoMuted } = participants.find(({ uid }) => uid === 'eve') ?? {};
      return [isAudioMuted, isVideoMuted];
    });
    assert.deepEqual(ofEve, [true, true]);
  });

  it('goes on when its only viewer leaves', async () => {
    const ada = await presenter(world, 'ada', 'on');
    const vic = await viewer(world, 'vic', 'on');
    await vic.untilReceiving({ video: 1, audio: 1 });
    await vic.call('endSession');
    await ada.event('onUserLeft');
    await ada.until(1);
    await ada.untilState('active');
    assert.ok(!(await ada.eventNames()).includes('onCallEnded'));
  });

  it('is watched in Firefox, too', async () => {
    const ada = await presenter(world, 'ada', 'fox');
    const vic = await viewer(world, 'vic', 'fox', 'firefox');
    await Promise.all([ada, vic].map((page) => page.until(2)));
    await vic.untilReceiving({ video: 1, audio: 1 });
    assert.deepEqual(await given(vic), { asked: 0, sent: 0 });
    assert.deepEqual(await seen(vic), ['ada camera']);
  });

  it('is joined by joinPresentation, on both sides', async () => {
    const join = async (uid: string, isPresenter: boolean) => {
      const page = await world.page('chromium', { path: '/sdk.html' });
      await page.page.waitForFunction(() => 'CometChatCalls' in window);
      const token = isPresenter ? await world.token(uid, 'sdk') : await viewerToken(uid, 'sdk');
      await page.page.evaluate(
        async (callToken, presents) => {
          const { CometChatCalls } = window;
          const app = new CometChatCalls.CallAppSettingsBuilder().setAppId('app').setRegion('us').build();
          await CometChatCalls.init(app);
          const settings = new CometChatCalls.PresenterSettingsBuilder().setIsPresenter(presents).build();
          const container = document.getElementById('call-container') as HTMLElement;
          await CometChatCalls.joinPresentation(callToken, settings, container);
        },
        token,
        isPresenter,
      );
      return page;
    };
    const ada = await join('ada', true);
    const vic = await join('vic', false);
    await vic.untilReceiving({ video: 1, audio: 1 });
    assert.deepEqual(await seen(vic), ['ada camera']);
    await vic.untilLiveTracks(0);
    assert.equal((await ada.received()).frames[0], undefined);
  });
});
