import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { AppSettingsBuilder } from '../../../src/facade/chat/app-settings.js';
import { Call } from '../../../src/facade/chat/call.js';
import { CallListener, type CallHandlers } from '../../../src/facade/chat/call-listener.js';
import { ChatClient } from '../../../src/facade/chat/chat-client.js';
import { memoryStorage, type KeyValueStore } from '../../../src/session/ring/page-environment.js';
import { CometChatException } from '../../../src/facade/chat/comet-chat-exception.js';
import type { User } from '../../../src/facade/chat/user.js';
import { createCallServer, type CallServer } from '../../../src/server/call-server.js';
import { createAuthToken } from '../../../src/server/auth/call-tokens.js';
import { channelTimeouts } from '../../../src/signaling/websocket/channel-timeouts.js';
import type { SocketClass } from '../../../src/signaling/websocket/socket-class.js';
import { ManualClock } from '../../fakes/session/manual-clock.js';

const secret = 'a secret of thirty-two bytes or more';
const apiKey = 'an API key of thirty-two bytes or more';
const graceMs = 30_000;

let server: CallServer;
let url: string;
let clock: ManualClock;
let pages: Page[];

const options = () => ({ secret, apiKey, logLevel: 'silent', clock, graceMs }) as const;

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

type Heard = readonly [keyof CallHandlers, Call];

