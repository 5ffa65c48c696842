import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { nanoid } from 'nanoid';
import WebSocket from 'ws';
import { initialParticipantState } from '../../../src/domain/call/participant.js';
import { protocolVersion, type ClientMessage } from '../../../src/protocol/messages.js';
import { createAuthorizer } from '../../../src/server/auth/authorization.js';
import { createCallToken } from '../../../src/server/auth/call-tokens.js';
import type { Connection } from '../../../src/server/connections/connection.js';
import { systemClock } from '../../../src/server/limits/deadline-queue.js';
import { WebSocketEndpoint } from '../../../src/server/connections/websocket-endpoint.js';
import { noRecorder } from '../../../src/server/history/history-recorder.js';
import { MemoryUsedTokens } from '../../../src/server/auth/used-tokens.js';
import { createMetrics } from '../../../src/server/monitoring/metrics.js';
import { createRateLimits } from '../../../src/server/limits/rate-limits.js';
import type { RoomTransition } from '../../../src/server/rooms/room-transition.js';
import { MemoryRoomStore } from '../../../src/server/rooms/room-store.js';
import type { Room } from '../../../src/server/rooms/room.js';
import { checkConfig } from '../../../src/server/config/server-config.js';
import { RoomService } from '../../../src/server/rooms/room-service.js';
import { testSecret as secret } from '../harness/test-server.js';
import { stops } from './endpoint-setup.js';

const config = checkConfig({ secret, logLevel: 'silent' });

/** Sockets whose messages are handled by `receive`; resolves with one of them, as the client sees it. */
async function socketTo(receive: (text: string) => Promise<void>, disconnected = (): void => undefined) {
  const sockets = new WebSocketEndpoint<string>({
    config,
    limits: createRateLimits(config),
    clock: systemClock,
    newConnectionId: nanoid,
    handlers: {
      parse: (text) => text,
      receive: (_, text) => receive(text),
      disconnected,
      isJoined: () => true,
      onError: () => undefined,
    },
  });
  const server = createServer().on('upgrade', (request, socket, head) =>
    sockets.accept(request, socket, head),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => {
    await sockets.stop(0);
    server.close();
  });
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(client, 'open');
  return client;
}

function deferred() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A store that answers only when a test lets it, as one in the network may. */
class SlowStore extends MemoryRoomStore {
  readonly #held: (() => void)[] = [];
  isSlow = false;

  override async transact(
    sessionId: string,
    decide: (room: Room) => RoomTransition,
  ): Promise<RoomTransition> {
    if (this.isSlow) await new Promise<void>((resolve) => this.#held.push(resolve));
    return super.transact(sessionId, decide);
  }

  async until(count: number): Promise<void> {
    while (this.#held.length < count) await turns(1);
  }

  /** Answers what was asked, the last first. */
  release(): void {
    for (const go of this.#held.splice(0).reverse()) go();
  }
}

describe('The messages of one connection', () => {
  it('are handled one after the other, however long each takes', async () => {
    const done: string[] = [];
    let running = 0;
    const all = deferred();
    const client = await socketTo(async (text) => {
      assert.equal(++running, 1, 'one at a time');
      await turns(text === '0' ? 20 : 1);
      running -= 1;
      if (done.push(text) === 200) all.resolve();
    });
    for (let index = 0; index < 200; index += 1) client.send(String(index));
    await all.promise;
    assert.deepEqual(
      done,
      Array.from({ length: 200 }, (_, index) => String(index)),
    );
  });

  it('that came before its end are handled before it', async () => {
    const done: string[] = [];
    const gone = deferred();
    const client = await socketTo(
      async (text) => {
        await turns(30);
        done.push(text);
      },
      () => {
        done.push('gone');
        gone.resolve();
      },
    );
    client.send('update');
    client.send('leave');
    client.close();
    await gone.promise;
    assert.deepEqual(done, ['update', 'leave', 'gone']);
  });

  it('are not read faster than they are handled', async () => {
    const first = deferred();
    let handled = 0;
    const client = await socketTo(async () => {
      handled += 1;
      await first.promise;
    });
    const text = 'x'.repeat(50_000);
    // More than any buffer between two sockets holds.
    for (let index = 0; index < 400; index += 1) client.send(text);
    await turns(300);
    assert.ok(client.bufferedAmount > 0, 'the sender waits');
    assert.equal(handled, 1);
    client.terminate();
    first.resolve();
  });
});

describe('A connection that breaks while it joins', () => {
  it('leaves no member behind', async () => {
    const store = new SlowStore();
    const lifetime = new AbortController();
    const log = (): void => undefined;
    const board = new RoomService({
      config,
      store,
      usedTokens: new MemoryUsedTokens(),
      clock: systemClock,
      metrics: createMetrics(
        { connections: () => 0, rooms: () => 0, participants: () => 0, historyPending: () => 0 },
        { process: false },
      ),
      log,
      history: noRecorder,
      acceptsIssuer: () => true,
      authorize: createAuthorizer(undefined, log),
      signal: lifetime.signal,
    });
    stops.push(() => lifetime.abort());
    const connection = {
      id: 'c',
      origin: '',
      open: true,
      waitingBytes: 0,
      fellSilent: false,
      hasSpoken: true,
      send: () => true,
      close: () => undefined,
    };
    const join: ClientMessage = {
      type: 'join',
      id: 1,
      protocol: protocolVersion,
      token: await createCallToken({ secret, sessionId: 'room', user: { uid: 'ada' } }),
      state: initialParticipantState,
    };
    store.isSlow = true;
    const joining = board.receive(connection satisfies Connection, join, JSON.stringify(join));
    await store.until(1);
    connection.open = false;
    board.disconnected(connection);
    await store.until(2);
    store.isSlow = false;
    store.release();
    await joining;
    await turns(5);
    assert.equal(store.peek('room'), undefined);
  });
});
