import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';
import { press, untilPart, untilText } from '../world/interface.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const pair = async (session: string): Promise<[CallPage, CallPage]> => {
  const [ada, bob] = [await world.caller('ada', session), await world.caller('bob', session)];
  await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
  return [ada, bob];
};

describe('full screen', () => {
  const isWhole = (wanted: boolean) => (page: CallPage) =>
    page.page.waitForFunction(
      (on) => (document.fullscreenElement?.localName === 'cometchat-call') === on,
      { polling: 50 },
      wanted,
    );
  const labelled = ({ page }: CallPage, label: string) =>
    page.waitForSelector(`cometchat-call >>> [part~="button-full-screen"][aria-label="${label}"]`);

  it('is the element’s, the button says what it does next, and Escape or the button leaves it', async () => {
    const ada = await world.caller('ada', 'whole');
    await ada.page.setViewport({ width: 1280, height: 800 });
    await ada.until(1);
    await labelled(ada, 'Full screen');
    await press(ada, 'button-full-screen');
    await isWhole(true)(ada);
    await labelled(ada, 'Exit full screen');
    await ada.page.waitForFunction(() => {
      const { width, height } = (
        document.querySelector('cometchat-call') as CometChatCall
      ).getBoundingClientRect();
      return width === innerWidth && height === innerHeight;
    });
    await ada.page.keyboard.press('Escape');
    // A browser without a window of its own does not know the key: there the page leaves.
    await ada.page.evaluate(() => document.fullscreenElement && document.exitFullscreen());
    await isWhole(false)(ada);
    await labelled(ada, 'Full screen');
    await press(ada, 'button-full-screen');
    await labelled(ada, 'Exit full screen');
    await press(ada, 'button-full-screen');
    await isWhole(false)(ada);
    await ada.untilState('active');
    assert.deepEqual(await ada.errors(), []);
  });

  it('is not offered in a frame that may not have it', async () => {
    const ada = await world.page();
    await ada.page.setViewport({ width: 1280, height: 800 });
    const token = await world.token('ada', 'framed');
    const call = async (allow: string): Promise<string[]> => {
      await ada.page.evaluate((policy) => {
        document.querySelector('iframe')?.remove();
        const frame = document.createElement('iframe');
        frame.allow = policy;
        frame.width = '1200';
        frame.height = '700';
        frame.src = '/call.html';
        document.body.append(frame);
      }, allow);
      const handle = await ada.page.waitForSelector('iframe');
      const frame = await handle?.contentFrame();
      if (!frame) throw new Error('There is no frame.');
      await frame.waitForFunction(() => customElements.get('cometchat-call') !== undefined);
      await frame.evaluate((given) => {
        document.body.append(Object.assign(document.createElement('cometchat-call'), { token: given }));
      }, token);
      await frame.waitForSelector('cometchat-call >>> [part~="button-end-call"]', { visible: true });
      return frame.$$eval('cometchat-call >>> [part~="button"]', (buttons) =>
        buttons.map((button) => (button as HTMLElement).dataset['control'] ?? ''),
      );
    };
    const media = "camera 'self'; microphone 'self'";
    assert.ok((await call(`${media}; fullscreen 'self'`)).includes('full-screen'));
    assert.ok(!(await call(`${media}; fullscreen 'none'`)).includes('full-screen'));
  });
});

describe('a camera that is switched off', () => {
  it('is released: its light goes out, and its video is sent no more', async () => {
    const [ada, bob] = await pair('light');
    const cameras = () =>
      ada.page.evaluate(() =>
        window.observed.tracks.filter(({ kind }) => kind === 'video').map(({ readyState }) => readyState),
      );
    assert.deepEqual(await cameras(), ['live']);
    await ada.call('pauseVideo');
    await ada.untilState('video-paused');
    assert.deepEqual(await cameras(), ['ended']);
    await ada.call('pauseVideo', false);
    await ada.untilState('video-paused', false);
    await bob.untilReceiving({ video: 1, audio: 1 });
    assert.deepEqual(await cameras(), ['ended', 'live']);
  });
});

describe('a page in the background', () => {
  const become = ({ page }: CallPage, hidden: boolean) =>
    page.evaluate((now) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => now });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  /** Frames that a page has encoded for the others. */
  const encoded = ({ page }: CallPage): Promise<number> =>
    page.evaluate(async () => {
      let frames = 0;
      for (const connection of window.observed.connections)
        (await connection.getStats()).forEach((report: RTCOutboundRtpStreamStats) => {
          if (report.type === 'outbound-rtp' && report.kind === 'video') frames += report.framesEncoded ?? 0;
        });
      return frames;
    });

  it('is sent no picture, hears on, and sees again at once', async () => {
    const [ada, bob] = await pair('background');
    await become(ada, true);
    let last = -1;
    let since = 0;
    const deadline = Date.now() + 40_000;
    while (since === 0 || Date.now() - since < 1500) {
      assert.ok(Date.now() < deadline, 'bob sends on');
      const now = await encoded(bob);
      if (now !== last) [last, since] = [now, Date.now()];
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await Promise.all([
      ada.untilReceiving({ video: 0, audio: 1 }),
      bob.untilReceiving({ video: 1, audio: 1 }),
    ]);
    await become(ada, false);
    await ada.untilReceiving({ video: 1, audio: 1 });
    assert.ok(!(await ada.eventNames()).includes('onError'));
  });
});

