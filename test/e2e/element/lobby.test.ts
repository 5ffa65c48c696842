import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

/** Waits for something of the lobby and does something with it. */
const inLobby = (page: CallPage, selector: string, act: 'wait' | 'click' | { readonly type: string }) =>
  page.page.waitForFunction(
    (wanted, what) => {
      const view = document.querySelector('cometchat-call')?.shadowRoot?.querySelector('cometchat-call-view');
      const lobby = view?.shadowRoot?.querySelector('cometchat-call-lobby');
      const found = lobby?.shadowRoot?.querySelector<HTMLElement>(wanted);
      if (!found) return false;
      if (what === 'click') found.click();
      if (typeof what === 'object') {
        (found as HTMLInputElement).value = what.type;
        found.dispatchEvent(new Event('input'));
      }
      return true;
    },
    { timeout: 30_000, polling: 50 },
    selector,
    act,
  );

const prompts = (page: CallPage) => page.page.evaluate(() => window.observed.tracks.length);

describe('the lobby', () => {
  it('leads into the call with the tracks it opened, under the name that was given', async () => {
    const tabs = [await world.page(), await world.page()] as const;
    for (const [at, tab] of tabs.entries()) {
      await tab.join({ 'session-id': 'lobby', signaling: 'broadcast', lobby: '' });
      await inLobby(tab, 'video', 'wait');
      await inLobby(tab, 'input[name=name]', { type: `Guest ${at + 1}` });
      assert.deepEqual(await tab.eventNames(), []);
      assert.equal(await prompts(tab), 2);
      await inLobby(tab, '[part=join]', 'click');
    }
    await Promise.all(tabs.map((page) => page.until(2)));
    await Promise.all(tabs.map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    for (const tab of tabs) assert.equal(await prompts(tab), 2, 'a second prompt');
    const names = await tabs[0].page.evaluate(() =>
      document.querySelector('cometchat-call')?.participants.map(({ name }) => name),
    );
    assert.deepEqual(names, ['Guest 1', 'Guest 2']);
  });

  it('keeps its participant unseen until they join, and keeps what was switched off', async () => {
    const ada = await world.caller('ada', 'waiting');
    const bob = await world.caller('bob', 'waiting', { attributes: { lobby: '' } });
    await inLobby(bob, 'video', 'wait');
    await inLobby(bob, '[data-control=camera]', 'click');
    await inLobby(bob, '[role=status]', 'wait');
    await ada.until(1);
    await bob.call('startSession');
    await Promise.all([ada, bob].map((page) => page.until(2)));
    await bob.untilState('video-paused');
    const videos = await ada.page.evaluate(() =>
      document.querySelector('cometchat-call')?.participants.map(({ isVideoMuted }) => isVideoMuted),
    );
    assert.deepEqual(videos, [false, true]);
  });

  it('releases camera and microphone when its page no longer wants the call', async () => {
    const ada = await world.caller('ada', 'leaving', { attributes: { lobby: '' } });
    await inLobby(ada, 'video', 'wait');
    await ada.call('endSession');
    await ada.page.waitForFunction(() =>
      window.observed.tracks.every(({ readyState }) => readyState === 'ended'),
    );
    await ada.call('startSession');
    await ada.until(1);
  });
});
