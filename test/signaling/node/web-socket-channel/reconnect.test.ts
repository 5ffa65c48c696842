import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import type { SocketClass } from '../../../../src/signaling/websocket/socket-class.js';
import { createWebSocketChannel } from '../../../../src/signaling/websocket/web-socket-channel.js';
import { answerOf } from '../../../fakes/signaling/scripted-signaling-server.js';
import {
  quick,
  toBob,
  server,
  lifetime,
  changeState,
  open,
  happens,
  all,
  refusal,
  joined,
} from './channel-setup.js';

/** What a browser says when a socket may have died unnoticed; Node has none of it. */
function provideWakeSigns() {
  const page = new EventTarget();
  const document = Object.assign(new EventTarget(), { hidden: false });
  const connection = new EventTarget();
  const replaced = ['addEventListener', 'document', 'navigator'].map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries({
    addEventListener: page.addEventListener.bind(page),
    document,
    navigator: { connection },
  }))
    Object.defineProperty(globalThis, name, { value, configurable: true });
  return {
    document,
    raise(name: 'online' | 'pageshow' | 'visibilitychange' | 'change'): void {
      const target = name === 'visibilitychange' ? document : name === 'change' ? connection : page;
      target.dispatchEvent(new Event(name));
    },
    remove(): void {
      for (const [name, before] of replaced)
        if (before) Object.defineProperty(globalThis, name, before);
        else Reflect.deleteProperty(globalThis, name);
    },
  };
}

describe('a broken connection', { timeout: 30_000 }, () => {
  it('is reported, and restored with the newest resume and the current state', async () => {
    let joins = 0;
    server.replies.join = () => ({ answer: answerOf({ resume: `resume-${++joins}` }) });
    const channel = await joined();
    for (const resume of ['resume-1', 'resume-2']) {
      const [lost, resumed] = [happens(channel, 'lost'), happens(channel, 'resumed')];
      const { handRaisedAt } = changeState({ handRaisedAt: joins });
      server.disconnect();
      await lost;
      await resumed;
      const join = server.received('join').at(-1);
      assert.deepEqual([join?.resume, join?.state.handRaisedAt], [resume, handRaisedAt]);
    }
  });

  it('is reported once, however many tries it takes', async () => {
    const channel = await joined();
    const lost = all(channel, 'lost');
    const resumed = happens(channel, 'resumed');
    await server.stop();
    await refusal(channel.request(toBob));
    let tries = 0;
    server.replies.join = () => (tries++ < 3 ? { refuse: 'SERVER_STOPPING' } : { answer: answerOf() });
    await server.start();
    assert.equal((await resumed).self.id, 'ann-1');
    assert.equal(lost.length, 1);
  });

  it('that is only half open is noticed by its silence', async () => {
    const channel = await joined({ heartbeat: 15, pong: 1000 });
    const [lost, resumed] = [happens(channel, 'lost'), happens(channel, 'resumed')];
    await server.until(() => server.received('ping').length > 1, 'pings');
    server.unresponsive = true;
    await lost;
    server.unresponsive = false;
    await resumed;
    assert.equal(server.connections.length, 2);
  });

  it('is restored with what a sign of life brought, when the token has expired meanwhile', async () => {
    server.replies.ping = () => ({ answer: { resume: 'newer' } });
    const channel = await joined({ heartbeat: 10 });
    await server.until(() => server.received('ping').length > 2, 'pings');
    const resumed = happens(channel, 'resumed');
    server.disconnect();
    await resumed;
    assert.equal(server.received('join').at(-1)?.resume, 'newer');
  });

  it('is restored, and joined anew, with the token that is valid then', async () => {
    let token = 'first';
    const channel = createWebSocketChannel({
      url: server.url,
      get token() {
        return token;
      },
      state: () => changeState(),
      signal: lifetime.signal,
      WebSocket: WebSocket as unknown as SocketClass,
      timeouts: quick,
    });
    await channel.join();
    for (const fresh of ['second', 'third']) {
      token = fresh;
      const resumed = happens(channel, 'resumed');
      server.disconnect();
      await resumed;
    }
    assert.deepEqual(
      server.received('join').map((join) => join.token),
      ['first', 'second', 'third'],
    );
  });

  it('a refused ping is a sign of life', async () => {
    server.replies.ping = () => ({ refuse: 'RATE_LIMITED' });
    const channel = await joined({ heartbeat: 10 });
    const lost = all(channel, 'lost');
    await server.until(() => server.received('ping').length > 5, 'pings');
    assert.deepEqual(lost, []);
  });

  it('joins anew, once, when it cannot be resumed', async () => {
    let joins = 0;
    server.replies.join = (message) => {
      if (message.type === 'join' && message.resume === 'resume-1') {
        // As the server does it: an error, the reason, a close.
        queueMicrotask(() => {
          server.latest.socket.send(
            JSON.stringify({ type: 'closing', error: { code: 'RESUME_REFUSED', message: '' } }),
          );
          server.latest.socket.close(4410);
        });
        return { refuse: 'RESUME_REFUSED' };
      }
      const { self } = answerOf();
      return { answer: answerOf({ self: { ...self, id: `ann-${++joins}` }, resume: `resume-${joins}` }) };
    };
    const channel = await joined();
    const resumed = happens(channel, 'resumed');
    server.disconnect();
    assert.equal((await resumed).self.id, 'ann-2');
    assert.deepEqual(
      server.received('join').map(({ resume }) => resume),
      [undefined, 'resume-1', undefined],
    );
  });

  it('waits for a place in a full room when it was in it before', async () => {
    const channel = await joined();
    let refused = 0;
    server.replies.join = () => (refused++ < 2 ? { refuse: 'ROOM_FULL' } : { answer: answerOf() });
    const resumed = happens(channel, 'resumed');
    server.disconnect();
    await resumed;
    assert.equal(refused, 3);
  });

  it('ends for good when the resuming is refused for good', async () => {
    const channel = await joined();
    const closed = happens(channel, 'closed');
    server.replies.join = () => ({ refuse: 'TOKEN_EXPIRED' });
    server.disconnect();
    assert.equal((await closed).code, 'TOKEN_EXPIRED');
  });

  const signs = ['online', 'pageshow', 'visibilitychange', 'change'] as const;
  for (const sign of signs) {
    it(`is restored at once on a sign that the page is back (${sign})`, async () => {
      const browser = provideWakeSigns();
      try {
        const channel = await joined({ retry: { from: 60_000, to: 60_000 } });
        const [lost, resumed] = [happens(channel, 'lost'), happens(channel, 'resumed')];
        server.disconnect();
        await lost;
        browser.raise(sign);
        await resumed;
      } finally {
        browser.remove();
      }
    });

    it(`that seems open must prove it on a sign that the page is back (${sign})`, async () => {
      const browser = provideWakeSigns();
      try {
        const channel = await joined({ urgentPong: 400 });
        browser.raise(sign);
        await server.until(() => server.received('ping').length === 1, 'a ping');
        server.unresponsive = true;
        const lost = happens(channel, 'lost');
        browser.raise(sign);
        await lost;
      } finally {
        browser.remove();
      }
    });
  }

  it('is not probed when the page is hidden', async () => {
    const browser = provideWakeSigns();
    try {
      const channel = await joined();
      browser.document.hidden = true;
      browser.raise('visibilitychange');
      browser.document.hidden = false;
      browser.raise('visibilitychange');
      await server.until(() => server.received('ping').length === 1, 'the ping');
      await channel.request({ type: 'update', changes: { handRaisedAt: 1 } });
      assert.equal(server.received('ping').length, 1);
    } finally {
      browser.remove();
    }
  });
});

