import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const setToken = (ada: CallPage, ...tokens: readonly string[]): Promise<void> =>
  ada.page.evaluate((given) => {
    for (const token of given) (document.querySelector('cometchat-call') as CometChatCall).token = token;
  }, tokens);

const occurrences = async (ada: CallPage, name: string): Promise<number> =>
  (await ada.eventNames()).filter((each) => each === name).length;

/** Lets everything that is under way have its effect: a join is quicker than this page's own. */
const aJoinLater = async (session: string): Promise<void> => {
  const other = await world.caller('other', session);
  await other.untilState('active');
  await other.close();
};

describe('whichever way a call is left', () => {
  const ways: Readonly<Record<string, () => void>> = {
    'the element is removed': () => document.querySelector('cometchat-call')?.remove(),
    'what it is in is removed': () => document.body.replaceChildren(),
    'the token attribute is removed': () =>
      document.querySelector('cometchat-call')?.removeAttribute('token'),
    'the token is emptied': () =>
      void ((document.querySelector('cometchat-call') as CometChatCall).token = ''),
    'the page goes': () => void dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false })),
    'the application ends it': () => (document.querySelector('cometchat-call') as CometChatCall).endSession(),
    'a listener throws': () => {
      const call = document.querySelector('cometchat-call') as CometChatCall;
      call.addEventListener('cometchat-session-left', () => {
        throw new Error('of the page');
      });
      call.remove();
    },
  };
  for (const [title, leave] of Object.entries(ways))
    it(`${title}: one event, the devices are free, the others know`, async () => {
      const session = `out-${title.replace(/\W/g, '')}`;
      const ada = await world.caller('ada', session);
      const bob = await world.caller('bob', session);
      await Promise.all([ada, bob].map((page) => page.until(2)));
      await ada.page.evaluate(leave);
      const { detail } = await ada.event('onSessionLeft');
      assert.deepEqual(detail, { reason: 'left' });
      await bob.event('onUserLeft');
      await ada.untilLiveTracks(0);
      assert.equal(await occurrences(ada, 'onSessionLeft'), 1);
    });
});

describe('a fresh token', () => {
  it('for the same session and user is taken over: nothing is left, joined or rebuilt', async () => {
    const ada = await world.caller('ada', 'fresh');
    const bob = await world.caller('bob', 'fresh');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    const connections = await ada.openConnections();
    await setToken(ada, await world.token('ada', 'fresh'), await world.token('ada', 'fresh'));
    await aJoinLater('elsewhere');
    await ada.untilReceiving({ video: 1, audio: 1 });
    assert.equal(await ada.openConnections(), connections);
    assert.equal(await occurrences(ada, 'onSessionLeft'), 0);
    assert.ok(!(await bob.eventNames()).includes('onUserLeft'));
  });

  it('is the one in the event when the call comes back from an outage', async () => {
    const ada = await world.page('chromium', {
      before: () => {
        const joins: string[] = [];
        const { send } = WebSocket.prototype;
        WebSocket.prototype.send = function (data) {
          const { type, token } = JSON.parse(data as string) as { type: string; token: string };
          if (type === 'join') joins.push(token);
          send.call(this, data);
        };
        Object.assign(window, { joins });
      },
    });
    await ada.join({ token: await world.token('ada', 'outage') });
    await ada.untilState('active');
    const fresh = await world.token('ada', 'outage');
    await setToken(ada, fresh);
    await world.server.close();
    await ada.event('onConnectionLost');
    await world.start();
    await ada.event('onConnectionRestored');
    const joins = await ada.page.evaluate(() => (window as unknown as { joins: readonly string[] }).joins);
    assert.equal(joins.at(-1), fresh);
    assert.equal(await occurrences(ada, 'onSessionLeft'), 0);
  });

  it('that cannot be read is an error, and the call goes on', async () => {
    const ada = await world.caller('ada', 'unreadable');
    await ada.untilState('active');
    await setToken(ada, 'no-token');
    assert.equal(((await ada.event('onError')).detail as { code: string }).code, 'TOKEN_MALFORMED');
    await aJoinLater('elsewhere');
    assert.equal(await occurrences(ada, 'onSessionLeft'), 0);
    await ada.untilState('active');
  });

  it('for another session, or another user, leaves the one and joins the other', async () => {
    const ada = await world.caller('ada', 'one');
    const bob = await world.caller('bob', 'two');
    await ada.untilState('active');
    await setToken(ada, await world.token('ada', 'two'));
    await ada.event('onSessionLeft');
    await Promise.all([ada, bob].map((page) => page.until(2)));
    await setToken(ada, await world.token('eve', 'two'));
    await ada.event('onSessionLeft', 2);
    await ada.event('onSessionJoined', 3);
    await bob.event('onUserLeft');
    const uids = await ada.page.evaluate(() =>
      (document.querySelector('cometchat-call') as CometChatCall).participants.map(({ uid }) => uid).sort(),
    );
    assert.deepEqual(uids, ['bob', 'eve']);
  });

  it('does not join again what its user has left', async () => {
    const ada = await world.caller('ada', 'left');
    await ada.untilState('active');
    await ada.call('endSession');
    await ada.untilState('ended');
    await setToken(ada, await world.token('ada', 'left'));
    await aJoinLater('elsewhere');
    assert.equal(await ada.liveTracks(), 0);
    await ada.call('startSession');
    await ada.event('onSessionJoined', 2);
  });

  it('keeps what is shown in the lobby, and joins from there', async () => {
    const ada = await world.page();
    await ada.join({ token: await world.token('ada', 'preview'), lobby: '' });
    await ada.untilLiveTracks(2);
    await setToken(ada, await world.token('ada', 'preview'));
    await aJoinLater('elsewhere');
    assert.equal(await ada.page.evaluate(() => window.observed.tracks.length), 2);
    await ada.call('startSession');
    await ada.untilState('active');
    assert.equal(await ada.page.evaluate(() => window.observed.tracks.length), 2);
  });
});
