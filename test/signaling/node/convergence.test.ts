import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { after, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { isActive } from '../../../src/domain/call/call-state.js';
import type { Participant } from '../../../src/domain/call/participant.js';
import { channelTimeouts } from '../../../src/signaling/websocket/channel-timeouts.js';
import type { SocketClass } from '../../../src/signaling/websocket/socket-class.js';
import { createWebSocketChannel } from '../../../src/signaling/websocket/web-socket-channel.js';
import { provideMediaClasses } from '../../fakes/media/node-media.js';
import { SessionHarness } from '../../fakes/session/session-harness.js';
import { FaultyProxy, type NetworkFault } from '../../fakes/signaling/faulty-proxy.js';
import { Random } from '../../fuzz/random.js';
import { startServer, type TestServer } from '../../server/harness/test-server.js';

provideMediaClasses();
// Node's own alarm for leaks; the parts of a session end with one signal.
setMaxListeners(100);

const seed = Number(process.env['CONVERGENCE_SEED'] ?? 1);
const schedules = Number(process.env['CONVERGENCE_SCHEDULES'] ?? 4);
const names = ['ada', 'bob', 'cyd', 'dan'] as const;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** As in browsers: each message is a task of its own. */
class BrowserSocket extends WebSocket {
  constructor(url: string, protocols: string[] = []) {
    super(url, protocols, { allowSynchronousEvents: false });
  }
}

/** A real session of one user, behind a network of its own. */
class Caller {
  #world: SessionHarness | undefined;

  constructor(
    readonly name: string,
    readonly proxy: FaultyProxy,
    private readonly token: string,
  ) {}

  get session() {
    return this.#world?.session;
  }

  /** Joins again after a first join that failed, as its user would. A call that was joined must not end by itself. */
  retry(): void {
    if (this.session?.store.get().phase !== 'ended') return;
    assert.ok(!this.#world?.names.includes('onSessionJoined'), `${this.name}: ${this.#world?.codes.join()}`);
    this.join();
  }

  join(): void {
    const { proxy, token } = this;
    this.#world = new SessionHarness(
      {},
      {
        openChannel: (options) =>
          createWebSocketChannel({
            ...{ ...options, url: proxy.url, token, joinsAtOnce: true },
            WebSocket: BrowserSocket as unknown as SocketClass,
            // Far shorter than those of users, and as many times longer than a healthy answer takes.
            timeouts: { ...channelTimeouts, connect: 3000, answer: 3000, heartbeat: 250, pong: 1500, retry },
          }),
      },
    );
    void this.#world.session.join();
  }

  /** Leaves without waiting for anything, as a page does. */
  leave(): void {
    this.session?.commands.endSession();
    this.#world = undefined;
  }

  /** Whom it sees, itself included. `undefined` outside the call. */
  roster(): readonly object[] | undefined {
    const state = this.session?.store.get();
    return state && isActive(state) ? sorted([...state.participants.values()]) : undefined;
  }
}

const retry = { from: 20, to: 200 };

/** What all must agree about. */
function sorted(participants: readonly Participant[]): readonly object[] {
  return participants
    .filter(({ uid }) => uid !== 'witness')
    .map(({ id, uid, connection, audioMuted, videoPaused, handRaisedAt }) => ({
      ...{ id, uid, connection, audioMuted, videoPaused, handRaisedAt },
    }))
    .sort((a, b) => a.id.localeCompare(b.id));
}

/**
 * What the server knows: what it tells one who joins without any fault. `undefined`: its connection ended. On a machine with too much to
 * do, heartbeats as short as these miss it; a caller tries again, and so must it.
 */
async function truth(server: TestServer, room: string): Promise<readonly object[] | undefined> {
  const client = await server.connect();
  try {
    const answer = await client.join(await server.token('witness', room));
    await client.request({ type: 'leave' });
    return sorted(answer.participants);
  } catch (error) {
    if (client.closed?.code !== 1006) throw error;
    return undefined;
  }
}

interface World {
  server: TestServer;
  readonly callers: readonly Caller[];
}

const faults: readonly [NetworkFault, ...NetworkFault[]] = [
  { silent: 'both' },
  { silent: 'to-server' },
  { silent: 'to-client' },
  { delay: 150 },
];

type Step = readonly [title: string, act: (world: World, caller: Caller) => unknown];

function steps(random: Random): readonly [Step, ...Step[]] {
  const someone = (world: World): string | undefined => {
    const state = random.pick(world.callers as [Caller, ...Caller[]]).session?.store.get();
    return state && isActive(state) ? state.selfId : undefined;
  };
  return [
    ['cut', (_, { proxy }) => proxy.cut()],
    ['cut twice', (_, { proxy }) => (proxy.cut(), setTimeout(() => proxy.cut(), 30))],
    ['half open', (_, { proxy }) => proxy.disturb(random.pick(faults))],
    ['faulty for a while', (_, { proxy }) => proxy.set(random.pick(faults))],
    ['refusing for a while', (_, { proxy }) => (proxy.set({ refuses: true }), proxy.cut())],
    ['sound', (_, { proxy }) => proxy.set({})],
    ['mute', (_, { session }) => session?.commands.muteAudio(random.below(2) === 0)],
    ['pause', (_, { session }) => session?.commands.pauseVideo(random.below(2) === 0)],
    ['hand', (_, { session }) => session?.commands.raiseHand()],
    [
      'mute another',
      (world, { session }) => {
        const id = someone(world);
        if (id !== undefined) session?.commands.muteParticipant(id);
      },
    ],
    [
      'leave and join',
      (_, caller) => {
        caller.leave();
        caller.join();
      },
    ],
    [
      'restart of the server',
      async (world) => {
        const { port } = world.server.server;
        await world.server.stop();
        world.server = await startServer({ ...options, port });
      },
    ],
  ];
}

// As short as the timeouts of the callers. A place is held for longer than a schedule lasts, and then some.
const options = { sessionsPerUser: 1000, heartbeatMs: 1500, graceMs: 6000, closedGraceMs: 6000 };

async function run(at: number): Promise<void> {
  const random = new Random(seed + at);
  const room = `room-${at}`;
  const server = await startServer(options);
  const callers: Caller[] = [];
  for (const name of names) {
    const proxy = await FaultyProxy.start(server.server.port);
    after(() => proxy.close());
    callers.push(new Caller(name, proxy, await server.token(name, room)));
  }
  const world: World = { server, callers };
  callers.forEach((caller) => caller.join());
  const done: string[] = [];
  const [first, ...rest] = steps(random);
  for (let count = 0; count < 15; count += 1) {
    const caller = random.pick(callers as [Caller, ...Caller[]]);
    const [title, act] = random.pick([first, ...rest]);
    done.push(`${caller.name}: ${title}`);
    await act(world, caller);
    await wait(random.below(200));
  }
  // From here on, the network is sound.
  callers.forEach(({ proxy }) => proxy.set({}));
  await converged(world, room, done);
  callers.forEach((caller) => caller.leave());
}

/** Waits until each sees what the server knows, and the server knows nobody but them. */
async function converged(world: World, room: string, done: readonly string[]): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    world.callers.forEach((caller) => caller.retry());
    const known = await truth(world.server, room);
    const seen = world.callers.map((caller) => caller.roster());
    const agree = seen.every((roster) => JSON.stringify(roster) === JSON.stringify(known));
    if (agree && known?.length === names.length) return;
    if (Date.now() > deadline) {
      assert.ok(known, 'nobody can join');
      for (const [at, roster] of seen.entries())
        assert.deepEqual(roster, known, `${names[at]} sees something else\n${done.join('\n')}`);
      assert.equal(known.length, names.length, `${JSON.stringify(known)}\n${done.join('\n')}`);
    }
    await wait(100);
  }
}

describe(`Callers behind faulty networks (CONVERGENCE_SEED=${seed})`, { concurrency: true }, () => {
  for (let at = 0; at < schedules; at += 1)
    it(`all come to see what the server knows, and the server knows nobody else: schedule ${at}`, () =>
      run(at));
});