describe('motion', () => {
  /** Runs and lasting of what moves the tiles when a participant is pinned. */
  const pin = ({ page }: CallPage, uid: string) =>
    page.evaluate(async (wanted) => {
      const call = document.querySelector('cometchat-call') as CometChatCall;
      const view = call.shadowRoot?.querySelector('cometchat-call-view');
      const stage = view?.shadowRoot?.querySelector('cometchat-call-stage');
      const state = call.callState as unknown as { participants: Map<string, { id: string; uid: string }> };
      const one = [...state.participants.values()].find((each) => each.uid === wanted);
      call.pinParticipant(one?.id ?? '');
      await view?.updateComplete;
      await stage?.updateComplete;
      const tiles = [...(stage?.shadowRoot?.querySelectorAll('cometchat-call-tile') ?? [])];
      return tiles.flatMap((tile) => tile.getAnimations()).length;
    }, uid);

  it('leads the tiles to their new places, unless the user asked for less of it', async () => {
    const [ada] = await pair('motion');
    await ada.page.waitForFunction(
      () => document.querySelector('cometchat-call')?.getAnimations({ subtree: true }).length === 0,
    );
    assert.ok((await pin(ada, 'ada')) > 0);
    await ada.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    assert.equal(await pin(ada, 'bob'), 0);
  });
});

describe('a camera and a microphone that were refused', () => {
  /** The browsers of the tests allow everything; the permission that the browser tells is obeyed instead. */
  const obeyPermissions = ({ page }: CallPage) =>
    page.evaluate(() => {
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const { state } = await navigator.permissions.query({ name: 'camera' });
        if (state === 'denied') throw new DOMException('Permission denied', 'NotAllowedError');
        return open(wanted);
      };
    });

  it('stay off once the user allows them, until the user turns them on', async () => {
    const ada = await world.page();
    const context = ada.page.browserContext();
    const { origin } = new URL(world.url);
    try {
      await context.overridePermissions(origin, []);
      await obeyPermissions(ada);
      await ada.join({ token: await world.token('ada', 'allowed-later') });
      await ada.until(1);
      await untilText(ada, 'Others cannot see you');
      assert.equal(await ada.liveTracks(), 0);
      const granted = ada.page.evaluate(async () => {
        const permission = await navigator.permissions.query({ name: 'camera' });
        if (permission.state !== 'granted')
          await new Promise((changed) => permission.addEventListener('change', changed, { once: true }));
      });
      await context.overridePermissions(origin, ['camera', 'microphone']);
      await granted;
      await press(ada, 'button-pause-video');
      await ada.untilState('video-paused', false);
      // The camera alone: a microphone that came on by itself would be live by now.
      assert.equal(await ada.liveTracks(), 1);
      assert.ok(
        await ada.page.evaluate(() => document.querySelector('cometchat-call:state(audio-muted)') !== null),
      );
      await press(ada, 'button-mute-audio');
      await ada.untilState('audio-muted', false);
      assert.equal(await ada.liveTracks(), 2);
      await untilText(ada, 'Others cannot see you', false);
    } finally {
      await context.clearPermissionOverrides();
    }
  });

  it('do so in the lobby too', async () => {
    const ada = await world.page();
    const context = ada.page.browserContext();
    const { origin } = new URL(world.url);
    try {
      await context.overridePermissions(origin, []);
      await obeyPermissions(ada);
      await ada.join({ token: await world.token('ada', 'lobby-allowed-later'), lobby: '' });
      await untilPart(ada, 'lobby');
      await untilText(ada, 'Try again');
      assert.equal(await ada.liveTracks(), 0);
      await context.overridePermissions(origin, ['camera', 'microphone']);
      await ada.page.waitForSelector('cometchat-call >>> cometchat-call-lobby >>> video', { visible: true });
      assert.equal(await ada.liveTracks(), 2);
    } finally {
      await context.clearPermissionOverrides();
    }
  });
});

describe('the list of shortcuts', () => {
  it('opens without a keyboard, from the menu at the end of the toolbar, and gives the focus back', async () => {
    const ada = await world.caller('ada', 'help');
    await ada.page.setViewport({ width: 1280, height: 800 });
    await ada.until(1);
    await press(ada, 'button-more');
    const item = await ada.page.waitForSelector("cometchat-call >>> [data-item='shortcuts']", {
      visible: true,
    });
    await item?.click();
    await ada.page.waitForSelector('cometchat-call >>> dialog[open] kbd', { visible: true });
    const close = await ada.page.waitForSelector('cometchat-call >>> dialog[open] button', { visible: true });
    await close?.click();
    await ada.page.waitForSelector('cometchat-call >>> dialog[open]', { hidden: true });
    assert.deepEqual(await ada.errors(), []);
  });
});
