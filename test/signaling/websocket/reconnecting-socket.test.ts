import { expect } from '@open-wc/testing';
import { initialParticipantState } from '../../../src/domain/call/participant.js';
import type { ClientMessage } from '../../../src/protocol/messages.js';
import { createWebSocketChannel } from '../../../src/signaling/websocket/web-socket-channel.js';

/** A browser's socket whose other end is the test. */
class TestSocket extends EventTarget {
  static readonly made: TestSocket[] = [];
  static readonly OPEN = 1;
  readonly sent: ClientMessage[] = [];
  readyState = 0;
  binaryType = 'blob';
  readonly protocol = '';

  constructor(readonly url: string) {
    super();
    TestSocket.made.push(this);
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  fail(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('error'));
    this.dispatchEvent(new CloseEvent('close'));
  }

  close(): void {
    this.readyState = 3;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientMessage);
    this.dispatchEvent(new Event('sent'));
  }
}

const happens = (target: EventTarget, type: string): Promise<Event> =>
  new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));

/** The next task, after all that was put off to it before. */
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('the first socket of a channel', () => {
  const real = globalThis.WebSocket;
  let lifetime: AbortController;
  beforeEach(() => {
    lifetime = new AbortController();
    TestSocket.made.length = 0;
    globalThis.WebSocket = TestSocket as unknown as typeof WebSocket;
  });
  afterEach(() => {
    lifetime.abort();
    globalThis.WebSocket = real;
  });

  const join = (): void => {
    const options = { url: 'https://calls.example', token: 'token', signal: lifetime.signal };
    const channel = createWebSocketChannel({ ...options, state: () => initialParticipantState });
    channel.join().catch(() => undefined);
  };
  const first = (): TestSocket => TestSocket.made[0] as TestSocket;

  it('is opened in the same moment', () => {
    join();
    expect(TestSocket.made.map(({ url }) => url)).to.eql(['wss://calls.example/signal']);
  });

  it('joins when it opens', async () => {
    join();
    await nextTask();
    await nextTask();
    first().open();
    expect(first().sent.map(({ type }) => type)).to.eql(['join']);
    expect(TestSocket.made.length).to.equal(1);
  });

  it('joins also when it opens before the first listener', async () => {
    join();
    const sent = happens(first(), 'sent');
    first().open();
    await sent;
    expect(first().sent.map(({ type }) => type)).to.eql(['join']);
    expect(TestSocket.made.length).to.equal(1);
  });

  it('is replaced when it fails before the first listener', async () => {
    join();
    first().fail();
    while (TestSocket.made.length < 2) await nextTask();
    TestSocket.made[1]?.open();
    expect(TestSocket.made[1]?.sent.map(({ type }) => type)).to.eql(['join']);
  });

  it('does not stay open when the call ends at once', async () => {
    join();
    lifetime.abort();
    expect(first().readyState).to.equal(3);
    await nextTask();
    expect(TestSocket.made.length).to.equal(1);
  });

  it('that the page may not open is reported in time, not thrown', () => {
    globalThis.WebSocket = class {
      constructor() {
        throw new DOMException('mixed content', 'SecurityError');
      }
    } as unknown as typeof WebSocket;
    expect(join).not.to.throw();
  });
});
