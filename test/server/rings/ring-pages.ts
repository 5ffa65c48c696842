import assert from 'node:assert/strict';
import { afterEach, beforeEach } from 'node:test';
import { WebSocket } from 'ws';
import { AppSettingsBuilder } from '../../../src/facade/chat/app-settings.js';
import { Call } from '../../../src/facade/chat/call.js';
import { CallListener, type CallHandlers } from '../../../src/facade/chat/call-listener.js';
import { ChatClient } from '../../../src/facade/chat/chat-client.js';
import { memoryStorage, type KeyValueStore } from '../../../src/session/ring/page-environment.js';
import { CometChatException } from '../../../src/facade/chat/comet-chat-exception.js';
import { createCallServer, type CallServer } from '../../../src/server/call-server.js';
import { createAuthToken } from '../../../src/server/auth/call-tokens.js';
import { channelTimeouts } from '../../../src/signaling/websocket/channel-timeouts.js';
import type { SocketClass } from '../../../src/signaling/websocket/socket-class.js';
import { ManualClock } from '../../fakes/session/manual-clock.js';

const secret = 'a secret of thirty-two bytes or more';

export const apiKey = 'an API key of thirty-two bytes or more';

export const graceMs = 30_000;

export let server: CallServer;

export let url: string;

export let clock: ManualClock;

let pages: Page[];

/** Pages answer heartbeats in real time: the tests advance the clock by less than one heartbeat. */
const patience = { heartbeatMs: 600_000, pageTimeoutMs: 3_600_000 } as const;

export const options = () => ({ secret, apiKey, logLevel: 'silent', clock, graceMs, ...patience }) as const;

/** Starts a new server at the address of the previous one, which has been closed. It knows no calls. */
export async function restartServer(): Promise<void> {
  const { port } = server;
  await server.close();
  server = createCallServer({ ...options(), port });
  await server.listen();
}

beforeEach(async () => {
  clock = new ManualClock();
  pages = [];
  server = createCallServer({ ...options(), port: 0 });
  url = await server.listen();
});

afterEach(async () => {
  pages.forEach((page) => page.close());
  await server.close();
});

type Received = readonly [keyof CallHandlers, Call];

/** One page of one user: a client with sockets and storage of its own, and what its listener heard. */
export class Page {
  readonly received: Received[] = [];
  readonly client: ChatClient;
  readonly #sockets = new Set<WebSocket>();
  readonly #waiting = new Set<() => void>();
  /** Connections fail while it is set. */
  offline = false;

  constructor(readonly stores: { local: KeyValueStore; tab: KeyValueStore }) {
    const isOffline = (): boolean => this.offline;
    const sockets = this.#sockets;
    class PageSocket extends WebSocket {
      constructor(address: string) {
        super(isOffline() ? 'ws://127.0.0.1:1' : address);
        sockets.add(this);
      }
    }
    this.client = new ChatClient(() => ({
      fetch,
      localStorage: stores.local,
      sessionStorage: stores.tab,
      pageUrl: undefined,
      locks: undefined,
      WebSocket: PageSocket as unknown as SocketClass,
      timeouts: { ...channelTimeouts, retry: { from: 5, to: 20 }, join: 3000, answer: 3000 },
    }));
    pages.push(this);
  }

  listen(): void {
    const record =
      (name: keyof CallHandlers) =>
      (call: Call): void => {
        this.received.push([name, call]);
        for (const wake of [...this.#waiting]) wake();
      };
    this.client.addCallListener(
      'test',
      new CallListener({
        onIncomingCallReceived: record('onIncomingCallReceived'),
        onOutgoingCallAccepted: record('onOutgoingCallAccepted'),
        onOutgoingCallRejected: record('onOutgoingCallRejected'),
        onIncomingCallCancelled: record('onIncomingCallCancelled'),
        onCallEndedMessageReceived: record('onCallEndedMessageReceived'),
      }),
    );
  }

  /** The call of the first such event that has come, or will. */
  async receives(name: keyof CallHandlers, sessionId?: string): Promise<Call> {
    for (;;) {
      const found = this.received.find(
        ([received, call]) => received === name && (!sessionId || call.getSessionId() === sessionId),
      );
      if (found) return found[1];
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  names(): string[] {
    return this.received.map(([name, call]) => `${name} ${call.getStatus()}`);
  }

  /** The page's sockets break; what is sent meanwhile is lost. */
  cut(): void {
    for (const socket of this.#sockets) socket.terminate();
    this.#sockets.clear();
  }

  /** The page is gone without a word. */
  close(): void {
    this.offline = true;
    this.cut();
    this.client.disconnect();
  }
}

export async function open(
  uid: string,
  stores = { local: memoryStorage(), tab: memoryStorage() },
): Promise<Page> {
  const page = new Page(stores);
  await page.client.init('app', new AppSettingsBuilder().setHost(url).build());
  page.listen();
  const authToken = await createAuthToken({ secret, user: { uid, name: uid.toUpperCase() } });
  await page.client.login(authToken);
  return page;
}

/** The same tab, loaded again: its stores are as they were, without a new login. */
export async function reload(page: Page): Promise<Page> {
  page.offline = true;
  page.cut();
  const next = new Page(page.stores);
  await next.client.init('app', new AppSettingsBuilder().setHost(url).build());
  next.listen();
  return next;
}

export const toBob = () => new Call('bob', 'video', 'user');

export const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => assert.fail('was not rejected'),
    (error: unknown) => (error instanceof CometChatException ? error.code : assert.fail(String(error))),
  );
