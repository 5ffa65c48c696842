import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { CallWorld } from '../world/call-world.js';

declare global {
  interface Window {
    /** What the sockets of the page carried, in order: `<` received, `>` sent. */
    messages: string[];
  }
}

/** Notes what the page's sockets send and receive: the type of a message, or of the description in a signal. */
function watchSockets(): void {
  window.messages = [];
  const note = (direction: string, text: unknown): void => {
    const { type, data } = JSON.parse(String(text)) as { type: string; data?: { type: string } };
    window.messages.push(`${direction} ${data?.type ?? type}`);
  };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => note('<', data));
    }
    override send(data: string): void {
      note('>', data);
      super.send(data);
    }
  };
}

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

describe('the messages of a join', () => {
  it('are the least possible: answer, offer, answer of the peer; candidates share messages', async () => {
    const ada = await world.caller('ada', 'messages', { before: watchSockets });
    await ada.untilState('active');
    const bob = await world.caller('bob', 'messages', { before: watchSockets });
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    const [first, newcomer] = await Promise.all(
      [ada, bob].map(({ page }) => page.evaluate(() => window.messages)),
    );
    const negotiation = (messages: string[] = []): string[] =>
      messages.filter((each) => !/ack|candidates|update|ping/.test(each));
    // The handshake carried the join; the first message of the newcomer is the offer.
    assert.deepEqual(newcomer?.slice(0, 2), ['< ack', '> offer']);
    assert.deepEqual(negotiation(newcomer), ['> offer', '< answer']);
    // Whoever was there before answers the first thing that the newcomer says.
    assert.equal(first?.[0], '< ack');
    assert.deepEqual(negotiation(first), ['< participant-joined', '< offer', '> answer']);
    for (const messages of [first, newcomer])
      assert.ok((messages ?? []).filter((each) => each === '> candidates').length <= 4, String(messages));
  });
});

describe('preload()', () => {
  it('downloads what a call needs, opens nothing, and leaves nothing to download for the join', async () => {
    const page = await world.page('chromium', { before: watchSockets });
    const files = () =>
      page.page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .filter((name) => /call-runtime/.test(name)),
      );
    const opened = await page.page.evaluate(async () => {
      const element = document.createElement('cometchat-call');
      document.body.append(element);
      await element.preload();
      element.remove();
      return { messages: window.messages, tracks: window.observed.tracks.length };
    });
    assert.deepEqual(opened, { messages: [], tracks: 0 });
    const before = await files();
    assert.equal(before.length, 1);
    await page.join({ token: await world.token('ada', 'preloaded') });
    await page.untilState('active');
    assert.deepEqual(await files(), before);
  });
});
