import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { CallWorld } from '../world/call-world.js';
import { PhonePage } from '../world/phone-page.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const incoming = 'cometchat-incoming-call';
const outgoing = 'cometchat-outgoing-call';
const names: Readonly<Record<string, string>> = { ada: 'Ada Byron', bob: 'Bob Stone' };
const phone = (uid: string, keepsSockets = false): Promise<PhonePage> =>
  PhonePage.open(world, uid, { name: names[uid] ?? uid, ...(keepsSockets && { before: keepSockets }) });

interface WithSockets {
  readonly sockets: WebSocket[];
}
interface WithPhone {
  readonly phoneState: { readonly active: unknown };
}

/** Lets a test close the connections of a page. */
function keepSockets(): void {
  const sockets: WebSocket[] = [];
  Object.assign(window, { sockets });
  window.WebSocket = new Proxy(WebSocket, {
    construct(target, args: [string]) {
      const socket = new target(...args);
      sockets.push(socket);
      return socket;
    },
  });
}

describe('what a phone does beside talking', () => {
  it('calls back the caller of a missed call', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.dial('bob', 1);
    await bob.card(incoming, 'Missed call');
    await ada.card(outgoing, 'No answer');
    await bob.press('call');
    assert.equal((await ada.rings()).name, 'Bob Stone');
    await bob.card(outgoing, 'Calling…');
    await ada.press('accept');
    await Promise.all([ada, bob].map(({ call }) => call.until(2)));
    await ada.hangUp();
    await bob.event('ended');
    await Promise.all([ada, bob].map((page) => page.isQuiet(incoming)));
  });

  it('goes on with its call when its user is given a fresh token', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.dial('bob');
    await bob.rings();
    await bob.press('accept');
    await Promise.all([ada, bob].map(({ call }) => call.untilReceiving({ video: 1, audio: 1 })));
    const before = await bob.call.page.evaluate(() => document.querySelector('cometchat-call')?.token);
    await bob.signIn();
    await bob.call.untilReceiving({ video: 1, audio: 1 });
    const after = await bob.call.page.evaluate(() => document.querySelector('cometchat-call')?.token);
    assert.deepEqual([after, await bob.call.openConnections()], [before, 1]);
    await ada.hangUp();
    await bob.event('ended');
  });

  it('goes on with its call when the server refused the token, and its user is given a fresh one', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob', true)];
    await ada.dial('bob');
    await bob.rings();
    await bob.press('accept');
    await Promise.all([ada, bob].map(({ call }) => call.untilReceiving({ video: 1, audio: 1 })));
    await bob.signIn({ isExpired: true });
    await bob.call.page.evaluate(() =>
      (window as unknown as WithSockets).sockets
        .filter(({ url }) => url.endsWith('/ring'))
        .forEach((socket) => socket.close()),
    );
    assert.equal(((await bob.event('error')) as unknown as { code: string }).code, 'TOKEN_EXPIRED');
    await bob.signIn();
    await bob.call.page.waitForFunction(
      () =>
        (document.querySelector('cometchat-incoming-call') as unknown as WithPhone).phoneState.active !==
        null,
    );
    await bob.call.untilReceiving({ video: 1, audio: 1 });
    const names = [...(await bob.call.eventNames()), ...(await ada.call.eventNames())];
    assert.ok(!names.includes('onSessionLeft') && !names.includes('onUserLeft'), names.join());
    assert.equal(await bob.call.openConnections(), 1);
    await bob.hangUp();
    await ada.event('ended');
    await bob.isQuiet(incoming);
  });

  it('takes a call back when its user signs out', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.dial('bob');
    await bob.rings();
    await ada.call.page.evaluate(() => {
      for (const tag of ['cometchat-incoming-call', 'cometchat-outgoing-call'])
        document.querySelector(tag)?.removeAttribute('token');
    });
    assert.equal((await bob.event('incoming-cancelled')).status, 'cancelled');
    await ada.isQuiet(outgoing);
  });

  it('places one call when the button is pressed twice', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.call.page.evaluate(() => {
      const button = document.querySelector<HTMLElement>('#video');
      button?.click();
      button?.click();
    });
    await bob.rings();
    await ada.press('cancel');
    await bob.event('incoming-cancelled');
    assert.deepEqual(await bob.names(), ['incoming', 'incoming-cancelled']);
    assert.deepEqual(await ada.names(), []);
  });
});

describe('a page with three tags and a token is a phone', () => {
  it('calls by a button, rings, is accepted, talks, and hangs up on both sides', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.call.page.click('#video');
    assert.deepEqual(await ada.card(outgoing, 'Calling…'), {
      name: 'Bob Stone',
      role: 'dialog',
      open: true,
      buttons: ['Cancel the call'],
    });
    assert.deepEqual(await bob.rings(), {
      name: 'Ada Byron',
      role: 'alertdialog',
      open: true,
      buttons: ['Decline', 'Accept'],
    });
    await bob.press('accept');
    await Promise.all([bob.isQuiet(incoming), ada.isQuiet(outgoing)]);
    await Promise.all([ada, bob].map(({ call }) => call.until(2)));
    await Promise.all([ada, bob].map(({ call }) => call.untilReceiving({ video: 1, audio: 1 })));
    await bob.hangUp();
    await ada.event('ended');
    await ada.call.page.waitForFunction(
      () => document.querySelector('cometchat-call')?.callState.phase === 'idle',
      { polling: 50 },
    );
    assert.deepEqual(await ada.names(), ['accepted', 'handover', 'ended']);
    assert.deepEqual(await ada.call.errors(), []);
    assert.deepEqual(await bob.call.errors(), []);
  });

  it('shows what became of an unanswered call', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.dial('bob');
    await bob.rings();
    await bob.press('decline');
    await bob.isQuiet();
    const { buttons } = await ada.card(outgoing, 'Declined');
    assert.deepEqual(buttons, ['Close']);
    await ada.press('close');
    await ada.isQuiet(outgoing);
  });

  it('stops ringing when the caller takes the call back', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.dial('bob');
    await bob.rings();
    await ada.press('cancel');
    await ada.isQuiet(outgoing);
    assert.deepEqual((await bob.card(incoming, 'Missed call')).buttons, ['Close', 'Call back']);
    assert.equal((await bob.event('incoming-cancelled')).status, 'cancelled');
    await bob.press('close');
    await bob.isQuiet();
  });

  it('in a call, says busy to a further caller', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.dial('bob');
    await bob.rings();
    await bob.press('accept');
    await ada.event('handover');
    // Another page of Bob is not in the call and rings; the first says busy for him.
    const again = await phone('bob');
    const eve = await phone('eve');
    await eve.dial('bob');
    await eve.card(outgoing, 'Busy');
    assert.ok(!(await again.names()).includes('error'));
    // A call whose pages are closed goes on for a while, and would be found again by the next test.
    await bob.hangUp();
    await ada.event('ended');
  });

  it('rings on after a reload of the callee, and finds the call after one of the caller', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.dial('bob');
    await bob.rings();
    await bob.reload();
    await bob.rings();
    await ada.reload();
    await ada.card(outgoing, 'Calling…');
    await bob.press('accept');
    await ada.call.until(2);
  });
});
