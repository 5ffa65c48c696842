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
const phone = (uid: string): Promise<PhonePage> => PhonePage.open(world, uid, { name: names[uid] ?? uid });

describe('what a phone does beside talking', () => {
  it('calls back whom it missed', async () => {
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
    await bob.told('ended');
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
    assert.deepEqual(
      await bob.call.page.evaluate(() => [
        document.querySelector('cometchat-call')?.token,
        window.observed.connections.length,
      ]),
      [before, 1],
    );
    await ada.hangUp();
    await bob.told('ended');
  });

  it('takes a call back when its user signs out', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.dial('bob');
    await bob.rings();
    await ada.call.page.evaluate(() => {
      for (const tag of ['cometchat-incoming-call', 'cometchat-outgoing-call'])
        document.querySelector(tag)?.removeAttribute('token');
    });
    assert.equal((await bob.told('incoming-cancelled')).status, 'cancelled');
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
    await bob.told('incoming-cancelled');
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
    await ada.told('ended');
    await ada.call.page.waitForFunction(
      () => document.querySelector('cometchat-call')?.callState.phase === 'idle',
      { polling: 50 },
    );
    assert.deepEqual(await ada.names(), ['accepted', 'handover', 'ended']);
    assert.deepEqual(await ada.call.errors(), []);
    assert.deepEqual(await bob.call.errors(), []);
  });

  it('says what became of a call that nobody took', async () => {
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
    assert.equal((await bob.told('incoming-cancelled')).status, 'cancelled');
    await bob.press('close');
    await bob.isQuiet();
  });

  it('in a call, says busy to a further caller', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.dial('bob');
    await bob.rings();
    await bob.press('accept');
    await ada.told('handover');
    // Another page of Bob is not in the call and rings; the first says busy for him.
    const again = await phone('bob');
    const eve = await phone('eve');
    await eve.dial('bob');
    await eve.card(outgoing, 'Busy');
    assert.ok(!(await again.names()).includes('error'));
    // A call whose pages are closed goes on for a while, and would be found again by the next test.
    await bob.hangUp();
    await ada.told('ended');
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
