import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import type { MuteEvent } from '../../../src/domain/call/call-events.js';
import { CallWorld } from '../world/call-world.js';

// Nobody is removed for being silent: a participant who left has said so.
const world = new CallWorld({ graceMs: 600_000, pageTimeoutMs: 600_000 });
before(() => world.start());
afterEach(() => world.clear());

describe('a call of two', () => {
  it('shows and plays each to the other', async () => {
    const ada = await world.caller('ada', 'two');
    const bob = await world.caller('bob', 'two');
    await Promise.all([ada, bob].map((page) => page.until(2)));
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    assert.deepEqual(await ada.errors(), []);
    assert.deepEqual(await bob.errors(), []);
  });

  it('needs one offer and one answer, and no more when cameras and microphones go off and on', async () => {
    const ada = await world.caller('ada', 'quiet');
    const bob = await world.caller('bob', 'quiet');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    const descriptions = () =>
      bob.page.evaluate(() => window.observed.connections.map((one) => one.localDescription?.sdp));
    const first = await descriptions();
    await ada.call('pauseVideo', true);
    await bob.event('onParticipantVideoPaused');
    await ada.call('pauseVideo', false);
    await bob.event('onParticipantVideoResumed');
    await bob.untilReceiving({ video: 1, audio: 1 });
    assert.deepEqual(await descriptions(), first);
  });

  it('tells the other of a mute, and sends silence meanwhile', async () => {
    const ada = await world.caller('ada', 'mute');
    const bob = await world.caller('bob', 'mute');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await ada.call('muteAudio', true);
    const { detail } = await bob.event('onUserMuted');
    const { muted, mutedBy } = detail as MuteEvent;
    assert.deepEqual([muted.uid, mutedBy.uid, muted.isAudioMuted], ['ada', 'ada', true]);
    await ada.untilState('audio-muted');
    const energy = async () => Object.values((await bob.received()).energy).reduce((a, b) => a + b, 0);
    // What was on its way when the button was pressed is heard; then it is silent.
    let before = await energy();
    for (let silent = false; !silent;) {
      await bob.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
      const now = await energy();
      silent = now - before < 1e-6;
      before = now;
    }
    await ada.call('muteAudio', false);
    await bob.event('onUserUnMuted');
    await bob.untilReceiving({ video: 1, audio: 1 });
  });

  it('turns the light of the camera off with the camera', async () => {
    const ada = await world.caller('ada', 'light');
    await ada.until(1);
    await ada.page.waitForFunction(() => window.observed.tracks.some(({ kind }) => kind === 'video'));
    await ada.call('pauseVideo', true);
    await ada.untilState('video-paused');
    const cameras = await ada.page.evaluate(() =>
      window.observed.tracks.filter(({ kind }) => kind === 'video').map(({ readyState }) => readyState),
    );
    assert.deepEqual(cameras, ['ended']);
  });

  it('tells the others of a leave', async () => {
    const ada = await world.caller('ada', 'leave');
    const bob = await world.caller('bob', 'leave');
    await Promise.all([ada, bob].map((page) => page.until(2)));
    await ada.call('endSession');
    await bob.event('onUserLeft');
    await bob.event('onCallEnded');
  });

  it('tells the others of a closed page, as its last act', async () => {
    const ada = await world.caller('ada', 'close');
    const bob = await world.caller('bob', 'close');
    await Promise.all([ada, bob].map((page) => page.until(2)));
    await ada.page.goto('about:blank');
    await bob.event('onUserLeft');
  });

  it('can be joined again after it was left', async () => {
    const ada = await world.caller('ada', 'again');
    const bob = await world.caller('bob', 'again');
    await Promise.all([ada, bob].map((page) => page.until(2)));
    await ada.call('endSession');
    await ada.untilState('ended');
    await bob.until(1);
    await ada.call('startSession');
    await Promise.all([ada, bob].map((page) => page.until(2)));
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
  });

  it('goes on while the element is moved in the page', async () => {
    const ada = await world.caller('ada', 'move');
    const bob = await world.caller('bob', 'move');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await ada.page.evaluate(() => {
      const element = document.querySelector('cometchat-call') as CometChatCall;
      const section = document.createElement('section');
      document.body.append(section);
      section.append(element);
    });
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    assert.equal((await bob.eventNames()).includes('onUserLeft'), false);
    assert.equal((await ada.eventNames()).filter((name) => name === 'onSessionJoined').length, 1);
  });

  it('leaves nothing running when the element is removed', async () => {
    const ada = await world.caller('ada', 'remove');
    const bob = await world.caller('bob', 'remove');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await ada.page.evaluate(() => document.querySelector('cometchat-call')?.remove());
    await bob.event('onUserLeft');
    assert.equal(await ada.liveTracks(), 0);
    assert.equal(await ada.openConnections(), 0);
  });
});

describe('a call of three', () => {
  it('connects each with each, a late joiner too', async () => {
    const ada = await world.caller('ada', 'three');
    const bob = await world.caller('bob', 'three');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    const cy = await world.caller('cy', 'three');
    const all = [ada, bob, cy];
    await Promise.all(all.map((page) => page.until(3)));
    await Promise.all(all.map((page) => page.untilReceiving({ video: 2, audio: 2 })));
    await cy.call('endSession');
    await Promise.all([ada, bob].map((page) => page.until(2)));
    assert.equal((await ada.eventNames()).includes('onCallEnded'), false);
  });
});

describe('two elements on one page', () => {
  it('are two calls', async () => {
    const ada = await world.page();
    await ada.join({ token: await world.token('ada', 'left') }, 'left');
    await ada.join({ token: await world.token('ada', 'right') }, 'right');
    const bob = await world.caller('bob', 'left');
    const cy = await world.caller('cy', 'right');
    await Promise.all([ada.until(2, 'left'), ada.until(2, 'right'), bob.until(2), cy.until(2)]);
    await ada.untilReceiving({ video: 2, audio: 2 });
    await Promise.all([bob, cy].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
  });
});

describe('with no server at all', () => {
  it('two tabs of one browser are a call', async () => {
    const tabs = [await world.page(), await world.page()] as const;
    await tabs[0].join({ 'session-id': 'demo', 'user-name': 'Ada', signaling: 'broadcast' });
    await tabs[1].join({ 'session-id': 'demo', 'user-name': 'Bob', signaling: 'broadcast' });
    await Promise.all(tabs.map((page) => page.until(2)));
    await Promise.all(tabs.map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await tabs[0].close();
    await tabs[1].until(1);
  });
});

describe('without a token that opens the call', () => {
  for (const [title, token, code] of [
    ['no token at all', 'x', 'TOKEN_MALFORMED'],
    [
      'a token of another secret',
      'eyJhbGciOiJIUzI1NiJ9.eyJkYXRhIjp7InNlc3Npb25JZCI6InMiLCJ1c2VyIjp7InVpZCI6ImEiLCJuYW1lIjoiYSJ9fSwiZXhwIjo0MTAyNDQ0ODAwfQ.AAAA',
      'TOKEN_SIGNATURE_INVALID',
    ],
  ] as const)
    it(`says so: ${title}`, async () => {
      const page = await world.page();
      await page.join({ token });
      const { detail } = await page.event('onError');
      assert.equal((detail as { code: string }).code, code);
      await page.untilState('ended');
      assert.equal(await page.liveTracks(), 0);
    });
});