describe('the end', { timeout: 30_000 }, () => {
  for (const code of ['SESSION_ENDED', 'REPLACED', 'MESSAGE_TOO_LARGE'] as const)
    it(`a closing with ${code} is final`, async () => {
      const channel = await joined();
      const [closed, lost] = [happens(channel, 'closed'), all(channel, 'lost')];
      server.push({ type: 'closing', error: { code, message: 'said so' } });
      const error = await closed;
      assert.deepEqual([error.code, error.message], [code, 'said so']);
      await server.until(() => server.latest.socket.readyState === WebSocket.CLOSED, 'the end');
      assert.equal(server.connections.length, 1);
      assert.deepEqual(lost, []);
    });

  it('a closing that passes is followed by a reconnect', async () => {
    const channel = await joined();
    const resumed = happens(channel, 'resumed');
    server.push({ type: 'closing', error: { code: 'SERVER_STOPPING', message: '' } });
    server.latest.socket.close(4503);
    await resumed;
  });

  it('a socket that was closed for waiting before the join is replaced', async () => {
    const channel = open();
    await server.until(() => server.connections.length === 1, 'a connection');
    server.push({ type: 'closing', error: { code: 'NOT_JOINED', message: '' } });
    server.latest.socket.close(4408);
    await server.until(() => server.connections.length === 2, 'another connection');
    await channel.join();
  });

  it('leaving tells the server and closes the socket, in the same moment', async () => {
    const channel = await joined();
    const [closed, lost] = [all(channel, 'closed'), all(channel, 'lost')];
    channel.leave();
    await server.until(() => server.latest.socket.readyState === WebSocket.CLOSED, 'the end');
    assert.equal(server.received('leave').length, 1);
    assert.deepEqual([closed, lost], [[], []]);
    channel.leave();
    assert.equal((await refusal(channel.request(toBob))).code, 'CONNECTION_LOST');
  });

  it('aborting closes the socket, and says nothing', async () => {
    const channel = await joined();
    const [closed, lost] = [all(channel, 'closed'), all(channel, 'lost')];
    server.replies.signal = () => 'silence';
    const asked = channel.request(toBob);
    await server.until(() => server.received('signal').length === 1, 'a signal');
    lifetime.abort();
    assert.equal((await refusal(asked)).code, 'CONNECTION_LOST');
    await server.until(() => server.latest.socket.readyState === WebSocket.CLOSED, 'the end');
    assert.deepEqual([server.received('leave'), closed, lost], [[], [], []]);
  });

  it('ends all timers, whatever it is waiting for', async () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const noneLeft = async (): Promise<void> => {
      const deadline = performance.now() + 1_000;
      while (timers() > 0 && performance.now() < deadline)
        await new Promise((resolve) => setImmediate(resolve));
      assert.equal(timers(), 0);
    };
    // The sockets of the tests before may still be closing.
    await noneLeft();
    server.replies.signal = () => 'silence';
    const channel = await joined({ retry: { from: 60_000, to: 60_000 } });
    const asked = channel.request(toBob);
    await server.until(() => server.received('signal').length === 1, 'a signal');
    assert.ok(timers() > 0);
    server.disconnect();
    await refusal(asked);
    lifetime.abort();
    await noneLeft();
  });
});
