import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CallFailure } from '../../../src/domain/call-error.js';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

/** The page goes into the browser's memory, and comes back out of it. */
const leaveAndReturn = (call: CallPage): Promise<void> =>
  call.page.evaluate(() => {
    for (const type of ['pagehide', 'pageshow'])
      dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
  });

/** Lets everything that is under way have its effect: a join is quicker than this page's own. */
const aJoinLater = async (session: string): Promise<void> => {
  const other = await world.caller('other', session);
  await other.untilState('active');
  await other.close();
};

const phase = (call: CallPage): Promise<string | undefined> =>
  call.page.evaluate(() => document.querySelector('cometchat-call')?.callState.phase);

const refuse = async (call: CallPage, file: RegExp): Promise<void> => {
  await call.page.setRequestInterception(true);
  call.page.on('request', (request) => {
    void (file.test(request.url()) ? request.abort() : request.continue());
  });
};

describe('a page that comes back from the browser’s memory', () => {
  it('is in its call again', async () => {
    const ada = await world.caller('ada', 'again');
    await ada.untilState('active');
    await leaveAndReturn(ada);
    await ada.event('onSessionJoined', 2);
    await ada.untilLiveTracks(2);
  });

  it('does not join again what its user has left, and opens no camera', async () => {
    const ada = await world.caller('ada', 'over');
    await ada.untilState('active');
    await ada.call('endSession');
    await ada.untilState('ended');
    await leaveAndReturn(ada);
    await aJoinLater('elsewhere');
    assert.equal(await phase(ada), 'ended');
    assert.equal(await ada.liveTracks(), 0);
  });

  it('waits in the lobby again, if it did before', async () => {
    const ada = await world.page();
    await ada.join({ token: await world.token('ada', 'lobby'), lobby: '' });
    const open = () => window.observed.tracks.filter(({ readyState }) => readyState === 'live').length === 2;
    await ada.page.waitForFunction(open);
    await leaveAndReturn(ada);
    await ada.page.waitForFunction(() => window.observed.tracks.length === 4);
    await aJoinLater('elsewhere');
    assert.equal(await phase(ada), 'idle');
  });
});

describe('an element that cannot open its call', () => {
  it('says so when its code cannot be loaded', async () => {
    const ada = await world.page();
    await refuse(ada, /chunks\/element-call-call-runtime/);
    await ada.join({ token: await world.token('ada', 'code') });
    const { code, message } = (await ada.event('onError')).detail as CallFailure;
    assert.equal(code, 'CHUNK_LOAD_FAILED');
    assert.match(message, /could not be loaded/);
    assert.deepEqual(await ada.errors(), []);
  });

  for (const url of ['http://', 'ftp://calls.example'])
    it(`says so when the server is ${url}`, async () => {
      const ada = await world.page();
      await ada.join({ token: await world.token('ada', 'url'), 'server-url': url });
      const { code, details } = (await ada.event('onError')).detail as CallFailure;
      assert.equal(code, 'INVALID_ARGUMENT');
      assert.deepEqual(details, { url });
      assert.deepEqual(await ada.errors(), []);
      assert.equal(await ada.liveTracks(), 0);
    });

  it('opens nothing when it was taken away while its code was loading', async () => {
    const ada = await world.page('chromium', {
      before: () => {
        const channels: BroadcastChannel[] = [];
        Object.assign(window, {
          channels,
          BroadcastChannel: class extends BroadcastChannel {
            constructor(name: string) {
              super(name);
              channels.push(this);
            }
            override close(): void {
              channels.splice(channels.indexOf(this), 1);
              super.close();
            }
          },
        });
      },
    });
    await ada.page.setRequestInterception(true);
    const asked = new Promise<() => void>((resolve) =>
      ada.page.on('request', (request) => {
        if (/broadcast-channel/.test(request.url())) resolve(() => void request.continue());
        else void request.continue();
      }),
    );
    await ada.join({ signaling: 'broadcast', 'session-id': 'gone', 'user-name': 'Ada' });
    const load = await asked;
    await ada.page.evaluate(async () => {
      document.querySelector('cometchat-call')?.remove();
      await new Promise((resolve) => setTimeout(resolve));
    });
    load();
    await ada.page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('broadcast-channel')),
    );
    await aJoinLater('elsewhere');
    assert.equal(
      await ada.page.evaluate(() => (window as unknown as { channels: unknown[] }).channels.length),
      0,
    );
    assert.equal(await ada.liveTracks(), 0);
  });
});

describe('settings given as properties', () => {
  it('are read like attributes: text is understood, and what is no value changes nothing', async () => {
    const ada = await world.caller('ada', 'properties');
    await ada.untilState('active');
    await ada.page.evaluate(() => {
      const call = document.querySelector('cometchat-call');
      Object.assign(call ?? {}, { idleTimeoutPeriod: 'soon', mode: 'spotlight', showEndCallButton: 'false' });
    });
    await ada.event('onCallLayoutChanged');
    await aJoinLater('elsewhere');
    assert.equal(await phase(ada), 'active');
    assert.ok(!(await ada.eventNames()).includes('onSessionTimeout'));
  });
});
