import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

/** A window in which the panel has its place beside the contacts. */
async function wide(path: string): Promise<CallPage> {
  const made = await world.page('chromium', { path: '/call.html' });
  await made.page.setViewport({ width: 1280, height: 800 });
  await made.page.goto(`${world.url}${path}`);
  return made;
}

/** A window of the demo, signed in by its address. */
async function phone(name: string): Promise<CallPage> {
  const made = await wide(`/demo/phone.html?uid=${name.toLowerCase()}&name=${name}`);
  await made.page.waitForSelector('#phone-view:not([hidden])');
  return made;
}

/** Presses the button beside a contact, once that contact can be called. */
async function dial({ page }: CallPage, name: string, kind: 'Voice' | 'Video'): Promise<void> {
  const button = `.contact.online button[aria-label="${kind} call to ${name}"]`;
  await page.waitForSelector(button);
  await page.click(button);
}

/** Waits until a card says that. */
async function showsLine({ page }: CallPage, line: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      ['cometchat-incoming-call', 'cometchat-outgoing-call'].some(
        (tag) =>
          document.querySelector(tag)?.shadowRoot?.querySelector('[part=line]')?.textContent === wanted,
      ),
    { polling: 50 },
    line,
  );
}

async function press({ page }: CallPage, part: string): Promise<void> {
  for (const tag of ['cometchat-incoming-call', 'cometchat-outgoing-call']) {
    const button = await page.$(`${tag} >>> [part~=${part}]`);
    await button?.click();
  }
}

/** Waits until the page shows its contacts, and nothing rings. */
async function isAtRest({ page }: CallPage): Promise<void> {
  await page.waitForSelector('#contacts-view:not([hidden])');
  await page.waitForFunction(
    () =>
      ['cometchat-incoming-call', 'cometchat-outgoing-call'].every(
        (tag) => !document.querySelector(tag)?.shadowRoot?.querySelector('[part=card]'),
      ),
    { polling: 50 },
  );
}

describe('the phone of the demo', () => {
  it('calls a contact, rings there, talks with moving pictures, and comes back to the list', async () => {
    const [ada, grace] = [await phone('Ada'), await phone('Grace')];
    await dial(ada, 'Grace', 'Video');
    await showsLine(grace, 'Incoming video call');
    await showsLine(ada, 'Calling…');
    await press(grace, 'accept');
    for (const one of [ada, grace]) {
      await one.page.waitForSelector('#call-view:not([hidden])');
      await one.until(2);
    }
    await Promise.all([ada, grace].map((one) => one.untilReceiving({ video: 1, audio: 1 })));
    const end = await ada.page.waitForSelector('cometchat-call >>> [part~=button-end-call]');
    await end?.click();
    await Promise.all([ada, grace].map(isAtRest));
    for (const one of [ada, grace]) {
      await one.page.waitForFunction(() =>
        window.observed.tracks.every((track) => track.readyState === 'ended'),
      );
      assert.deepEqual(await one.errors(), []);
    }
    // Nobody is left behind in a call: the other way round it works again, this time without a camera.
    await dial(grace, 'Ada', 'Voice');
    await showsLine(ada, 'Incoming voice call');
    await press(ada, 'accept');
    await Promise.all([ada, grace].map((one) => one.until(2)));
    await Promise.all([ada, grace].map((one) => one.untilReceiving({ video: 0, audio: 1 })));
    await ada.page.evaluate(() => document.querySelector('cometchat-call')?.endSession());
    await Promise.all([ada, grace].map(isAtRest));
  });

  it('is declined', async () => {
    const [ada, grace] = [await phone('Ada'), await phone('Grace')];
    await dial(ada, 'Grace', 'Video');
    await showsLine(grace, 'Incoming video call');
    await press(grace, 'decline');
    await isAtRest(grace);
    await showsLine(ada, 'Declined');
    await press(ada, 'close');
    await isAtRest(ada);
  });

  it('is taken back', async () => {
    const [ada, grace] = [await phone('Ada'), await phone('Grace')];
    await dial(ada, 'Grace', 'Video');
    await showsLine(grace, 'Incoming video call');
    await press(ada, 'cancel');
    await isAtRest(ada);
    await showsLine(grace, 'Missed call');
    await press(grace, 'close');
    await isAtRest(grace);
  });

  it('signs in by the form and out again, and names the second window', async () => {
    const ada = await wide('/demo/phone.html');
    await ada.page.click('#sign-in');
    await ada.page.waitForSelector('#name-error:not([hidden])');
    await ada.page.type('#name', 'Ada Byron');
    await ada.page.keyboard.press('Enter');
    await ada.page.waitForSelector('#phone-view:not([hidden])');
    assert.equal(new URL(ada.page.url()).search, '?uid=ada-byron&name=Ada+Byron');
    await ada.page.waitForFunction(
      () => document.querySelector('.panel .second-window')?.textContent === 'Open a window as Ada',
    );
    const grace = await phone('Grace');
    await grace.page.waitForSelector('.contact.online button[value="ada-byron"]');
    await ada.page.click('#sign-out');
    await ada.page.waitForSelector('#sign-in-view:not([hidden])');
    await grace.page.waitForSelector('.contact:not(.online) button[value="ada-byron"]');
    assert.equal(new URL(ada.page.url()).search, '');
  });
});