/** One page of one user: a client with sockets and storage of its own, and what its listener heard. */
class Page {
  readonly heard: Heard[] = [];
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
    const hear =
      (name: keyof CallHandlers) =>
      (call: Call): void => {
        this.heard.push([name, call]);
        for (const wake of [...this.#waiting]) wake();
      };
    this.client.addCallListener(
      'test',
      new CallListener({
        onIncomingCallReceived: hear('onIncomingCallReceived'),
        onOutgoingCallAccepted: hear('onOutgoingCallAccepted'),
        onOutgoingCallRejected: hear('onOutgoingCallRejected'),
        onIncomingCallCancelled: hear('onIncomingCallCancelled'),
        onCallEndedMessageReceived: hear('onCallEndedMessageReceived'),
      }),
    );
  }

  /** The call of the first such event that has come, or will. */
  async hears(name: keyof CallHandlers, sessionId?: string): Promise<Call> {
    for (;;) {
      const found = this.heard.find(
        ([heard, call]) => heard === name && (!sessionId || call.getSessionId() === sessionId),
      );
      if (found) return found[1];
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  names(): string[] {
    return this.heard.map(([name, call]) => `${name} ${call.getStatus()}`);
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

async function open(uid: string, stores = { local: memoryStorage(), tab: memoryStorage() }): Promise<Page> {
  const page = new Page(stores);
  await page.client.init('app', new AppSettingsBuilder().setHost(url).build());
  page.listen();
  const authToken = await createAuthToken({ secret, user: { uid, name: uid.toUpperCase() } });
  await page.client.login(authToken);
  return page;
}

/** The same tab, loaded again: its stores are as they were, nobody logs in. */
async function reload(page: Page): Promise<Page> {
  page.offline = true;
  page.cut();
  const next = new Page(page.stores);
  await next.client.init('app', new AppSettingsBuilder().setHost(url).build());
  next.listen();
  return next;
}

const toBob = () => new Call('bob', 'video', 'user');

const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => assert.fail('was not rejected'),
    (error: unknown) => (error instanceof CometChatException ? error.code : assert.fail(String(error))),
  );

describe('signing in', () => {
  it('with an auth token: the user is who the token says', async () => {
    const { client } = await open('ada');
    const user = await client.getLoggedinUser();
    assert.equal(user?.getUid(), 'ada');
    assert.equal(user.getName(), 'ADA');
    assert.equal(user.getAuthToken(), client.getUserAuthToken());
  });

  it('with uid and API key, and out again', async () => {
    const { client } = new Page({ local: memoryStorage(), tab: memoryStorage() });
    await client.init('app', new AppSettingsBuilder().overrideClientHost(`${url}/v3.0/`).build());
    const user = await client.login('eve', apiKey);
    assert.equal(user.getUid(), 'eve');
    await client.logout();
    assert.equal(await client.getLoggedinUser(), null);
    assert.equal(await failure(client.initiateCall(toBob())), 'NOT_LOGGED_IN');
    assert.equal(await failure(client.login('eve', 'not the key')), 'AUTH_ERR_APIKEY_NOT_FOUND');
  });

  it('survives a reload, and ends with the token', async () => {
    const page = await open('ada');
    const { client } = await reload(page);
    assert.equal((await client.getLoggedinUser())?.getUid(), 'ada');
    const stale = { local: memoryStorage(), tab: memoryStorage() };
    const login = { uid: 'ada', authToken: 'not.a.token' };
    stale.local.setItem('cometchat-call:user:app', JSON.stringify(login));
    const refused = new Page(stale);
    await refused.client.init('app', new AppSettingsBuilder().setHost(url).build());
    assert.equal(await refused.client.getLoggedinUser(), null);
    assert.equal(stale.local.getItem('cometchat-call:user:app'), null);
  });

  it('says what is missing, where CometChat’s own SDK never answers', async () => {
    const { client } = new Page({ local: memoryStorage(), tab: memoryStorage() });
    assert.equal(await failure(client.initiateCall(toBob())), 'NOT_INITIALIZED');
    assert.equal(await failure(client.acceptCall('s')), 'NOT_INITIALIZED');
    assert.equal(await failure(client.login('token')), 'NOT_INITIALIZED');
    assert.equal(client.getActiveCall(), null);
    assert.equal(await client.getLoggedinUser(), null);
    await client.init('app', new AppSettingsBuilder().setHost(url).build());
    assert.equal(await failure(client.endCall('s')), 'NOT_LOGGED_IN');
    assert.equal(await failure(client.login('nonsense')), 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND');
    const ada = await open('ada');
    assert.equal(await failure(ada.client.acceptCall('')), 'SESSION_ID_REQUIRED');
    assert.equal(await failure(ada.client.acceptCall('unknown')), 'CALL_NOT_FOUND');
    assert.equal(await failure(ada.client.rejectCall('s', 'nonsense')), 'INVALID_ARGUMENT_EXCEPTION');
    assert.equal(
      await failure(ada.client.initiateCall(new Call('ada', 'audio', 'user'))),
      'INVALID_ARGUMENT_EXCEPTION',
    );
    assert.equal(
      await failure(ada.client.initiateCall(new Call('g', 'audio', 'group'))),
      'INVALID_ARGUMENT_EXCEPTION',
    );
    assert.equal(await failure(ada.client.initiateCall(toBob(), 0)), 'INVALID_ARGUMENT_EXCEPTION');
  });
});

describe('ringing', () => {
  it('every device rings, the first to accept wins, the other is told, and ending tells the caller', async () => {
    const [ada, bob1, bob2] = [await open('ada'), await open('bob'), await open('bob')];
    const call = toBob();
    call.setMetadata({ topic: 'tea' });
    const placed = await ada.client.initiateCall(call);
    const id = placed.getSessionId();
    assert.equal(placed.getStatus(), 'initiated');
    assert.equal((placed.getCallReceiver() as User).getName(), 'BOB');
    assert.equal(ada.client.getActiveCall()?.getSessionId(), id);
    const incoming = await bob1.hears('onIncomingCallReceived');
    await bob2.hears('onIncomingCallReceived');
    assert.equal(incoming.getCallInitiator()?.getName(), 'ADA');
    assert.equal(incoming.getType(), 'video');
    assert.deepEqual(incoming.getMetadata(), { topic: 'tea' });

    assert.equal((await bob1.client.acceptCall(id)).getStatus(), 'ongoing');
    assert.equal((await ada.hears('onOutgoingCallAccepted')).getSessionId(), id);
    assert.equal((await bob2.hears('onIncomingCallCancelled')).getStatus(), 'ongoing');
    assert.equal(await failure(bob2.client.acceptCall(id)), 'CALL_ANSWERED_ELSEWHERE');
    assert.equal(await ada.client.getCallParticipantCount(id), 2);

    assert.equal((await bob1.client.endCall(id)).getStatus(), 'ended');
    assert.equal((await ada.hears('onCallEndedMessageReceived')).getStatus(), 'ended');
    assert.equal(ada.client.getActiveCall(), null);
    assert.equal(await failure(bob2.client.acceptCall(id)), 'CALL_OVER');
    assert.deepEqual(ada.names(), ['onOutgoingCallAccepted ongoing', 'onCallEndedMessageReceived ended']);
    assert.deepEqual(bob1.names(), ['onIncomingCallReceived initiated']);
    assert.deepEqual(bob2.names(), ['onIncomingCallReceived initiated', 'onIncomingCallCancelled ongoing']);
  });

  for (const status of ['rejected', 'busy'])
    it(`${status}: the caller is told, the other device stops ringing`, async () => {
      const [ada, bob1, bob2] = [await open('ada'), await open('bob'), await open('bob')];
      const id = (await ada.client.initiateCall(toBob())).getSessionId();
      await bob2.hears('onIncomingCallReceived');
      assert.equal((await bob1.client.rejectCall(id, status)).getStatus(), status);
      assert.equal((await ada.hears('onOutgoingCallRejected')).getStatus(), status);
      assert.equal((await bob2.hears('onIncomingCallCancelled')).getStatus(), status);
      assert.equal(ada.client.getActiveCall(), null);
    });

  it('cancelled: the callee stops ringing', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    await bob.hears('onIncomingCallReceived');
    assert.equal((await ada.client.rejectCall(id, 'cancelled')).getStatus(), 'cancelled');
    assert.equal((await bob.hears('onIncomingCallCancelled')).getStatus(), 'cancelled');
    assert.equal(await failure(bob.client.acceptCall(id)), 'CALL_OVER');
    assert.deepEqual(ada.names(), []);
  });

  it('unanswered after the time-out of the call: both are told', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    await ada.client.initiateCall(toBob(), 20);
    await bob.hears('onIncomingCallReceived');
    clock.advance(19_000);
    assert.equal((await ada.client.getLoggedinUser())?.getUid(), 'ada');
    assert.ok(ada.client.getActiveCall());
    clock.advance(1000);
    assert.equal((await ada.hears('onOutgoingCallRejected')).getStatus(), 'unanswered');
    assert.equal((await bob.hears('onIncomingCallCancelled')).getStatus(), 'unanswered');
  });

  it('unanswered after 45 s, though the caller’s page died', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    await ada.client.initiateCall(toBob());
    await bob.hears('onIncomingCallReceived');
    ada.offline = true;
    ada.cut();
    clock.advance(45_000);
    assert.equal((await bob.hears('onIncomingCallCancelled')).getStatus(), 'unanswered');
    const back = await reload(ada);
    assert.equal(back.client.getActiveCall(), null);
    assert.deepEqual(back.names(), []);
  });

  it('a callee who comes online within the time-out rings, even if they listen late; afterwards not', async () => {
    const ada = await open('ada');
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    const bob = await open('bob');
    await bob.hears('onIncomingCallReceived', id);
    const listensLate = await reload(bob);
    await listensLate.hears('onIncomingCallReceived', id);
    clock.advance(45_000);
    await ada.hears('onOutgoingCallRejected');
    const tooLate = await open('bob');
    assert.deepEqual(tooLate.names(), []);
  });

  it('a caller who reloads finds the active call and hears the answer', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    const again = await reload(ada);
    assert.equal(again.client.getActiveCall()?.getSessionId(), id);
    assert.equal(
      await failure(again.client.initiateCall(new Call('eve', 'audio', 'user'))),
      'CALL_ALREADY_INITIATED',
    );
    await bob.client.acceptCall(id);
    await again.hears('onOutgoingCallAccepted', id);
    assert.equal(
      await failure(again.client.initiateCall(new Call('eve', 'audio', 'user'))),
      'CALL_IN_PROGRESS',
    );
    again.client.clearActiveCall();
    assert.equal(again.client.getActiveCall(), null);
  });

  it('a caller who opens the page anew, in another tab, finds it too', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    ada.offline = true;
    ada.cut();
    // The server has noticed when it does not count the page any more.
    const tab = await eventually(async () => {
      const opened = await open('ada');
      return opened.client.getActiveCall() ? opened : undefined;
    });
    await bob.client.acceptCall(id);
    await tab.hears('onOutgoingCallAccepted', id);
  });

  it('glare: both call each other at once, and are in one call', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const [fromAda, fromBob] = await Promise.all([
      ada.client.initiateCall(toBob()),
      bob.client.initiateCall(new Call('ada', 'video', 'user')),
    ]);
    assert.equal(fromAda.getSessionId(), fromBob.getSessionId());
    const id = fromAda.getSessionId();
    await Promise.all([ada.hears('onOutgoingCallAccepted', id), bob.hears('onOutgoingCallAccepted', id)]);
    assert.equal(ada.client.getActiveCall()?.getStatus(), 'ongoing');
    assert.equal(bob.client.getActiveCall()?.getStatus(), 'ongoing');
  });

