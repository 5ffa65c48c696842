import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, before, describe, it } from 'node:test';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

interface Floating {
  readonly documentPictureInPicture?: { readonly window: (Window & typeof globalThis) | null };
  readonly call: CometChatCall;
  pressed: string[];
}

/** A click with a user's gesture, in whatever document. */
const float = async (ada: CallPage): Promise<void> => {
  await ada.page.evaluate(() => {
    const call = document.querySelector('cometchat-call') as CometChatCall;
    const button = Object.assign(document.createElement('button'), { id: 'float', textContent: 'Float' });
    button.addEventListener('click', () => call.enterPictureInPicture());
    document.body.prepend(button);
    Object.assign(window, { call, pressed: [] });
  });
  await ada.page.click('#float');
  await ada.untilState('pip');
};

const isWindowOpen = (ada: CallPage): Promise<boolean> =>
  ada.page.evaluate(() => Boolean((window as unknown as Floating).documentPictureInPicture?.window));

/** What the interface in the window looks like. */
const seen = (ada: CallPage) =>
  ada.page.evaluate(() => {
    const { window: pip } = (window as unknown as Floating).documentPictureInPicture ?? {};
    const call = pip?.document.querySelector('cometchat-call');
    const view = call?.shadowRoot?.querySelector('cometchat-call-view');
    const bar = view?.shadowRoot?.querySelector('cometchat-call-controls');
    if (!pip || !call || !view || !bar) return undefined;
    const { width, height } = view.getBoundingClientRect();
    return {
      fills: width === pip.innerWidth && height === pip.innerHeight,
      accent: pip.getComputedStyle(view).getPropertyValue('--cometchat-accent').trim(),
      part: pip.getComputedStyle(bar).outlineColor,
      scheme: pip.getComputedStyle(view).colorScheme,
      lang: pip.document.documentElement.lang,
      direction: pip.getComputedStyle(view).direction,
      pip: call.matches(':state(pip)'),
      muted: call.matches(':state(audio-muted)'),
      toolbar: [...call.children].map(({ textContent }) => textContent),
    };
  });

/** Elements in the window whose names mean nothing to the browser: their code was not there when they came into it. */
const undefinedThere = (ada: CallPage): Promise<readonly string[]> =>
  ada.page.evaluate(() => {
    const pip = (window as unknown as Floating).documentPictureInPicture?.window;
    const unknown = (root: ParentNode | null | undefined): readonly string[] =>
      [...(root?.querySelectorAll('*') ?? [])].flatMap((element) =>
        element.shadowRoot || !element.localName.startsWith('cometchat-')
          ? unknown(element.shadowRoot)
          : [element.localName],
      );
    return unknown(pip?.document.body);
  });

const screenshot = async (ada: CallPage, name: string): Promise<void> => {
  const { SCREENSHOTS: folder } = process.env;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  for (const target of ada.page.browser().targets()) {
    const page = await target.page();
    if (page && target.url() === 'about:blank' && page !== ada.page)
      await writeFile(`${folder}/${name}.png`, await page.screenshot());
  }
  await writeFile(`${folder}/${name}-page.png`, await ada.page.screenshot());
};

