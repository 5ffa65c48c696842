import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CometChatIncomingCall } from '../../src/element/cometchat-incoming-call.js';
import type { CometChatOutgoingCall } from '../../src/element/cometchat-outgoing-call.js';
import { createAuthToken } from '../../src/server/call-tokens.js';
import type { CallPage } from './world/call-page.js';
import { CallWorld } from './world/call-world.js';

const secret = 'a secret for tests, of enough bytes';
const world = new CallWorld({ secret });
before(() => world.start());
afterEach(() => world.clear());

/** A page with three tags, signed in by a token. */
async function phone(uid: string): Promise<CallPage> {
  const made = await world.page('chromium', { path: '/phone.html' });
  const token = await createAuthToken({
    secret,
    user: { uid, name: uid === 'ada' ? 'Ada Byron' : 'Bob Stone' },
  });
  await made.page.evaluate((given) => {
    const names = ['incoming', 'incoming-cancelled', 'accepted', 'rejected', 'ended', 'handover', 'error'];
    for (const name of names)
      document.addEventListener(`cometchat-ring-${name}`, (event) => {
        const detail = JSON.parse(JSON.stringify((event as CustomEvent).detail)) as unknown;
        window.observed.events.push({ element: 'ring', name, detail, at: Date.now() });
      });
    for (const tag of ['cometchat-incoming-call', 'cometchat-outgoing-call'])
      document.querySelector(tag)?.setAttribute('token', given);
  }, token);
  await made.page.waitForFunction(
    () => (document.querySelector('cometchat-incoming-call') as unknown as Inner)?.phoneState.user !== null,
    { polling: 50 },
  );
  return made;
}
type Inner = { phoneState: { user: unknown } };

/** Waits for the card of an element and returns what it says. */
async function card(
  { page }: CallPage,
  tag: 'cometchat-incoming-call' | 'cometchat-outgoing-call',
  line: string,
): Promise<{
  readonly name: string;
  readonly role: string;
  readonly open: boolean;
  readonly buttons: string[];
}> {
  const found = await page.waitForFunction(
    (selector, wanted) => {
      const root = document.querySelector(selector)?.shadowRoot;
      const shown = root?.querySelector('[part=card]');
      if (shown?.querySelector('[part=line]')?.textContent !== wanted) return undefined;
      return {
        name: shown.querySelector('[part=name]')?.textContent ?? '',
        role: shown.getAttribute('role') ?? '',
        open: shown.matches(':popover-open'),
        buttons: [...shown.querySelectorAll('button')].map((button) => button.textContent.trim()),
      };
    },
    { polling: 50 },
    tag,
    line,
  );
  return (await found.jsonValue())!;
}

const gone = ({ page }: CallPage, tag: string) =>
  page.waitForFunction(
    (selector) => !document.querySelector(selector)?.shadowRoot?.querySelector('[part=card]'),
    { polling: 50 },
    tag,
  );
const press = ({ page }: CallPage, part: string) =>
  page.evaluate((wanted) => {
    for (const tag of ['cometchat-incoming-call', 'cometchat-outgoing-call'])
      document.querySelector(tag)?.shadowRoot?.querySelector<HTMLElement>(`[part~=${wanted}]`)?.click();
  }, part);

