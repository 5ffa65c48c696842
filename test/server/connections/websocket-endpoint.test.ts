import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import WebSocket from 'ws';
import { initialParticipantState } from '../../../src/domain/call/participant.js';
import { maxJoinBytes, protocolVersion, type ClientMessage } from '../../../src/protocol/messages.js';
import { createAuthorizer } from '../../../src/server/auth/authorization.js';
import { createCallToken, signToken } from '../../../src/server/auth/call-tokens.js';
import type { Connection } from '../../../src/server/connections/connection.js';
import { systemClock } from '../../../src/server/limits/deadline-queue.js';
import { WebSocketEndpoint } from '../../../src/server/connections/websocket-endpoint.js';
import { createMetrics } from '../../../src/server/monitoring/metrics.js';
import { createRateLimits } from '../../../src/server/limits/rate-limits.js';
import type { RoomTransition } from '../../../src/server/rooms/room-transition.js';
import { MemoryRoomStore } from '../../../src/server/rooms/room-store.js';
import type { Room } from '../../../src/server/rooms/room.js';
import { checkConfig } from '../../../src/server/config/server-config.js';
import { RoomService } from '../../../src/server/rooms/room-service.js';
import { startServer, testSecret as secret } from '../harness/test-server.js';

const config = checkConfig({ secret, logLevel: 'silent' });
const stops: (() => unknown)[] = [];
after(async () => {
  for (const stop of stops) await stop();
});

/** Sockets whose messages are handled by `receive`; resolves with one of them, as the client sees it. */
async function socketTo(receive: (text: string) => Promise<void>, disconnected = (): void => undefined) {
  const sockets = new WebSocketEndpoint<string>({
    config,
    limits: createRateLimits(config),
    clock: systemClock,
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

/** A store that answers only when it is told to, as one in the network may. */
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

describe('A connection that breaks while it joins', () => {
  it('leaves no member behind', async () => {
    const store = new SlowStore();
    const lifetime = new AbortController();
    const log = (): void => undefined;
    const board = new RoomService({
      config,
      store,
      clock: systemClock,
      metrics: createMetrics(
        { connections: () => 0, rooms: () => 0, participants: () => 0 },
        { process: false },
      ),
      log,
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
    const joining = board.receive(connection satisfies Connection, join);
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

describe('Bytes', () => {
  const offer = (bytes: number) => ({ type: 'offer', sdp: 'x'.repeat(bytes) }) as const;

  it('are limited for each connection, and for each address', async () => {
    for (const limits of [{ bytesPerConnection: 300_000 }, { bytesPerAddress: 300_000 }]) {
      const server = await startServer(limits);
      const { client } = await server.member('ada');
      for (let id = 100; id < 110; id += 1)
        client.raw(
          JSON.stringify({ type: 'signal', id, to: 'x', epoch: 0, data: offer(30_000) }) + ' '.repeat(30_000),
        );
      assert.equal((await client.receives('closing')).error.code, 'RATE_LIMITED');
    }
  });

  it('of a signal are fewer than of other messages', async () => {
    const server = await startServer();
    const [ada, bob] = [await server.member('ada'), await server.member('bob')];
    const to = bob.id;
    assert.equal(
      (await ada.client.request({ type: 'signal', to, epoch: 0, data: offer(32_000) })).error,
      undefined,
    );
    assert.equal(
      (await ada.client.rejected({ type: 'signal', to, epoch: 0, data: offer(33_000) })).code,
      'MESSAGE_MALFORMED',
    );
  });

  it('to one participant are limited: who sends too much is refused, and nobody is put out of the call', async () => {
    const server = await startServer();
    const [ada, bob, cyd] = [
      await server.member('ada'),
      await server.member('bob'),
      await server.member('cyd'),
    ];
    // The victim of the flood takes nothing for a while.
    bob.client.stopReading();
    const flood = (to: string) =>
      Promise.all(
        Array.from({ length: 60 }, () =>
          ada.client.request({ type: 'signal', to, epoch: 0, data: offer(30_000) }),
        ),
      );
    const codes = (await flood(bob.id)).map(({ error }) => error?.code);
    assert.equal(codes[0], undefined);
    assert.equal(codes.at(-1), 'RATE_LIMITED');
    const sent = codes.filter((code) => code === undefined).length * 30_000;
    assert.ok(sent <= 256 * 1024, `${sent} bytes`);
    const { error } = await ada.client.request({ type: 'signal', to: cyd.id, epoch: 0, data: offer(10) });
    assert.equal(error, undefined, 'others are still reached');
    bob.client.socket.resume();
    assert.equal((await bob.client.request({ type: 'ping' })).error, undefined, 'and bob is still there');
  });

  it('of a join may be many: somebody’s picture is in it', async () => {
    const server = await startServer();
    const client = await server.connect();
    client.raw(`"${'x'.repeat(maxJoinBytes)}"`);
    assert.equal((await client.receives('closing')).error.code, 'MESSAGE_TOO_LARGE');
  });

  /** The token of a user with a picture of so many bytes in it. */
  const tokenWith = (uid: string, pictureBytes: number): Promise<string> => {
    const avatar = `data:image/png;base64,${'A'.repeat(pictureBytes)}`;
    const data = { sessionId: 'room', user: { uid, name: uid, avatar } };
    return signToken({ data }, { secret, audience: 'cometchat-call', expiresIn: '1h' });
  };

  it('of a join may be a million and more, and only the picture is dropped', async () => {
    const server = await startServer({ bytesPerConnection: 300_000 });
    const ada = await server.member('ada');
    for (const [uid, bytes] of [
      ['bob', 1_000_000],
      ['cyd', 2_900_000],
    ] as const) {
      const client = await server.connect();
      await client.join(await tokenWith(uid, bytes));
      const { participant } = await ada.client.receives('participant-joined');
      assert.deepEqual([participant.uid, participant.avatar], [uid, '']);
      assert.equal((await client.request({ type: 'ping' })).error, undefined);
    }
  });

  it('of a join count for the address while they come', async () => {
    const server = await startServer({ bytesPerAddress: 300_000 });
    const client = await server.connect();
    // The message is never finished.
    client.socket.send('x'.repeat(1_000_000), { fin: false });
    assert.equal((await client.receives('closing')).error.code, 'RATE_LIMITED');
  });

  it('changes that are told to all are limited too, and leaving is not one', async () => {
    const server = await startServer();
    const ada = await server.member('ada');
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        ada.client.request({ type: 'update', changes: { handRaisedAt: index } }),
      ),
    );
    assert.deepEqual([answers[0]?.error, answers.at(-1)?.error?.code], [undefined, 'RATE_LIMITED']);
    assert.equal((await ada.client.request({ type: 'leave' })).error, undefined);
  });
});
