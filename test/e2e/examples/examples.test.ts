import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { buildExamples, buildProject } from '../../tools/run/example-workspace.mjs';
import { CallPage } from '../world/call-page.js';
import { CallWorld, type BrowserName } from '../world/call-world.js';
import {
  click,
  float,
  patient,
  appliedSettings,
  untilNoErrors,
  untilParticipants,
  untilTalking,
  untilText,
  untilTheme,
  type Floating,
} from '../world/example-pages.js';

const world = new CallWorld({
  files: { '/': 'demo/examples/dist', '/angular': 'demo/examples/angular/dist', '/dist': 'dist' },
});

before(async () => {
  assert.equal(buildExamples(), '', 'the build says nothing, not even a warning');
  assert.doesNotMatch(buildProject('angular'), /warning|error/i);
  await world.start();
});
afterEach(() => world.clear());

const open = (
  example: string,
  name: string,
  { framed = false, browser = 'chromium' as BrowserName } = {},
): Promise<CallPage> =>
  world.page(browser, { path: `/${example}/?session=${example}-${browser}&name=${name}`, framed });

const both = async (
  example: string,
  browser: BrowserName = 'chromium',
): Promise<readonly [CallPage, CallPage]> => {
  const pages = [await open(example, 'Ada', { browser }), await open(example, 'Bob', { browser })] as const;
  await untilTalking(pages);
  return pages;
};

describe('the examples, from the installed package', () => {
  for (const example of ['react', 'vue', 'angular', 'svelte', 'solid', 'csp'])
    it(`${example}: attribute, property, event, slot, method and theme work; removed and shown again`, async () => {
      const [ada, bob] = await both(example);
      await untilText(ada, '#joined', 'Bob');
      assert.deepEqual(await appliedSettings(ada), { recording: true, screen: false, slotted: true });
      await click(ada, '#mute');
      await ada.untilState('audio-muted');
      await click(ada, '#theme');
      await untilTheme(ada, 'dark');
      await click(bob, '#toggle');
      await untilParticipants(ada, 1);
      await bob.untilLiveTracks(0);
      await click(bob, '#toggle');
      await untilParticipants(ada, 2);
      await untilTalking([bob]);
      await untilNoErrors([ada, bob]);
    });

  for (const browser of ['chromium', 'firefox'] as const)
    for (const example of ['react', 'vue', 'angular', 'svelte'])
      it(`${example}: renders around a floating call, and takes it away (${browser})`, async () => {
        const [ada, bob] = await both(example, browser);
        await float(ada);
        await ada.untilReceiving({ video: 1, audio: 1 });
        // Attributes of the call, what is in it, and the page around it.
        await click(ada, '#theme');
        await untilTheme(ada, 'dark');
        const eve = await open(example, 'Eve', { browser });
        await untilText(ada, '#joined', 'Eve');
        await ada.page.waitForFunction(() => {
          const { window: pip } = (window as unknown as Floating).documentPictureInPicture;
          const call = pip?.document.querySelector('cometchat-call');
          return call?.getAttribute('theme') === 'dark' && call.textContent.includes('2 joined');
        }, patient);
        await eve.close();
        await click(ada, '#toggle');
        await ada.page.waitForFunction(
          () => (window as unknown as Floating).documentPictureInPicture.window === null,
          patient,
        );
        await ada.untilLiveTracks(0);
        await untilParticipants(bob, 1);
        await click(ada, '#toggle');
        await untilTalking([ada, bob]);
        await untilNoErrors([ada, bob]);
      });

  it('csp: nothing breaks the policy, with Trusted Types and a processed camera and microphone', async () => {
    const page = await world.page('chromium', { path: '/csp/?session=effects&name=Ada&effects' });
    const { page: tab } = page;
    // The worker that draws the background loads its model, and the page the worklet that removes noise.
    const worker = await tab
      .browser()
      .waitForTarget((target) => target.url().includes('/assets/worker-'), patient);
    assert.ok(worker);
    await page.untilState('active');
    await tab.waitForFunction(
      () => performance.getEntriesByType('resource').some(({ name }) => name.includes('rnnoise_simd')),
      patient,
    );
    await tab.waitForFunction(
      () =>
        document.querySelector<HTMLOutputElement>('#violations')?.value === '' &&
        document.querySelector('cometchat-call')?.noiseSuppression,
      patient,
    );
    assert.equal(await tab.$eval('#violations', ({ textContent }) => textContent), '');
  });

  it('csp: a call with a background goes on each time that the element is removed and shown again', async () => {
    const ada = await world.page('chromium', { path: '/csp/?session=again&name=Ada&effects' });
    const bob = await world.page('chromium', { path: '/csp/?session=again&name=Bob' });
    await untilTalking([ada, bob]);
    for (let round = 0; round < 3; round += 1) {
      await click(ada, '#toggle');
      await untilParticipants(bob, 1);
      await ada.untilLiveTracks(0);
      await click(ada, '#toggle');
      await untilParticipants(bob, 2);
      await untilTalking([ada, bob]);
    }
    assert.equal(await ada.page.$eval('#violations', ({ textContent }) => textContent), '');
    await untilNoErrors([bob]);
  });

  it('html: a call without a line of script, and its buttons', async () => {
    const [ada] = await both('html');
    assert.deepEqual(await appliedSettings(ada), { recording: true, screen: false, slotted: true });
    await click(ada, '#mute');
    await ada.untilState('audio-muted');
    await click(ada, '#leave');
    await ada.untilState('ended');
  });

  it('iframe: a call in a frame with a permission policy and a sandbox', async () => {
    const pages = await Promise.all(['Ada', 'Bob'].map((name) => open('iframe', name, { framed: true })));
    const frames = await Promise.all(
      pages.map(async ({ page }) => {
        const frame = await page.waitForFrame((each) => each.url().includes('/csp/'));
        await frame.waitForSelector('cometchat-call');
        // A frame is asked like a page.
        return new CallPage(frame as unknown as Page);
      }),
    );
    await untilTalking(frames);
  });

  it('cometchat: code for the CometChat SDK runs with another import', async () => {
    const [ada, bob] = await both('cometchat');
    await untilText(ada, '#joined', 'Bob');
    await click(bob, '#mute');
    await bob.untilState('audio-muted');
    await untilNoErrors([ada, bob]);
  });
});