describe('a page with three tags and a token is a phone', () => {
  it('calls by a button, rings, is accepted, talks, and hangs up on both sides', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.page.click('#video');
    assert.deepEqual(await card(ada, 'cometchat-outgoing-call', 'Calling…'), {
      name: 'Bob Stone',
      role: 'dialog',
      open: true,
      buttons: ['Cancel the call'],
    });
    assert.deepEqual(await card(bob, 'cometchat-incoming-call', 'Incoming video call'), {
      name: 'Ada Byron',
      role: 'alertdialog',
      open: true,
      buttons: ['Decline', 'Accept'],
    });
    await press(bob, 'accept');
    await Promise.all([gone(bob, 'cometchat-incoming-call'), gone(ada, 'cometchat-outgoing-call')]);
    await Promise.all([ada, bob].map((one) => one.until(2)));
    await Promise.all([ada, bob].map((one) => one.untilReceiving({ video: 1, audio: 1 })));
    await bob.page.evaluate(() => document.querySelector('cometchat-call')?.endSession());
    await ada.event('ended');
    await ada.page.waitForFunction(
      () => document.querySelector('cometchat-call')?.callState.phase === 'idle',
      { polling: 50 },
    );
    assert.deepEqual(
      (await ada.eventNames()).filter((name) => !name.startsWith('on')),
      ['accepted', 'handover', 'ended'],
    );
    assert.deepEqual(await ada.errors(), []);
    assert.deepEqual(await bob.errors(), []);
  });

  it('says what became of a call that nobody took', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.page.click('#video');
    await card(bob, 'cometchat-incoming-call', 'Incoming video call');
    await press(bob, 'decline');
    await gone(bob, 'cometchat-incoming-call');
    const { buttons } = await card(ada, 'cometchat-outgoing-call', 'Declined');
    assert.deepEqual(buttons, ['Close']);
    await press(ada, 'close');
    await gone(ada, 'cometchat-outgoing-call');
  });

  it('stops ringing when the caller takes the call back', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.page.click('#video');
    await card(bob, 'cometchat-incoming-call', 'Incoming video call');
    await press(ada, 'cancel');
    await gone(ada, 'cometchat-outgoing-call');
    await gone(bob, 'cometchat-incoming-call');
    const { detail } = await bob.event('incoming-cancelled');
    assert.equal((detail as { status: string }).status, 'cancelled');
  });

  it('rings on three pages at once; in a call, a further caller hears busy', async () => {
    const [ada, bob, again] = [await phone('ada'), await phone('bob'), await phone('bob')];
    await ada.page.click('#video');
    await card(bob, 'cometchat-incoming-call', 'Incoming video call');
    await card(again, 'cometchat-incoming-call', 'Incoming video call');
    await press(bob, 'accept');
    await gone(again, 'cometchat-incoming-call');
    await ada.event('handover');
    const eve = await phone('eve');
    // The second page of Bob is not in a call and rings; the first says busy for him.
    await eve.page.click('#video');
    await card(eve, 'cometchat-outgoing-call', 'Busy');
    assert.equal((await again.eventNames()).filter((name) => name === 'error').length, 0);
    // A call whose pages are closed goes on for a while, and would be found again by the next test.
    await bob.page.evaluate(() => document.querySelector('cometchat-call')?.endSession());
    await ada.event('ended');
  });

  it('rings on after a reload of the callee, and finds the call after one of the caller', async () => {
    const [ada, bob] = [await phone('ada'), await phone('bob')];
    await ada.page.click('#video');
    await card(bob, 'cometchat-incoming-call', 'Incoming video call');
    await bob.page.reload();
    await bob.page.evaluate(
      (token) => document.querySelector('cometchat-incoming-call')?.setAttribute('token', token),
      await createAuthToken({ secret, user: { uid: 'bob', name: 'Bob Stone' } }),
    );
    await card(bob, 'cometchat-incoming-call', 'Incoming video call');
    await ada.page.reload();
    await ada.page.evaluate(
      (token) => document.querySelector('cometchat-outgoing-call')?.setAttribute('token', token),
      await createAuthToken({ secret, user: { uid: 'ada', name: 'Ada Byron' } }),
    );
    await card(ada, 'cometchat-outgoing-call', 'Calling…');
    await press(bob, 'accept');
    await ada.until(2);
  });
});

declare global {
  interface HTMLElementTagNameMap {
    'cometchat-incoming-call': CometChatIncomingCall;
    'cometchat-outgoing-call': CometChatOutgoingCall;
  }
}
