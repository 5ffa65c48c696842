import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import type { CallPage } from '../world/call-page.js';
import { secret } from '../world/call-world.js';
import { press, pressText, untilPart, untilText } from '../world/interface.js';
import { world, notLoaded, without, join, untilFailure } from './chunk-setup.js';

/** A call token as another backend signs it. */
function signed(data: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const text = `${part({ alg: 'HS256' })}.${part({ data, aud: 'cometchat-call', exp })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

describe('no call yet without', () => {
  for (const browser of ['chromium', 'firefox'] as const)
    it(`the call itself, and the next try works (${browser})`, async () => {
      const session = `${browser}-none`;
      const bob = await world.caller('bob', session);
      const { ada, giveBack } = await without('chunks/element-call-call-runtime', browser);
      await join(ada, 'ada', session);
      await untilFailure(ada, 'CHUNK_LOAD_FAILED');
      assert.ok(!JSON.stringify(await ada.eventNames()).includes('SERVER_UNREACHABLE'));
      await untilText(ada, 'The call could not be loaded.');
      giveBack();
      await pressText(ada, 'Try again');
      await ada.untilReceiving({ video: 1, audio: 1 });
      await bob.untilReceiving({ video: 1, audio: 1 });
      // What this browser imports from the file that failed is there as well.
      await press(ada, 'button-participants');
      await untilPart(ada, 'panel');
      await press(ada, 'button-end-call');
      await ada.untilState('ended');
      assert.deepEqual(await ada.errors(), []);
    });

  it('the lobby: the user does not enter the call, and the next try shows it', async () => {
    const { ada, giveBack } = await without('chunks/element-call-lobby');
    await join(ada, 'ada', 'no-lobby', { lobby: '' });
    await untilFailure(ada, 'CHUNK_LOAD_FAILED');
    await untilText(ada, notLoaded);
    assert.equal(await ada.liveTracks(), 0);
    giveBack();
    await pressText(ada, 'Try again');
    await press(ada, 'join');
    await ada.until(1);
    assert.deepEqual(await ada.errors(), []);
  });

  it('what encrypts: there is no call rather than one in the clear', async () => {
    const key = { 'encryption-key': 'correct horse battery staple' };
    const bob = await world.caller('bob', 'encrypted', { attributes: key });
    const { ada, giveBack } = await without('chunks/element-call-encryption');
    await join(ada, 'ada', 'encrypted', key);
    await untilFailure(ada, 'CHUNK_LOAD_FAILED');
    await ada.untilState('ended');
    await bob.until(1);
    giveBack();
    await pressText(ada, 'Try again');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await ada.untilState('encrypted');
  });

  it('what makes a viewer: there is no call rather than one that sends', async () => {
    const bob = await world.caller('bob', 'viewer');
    const { ada, giveBack } = await without('chunks/settings-presentation');
    await join(ada, 'ada', 'viewer', { presentation: 'viewer' });
    await untilFailure(ada, 'CHUNK_LOAD_FAILED');
    assert.equal(await ada.liveTracks(), 0);
    giveBack();
    await pressText(ada, 'Try again');
    await ada.untilReceiving({ video: 1, audio: 1 });
    await bob.until(2);
    assert.equal(await ada.liveTracks(), 0);
    assert.deepEqual(await ada.errors(), []);
  });

  it('the channel between tabs: the application is notified', async () => {
    const { ada, giveBack } = await without('chunks/signaling-broadcast-broadcast-channel');
    await ada.join({ signaling: 'broadcast', 'session-id': 'tabs', 'user-name': 'Ada' });
    await untilFailure(ada, 'CHUNK_LOAD_FAILED');
    giveBack();
    await ada.call('startSession');
    await ada.until(1);
    assert.deepEqual(await ada.errors(), []);
  });
});

describe('a call goes on as if nothing had happened without', () => {
  it('the reader of unusual tokens: the server reads them', async () => {
    const { ada } = await without('chunks/protocol-tokens-token-claims');
    await ada.join({ token: signed({ sessionId: 7, user: { uid: 'ada', name: null } }) });
    await ada.until(1);
    await ada.page.evaluate(() => document.querySelector('cometchat-call')?.remove());
    await ada.join({ token: signed({ sessionId: 7, user: {} }) });
    await untilFailure(ada, 'TOKEN_MALFORMED');
    assert.deepEqual(await ada.errors(), []);
  });

  it('what knows the permissions: an unanswered prompt is overdue, and asked anew by a press', async () => {
    const bob = await world.caller('bob', 'prompt');
    const { ada } = await without('chunks/media-capture-media-failure', 'chromium', () => {
      const { mediaDevices } = navigator;
      const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = () => new Promise(() => undefined);
      Object.assign(window, { answer: () => (mediaDevices.getUserMedia = getUserMedia) });
    });
    await join(ada, 'ada', 'prompt');
    await untilFailure(ada, 'MEDIA_TIMEOUT');
    await ada.untilReceiving({ video: 1, audio: 1 });
    await ada.page.evaluate(() => (window as unknown as { answer(): void }).answer());
    await press(ada, 'button-mute-audio');
    await bob.untilReceiving({ video: 0, audio: 1 });
    assert.deepEqual(await ada.errors(), []);
  });

  it('what finds out why a server is not reached: the failure is reported all the same', async () => {
    const { ada } = await without('chunks/signaling-websocket-unopened-socket');
    await join(ada, 'ada', 'nowhere', { 'server-url': 'http://127.0.0.1:34781' });
    await untilFailure(ada, 'SERVER_UNREACHABLE');
    await untilText(ada, 'Try again');
    assert.deepEqual(await ada.errors(), []);
  });

  it('a button outside of it, which works once its code can be had', async () => {
    const { ada, giveBack } = await without('chunks/element-button-button-actions');
    await ada.page.evaluate(() => {
      document.body.innerHTML =
        '<cometchat-call-button for="call" action="mute-audio">Mute</cometchat-call-button>';
    });
    await join(ada, 'ada', 'outside');
    await ada.until(1);
    const button = 'cometchat-call-button >>> button';
    await ada.page.waitForSelector(`${button}[disabled]`);
    giveBack();
    // Any change of the call is another try.
    await ada.call('raiseHand');
    await (await ada.page.waitForSelector(`${button}:not([disabled])`))?.click();
    await ada.untilState('audio-muted');
    assert.deepEqual(await ada.errors(), []);
  });

  it('the warning about the idle limit: the buttons can be pressed', async () => {
    const { ada } = await without('chunks/ui-notices-idle-warning');
    const periods = { 'idle-timeout-period': '60', 'idle-warning-period': '58' };
    await join(ada, 'ada', 'alone', periods);
    await untilFailure(ada, 'CHUNK_LOAD_FAILED');
    await ada.untilState('idle-warning');
    await press(ada, 'button-end-call');
    await ada.untilState('ended');
    assert.deepEqual(await ada.errors(), []);
  });
});

describe('an application is notified that its call did not load', () => {
  const start = ({ page }: CallPage, method: 'startSession' | 'joinSession', token: string) =>
    page.evaluate(
      async (name, callToken) => {
        const { CometChatCalls } = window;
        const settings = new CometChatCalls.CallSettingsBuilder().build();
        const container = document.querySelector('#call-container') as HTMLElement;
        const options = { appId: 'app', region: 'us' };
        try {
          await CometChatCalls.init(options as never);
          await CometChatCalls[name](callToken, settings, container);
          return 'started';
        } catch (error) {
          return (error as { readonly code?: string }).code;
        }
      },
      method,
      token,
    );

  for (const [file, method] of [
    ['chunks/facade-session-calls-runtime', 'startSession'],
    ['chunks/facade-v5-v5-runtime', 'joinSession'],
  ] as const)
    it(`${method}, which works once its code can be had`, async () => {
      const { ada, giveBack } = await without(file, 'chromium', undefined, '/sdk.html');
      await ada.page.waitForFunction(() => 'CometChatCalls' in window);
      const token = await world.token('ada', method);
      assert.equal(await start(ada, method, token), 'CHUNK_LOAD_FAILED');
      giveBack();
      assert.equal(await start(ada, method, token), 'started');
      await ada.untilState('active');
      assert.deepEqual(await ada.errors(), []);
    });
});

describe('a call that is over, without the code of its last screen', () => {
  it('says so, and can be joined again', async () => {
    const { ada } = await without('chunks/ui-view-screens-ended-screen');
    await join(ada, 'ada', 'no-end');
    await ada.until(1);
    await press(ada, 'button-end-call');
    await untilText(ada, 'The call has ended');
    await press(ada, 'rejoin');
    await ada.until(1);
    assert.deepEqual(await ada.errors(), []);
  });
});