for (const browser of ['chromium', 'firefox'] as const)
  describe(`a call that floats above other windows (${browser})`, () => {
    it('looks and works there as in the page, and comes back to a page that is untouched', async () => {
      const ada = await world.caller('ada', `${browser}-float`, { browser });
      const bob = await world.caller('bob', `${browser}-float`, { browser });
      await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
      await ada.page.evaluate(() => {
        const call = document.querySelector('cometchat-call') as CometChatCall;
        document.documentElement.lang = 'en-GB';
        const around = Object.assign(document.createElement('section'), { className: 'night' });
        document.body.append(around);
        around.moveBefore(call, null);
        call.style.cssText = 'block-size: 321px; --cometchat-accent: rgb(1, 2, 3);';
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('.night { color-scheme: dark; direction: rtl; } cometchat-call { height: 77px }');
        document.adoptedStyleSheets = [sheet];
        call.innerHTML = '<button slot="toolbar-start">Notes</button>';
        call.children[0]?.addEventListener('click', () =>
          (window as unknown as Floating).pressed.push('notes'),
        );
      });
      const styled = await ada.page.evaluate(
        () => (document.querySelector('cometchat-call') as HTMLElement).style.cssText,
      );
      await float(ada);
      await ada.page.waitForFunction(() =>
        (window as unknown as Floating).documentPictureInPicture?.window?.document
          .querySelector('cometchat-call')
          ?.shadowRoot?.querySelector('cometchat-call-view'),
      );
      const { fills, accent, scheme, lang, direction, pip, toolbar } = (await seen(ada)) ?? {};
      assert.deepEqual(
        { fills, accent, scheme, lang, direction, pip, toolbar },
        {
          fills: true,
          accent: 'rgb(1, 2, 3)',
          scheme: 'dark',
          lang: 'en-GB',
          direction: 'rtl',
          pip: true,
          toolbar: ['Notes'],
        },
      );
      await ada.untilReceiving({ video: 1, audio: 1 });
      await screenshot(ada, 'floating');

      assert.deepEqual(await undefinedThere(ada), []);

      // What the page's framework changes meanwhile is changed there; what is pressed there is pressed in the page.
      await ada.page.evaluate(() => {
        const { call } = window as unknown as Floating;
        call.insertAdjacentHTML('beforeend', '<i slot="toolbar-end">End</i>');
        call.children[0]?.replaceChildren('Notes (2)');
        call.parentElement?.classList.add('later');
      });
      await ada.page.waitForFunction(() => {
        const pipDocument = (window as unknown as Floating).documentPictureInPicture?.window?.document;
        return (
          pipDocument?.querySelector('cometchat-call')?.textContent === 'Notes (2)End' &&
          pipDocument.querySelector('.later')
        );
      });
      await ada.page.evaluate(() => {
        const pipWindow = (window as unknown as Floating).documentPictureInPicture?.window;
        (pipWindow?.document.querySelector('[slot="toolbar-start"]') as HTMLElement).click();
        pipWindow?.document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'm', code: 'KeyM', bubbles: true }),
        );
      });
      await ada.untilState('audio-muted');
      assert.deepEqual(await ada.page.evaluate(() => (window as unknown as Floating).pressed), ['notes']);
      await ada.page.waitForFunction(() =>
        (window as unknown as Floating).documentPictureInPicture?.window?.document
          .querySelector('cometchat-call')
          ?.matches(':state(audio-muted)'),
      );

      // Rules that come while it floats: in a new sheet, and as a stylesheet library inserts them.
      await ada.page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        document.adoptedStyleSheets.push(sheet);
        sheet.insertRule('cometchat-call { --late: 5px }');
      });
      await ada.page.waitForFunction(() => {
        const pipWindow = (window as unknown as Floating).documentPictureInPicture?.window;
        const standIn = pipWindow?.document.querySelector('cometchat-call');
        return standIn && pipWindow?.getComputedStyle(standIn).getPropertyValue('--late') === '5px';
      });

      // The window's own button.
      await ada.page.evaluate(() =>
        (window as unknown as Floating).documentPictureInPicture?.window?.close(),
      );
      await ada.untilState('pip', false);
      const back = await ada.page.evaluate(() => {
        const { call } = window as unknown as Floating;
        const view = call.shadowRoot?.querySelector('cometchat-call-view');
        return {
          style: call.style.cssText,
          shown: view?.getBoundingClientRect().height,
          children: call.children.length,
        };
      });
      assert.deepEqual(back, { style: styled, shown: 321, children: 2 });
      await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 0 })));
      assert.ok(!(await bob.eventNames()).includes('onUserLeft'));
      assert.deepEqual(await ada.errors(), []);
    });

    it('is left by removing the element: the window closes, camera and microphone end, the others are notified', async () => {
      const ada = await world.caller('ada', `${browser}-unmount`, { browser });
      const bob = await world.caller('bob', `${browser}-unmount`, { browser });
      await Promise.all([ada, bob].map((page) => page.until(2)));
      await ada.page.evaluate(() => {
        const call = document.querySelector('cometchat-call') as HTMLElement;
        const wrapper = Object.assign(document.createElement('main'), { id: 'wrapper' });
        document.body.append(wrapper);
        wrapper.moveBefore(call, null);
      });
      await float(ada);
      await ada.page.evaluate(() => {
        // As frameworks do it: around the call, and with it.
        const wrapper = document.querySelector('#wrapper') as HTMLElement;
        const { call } = window as unknown as Floating;
        wrapper.insertBefore(document.createElement('p'), call);
        call.replaceWith(call);
        wrapper.removeChild(call);
      });
      await bob.event('onUserLeft');
      await ada.untilLiveTracks(0);
      assert.equal(await isWindowOpen(ada), false);
      assert.equal((await ada.eventNames()).filter((name) => name === 'onSessionLeft').length, 1);
      assert.deepEqual(await ada.errors(), []);
    });

    it('comes back when the call ends', async () => {
      const ada = await world.caller('ada', `${browser}-float-end`, { browser });
      await ada.untilState('active');
      await float(ada);
      await ada.page.evaluate(() => (window as unknown as Floating).call.endSession());
      await ada.page.waitForFunction(() =>
        (window as unknown as Floating).call.shadowRoot?.querySelector('cometchat-call-view'),
      );
      assert.equal(await isWindowOpen(ada), false);
    });
  });

describe('a call in a browser that floats only videos', () => {
  it('shows the video of another participant', async () => {
    const ada = await world.page('chromium', {
      before: () => {
        delete (window as { documentPictureInPicture?: unknown }).documentPictureInPicture;
      },
    });
    await ada.join({ token: await world.token('ada', 'video-pip') });
    const bob = await world.caller('bob', 'video-pip');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await float(ada);
    const shows = async (name: string): Promise<void> => {
      await ada.page.waitForFunction(
        (wanted) => {
          let found = document.pictureInPictureElement;
          while (found?.shadowRoot?.pictureInPictureElement) found = found.shadowRoot.pictureInPictureElement;
          const { call } = window as unknown as Floating;
          const [other] = call.participants.filter(({ uid }) => uid === wanted);
          const video = found as HTMLVideoElement | null;
          return other !== undefined && video?.srcObject === call.streamOf(other.id) && video.videoWidth > 0;
        },
        {},
        name,
      );
    };
    await shows('bob');
    // What is pinned, or who speaks, is shown in the same window.
    await ada.page.evaluate(() => {
      const { call } = window as unknown as Floating;
      const [self] = call.participants.filter(({ uid }) => uid === 'ada');
      if (self) call.pinParticipant(self.id);
    });
    await shows('ada');
    await ada.untilState('pip');
    await ada.page.evaluate(() => (window as unknown as Floating).call.exitPictureInPicture());
    await ada.untilState('pip', false);
    await ada.page.waitForFunction(() => document.pictureInPictureElement === null);
    await ada.page.click('#float');
    await ada.untilState('pip');
    await ada.page.evaluate(() => (window as unknown as Floating).call.remove());
    await ada.page.waitForFunction(() => document.pictureInPictureElement === null);
    assert.deepEqual(await ada.errors(), []);
  });
});