  it('a double click is one call: the callee hears of one', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const [first, second] = [ada.client.initiateCall(toBob()), ada.client.initiateCall(toBob())];
    assert.equal(await failure(second), 'CALL_ALREADY_INITIATED');
    const id = (await first).getSessionId();
    await bob.hears('onIncomingCallReceived', id);
    await ada.client.rejectCall(id, 'cancelled');
    await bob.hears('onIncomingCallCancelled', id);
    assert.deepEqual(bob.names(), ['onIncomingCallReceived initiated', 'onIncomingCallCancelled cancelled']);
    await ada.client.initiateCall(toBob());
  });

  it('a call that the server has forgotten is over when one of the two hangs up, and both can call again', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    await bob.hears('onIncomingCallReceived', id);
    await bob.client.acceptCall(id);
    await ada.hears('onOutgoingCallAccepted', id);
    const { port } = server;
    await server.close();
    server = createCallServer({ ...options(), port });
    await server.listen();
    for (const page of [ada, bob]) {
      assert.equal(page.client.getActiveCall()?.getStatus(), 'ongoing', 'they talk without the server');
      assert.equal((await page.client.endCall(id)).getStatus(), 'ended');
      assert.equal(page.client.getActiveCall(), null);
    }
    assert.equal((await ada.client.initiateCall(toBob())).getStatus(), 'initiated');
    assert.equal(ada.names().includes('onCallEndedMessageReceived ended'), false, 'it was their own doing');
  });

  it('three at once: a callee in a call rings, says busy, and the call goes on', async () => {
    const [ada, bob, eve] = [await open('ada'), await open('bob'), await open('eve')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    await bob.hears('onIncomingCallReceived', id);
    await bob.client.acceptCall(id);
    const other = (await eve.client.initiateCall(toBob())).getSessionId();
    await bob.hears('onIncomingCallReceived', other);
    await bob.client.rejectCall(other, 'busy');
    assert.equal((await eve.hears('onOutgoingCallRejected')).getStatus(), 'busy');
    assert.equal(bob.client.getActiveCall()?.getSessionId(), id);
  });

  it('a group: all ring, one rejection concerns one, who accepts later is in the same call', async () => {
    const [ada, bob, eve] = [await open('ada'), await open('bob'), await open('eve')];
    const call = new Call('team', 'audio', 'group');
    call.setMembers(['ada', 'bob', 'eve']);
    const id = (await ada.client.initiateCall(call)).getSessionId();
    await Promise.all([bob.hears('onIncomingCallReceived', id), eve.hears('onIncomingCallReceived', id)]);
    await eve.client.rejectCall(id, 'rejected');
    assert.equal(ada.client.getActiveCall()?.getStatus(), 'initiated');
    await bob.client.acceptCall(id);
    await ada.hears('onOutgoingCallAccepted', id);
    assert.equal((await eve.client.acceptCall(id)).getStatus(), 'ongoing');
    assert.equal((await ada.client.endCall(id)).getStatus(), 'ongoing');
    assert.equal((await bob.client.endCall(id)).getStatus(), 'ended');
    assert.equal((await eve.hears('onCallEndedMessageReceived')).getStatus(), 'ended');
    assert.deepEqual(ada.names(), ['onOutgoingCallAccepted ongoing']);
  });

  it('what happens during a gap is told after it, once', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    await bob.hears('onIncomingCallReceived', id);
    ada.offline = true;
    ada.cut();
    await bob.client.acceptCall(id);
    ada.offline = false;
    await ada.hears('onOutgoingCallAccepted', id);
    bob.cut();
    assert.equal((await bob.client.endCall(id)).getStatus(), 'ended');
    await ada.hears('onCallEndedMessageReceived', id);
    assert.deepEqual(ada.names(), ['onOutgoingCallAccepted ongoing', 'onCallEndedMessageReceived ended']);
  });

  it('a page that vanishes in a call ends it for the other after a grace', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    await bob.hears('onIncomingCallReceived', id);
    await bob.client.acceptCall(id);
    await ada.hears('onOutgoingCallAccepted', id);
    bob.offline = true;
    bob.cut();
    const ended = ada.hears('onCallEndedMessageReceived', id);
    await eventually(() => {
      clock.advance(graceMs);
      return ada.heard.length > 1 ? true : undefined;
    });
    assert.equal((await ended).getStatus(), 'ended');
  });

  it('logging out takes an outgoing call back', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    await ada.client.initiateCall(toBob());
    await bob.hears('onIncomingCallReceived');
    await ada.client.logout();
    assert.equal((await bob.hears('onIncomingCallCancelled')).getStatus(), 'cancelled');
  });

  it('both sides get a call token for the session', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    await bob.hears('onIncomingCallReceived');
    await bob.client.acceptCall(id);
    for (const { client } of [ada, bob]) {
      const answer = await fetch(`${url}/v3.0/call_tokens`, {
        method: 'POST',
        headers: { authToken: client.getUserAuthToken() ?? '', 'content-type': 'application/json' },
        body: JSON.stringify({ sessionId: id }),
      });
      const { data } = (await answer.json()) as { data: { token: string; sessionId: string } };
      assert.equal(data.sessionId, id);
      assert.match(data.token, /^ey/);
    }
  });
});

/** Tries until there is an answer, letting the event loop run in between. */
async function eventually<Value>(
  attempt: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
  const end = performance.now() + 5000;
  while (performance.now() < end) {
    const value = await attempt();
    if (value !== undefined) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return assert.fail('it did not happen within 5 s');
}
