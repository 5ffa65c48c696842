import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { CallWorld } from '../world/call-world.js';
import { PhonePage } from '../world/phone-page.js';

// What a page that is gone leaves behind is over soon, not after half a minute.
const world = new CallWorld({ graceMs: 3000 });
before(() => world.start());
afterEach(() => world.clear());

const incoming = 'cometchat-incoming-call';
const outgoing = 'cometchat-outgoing-call';

/** Every test has people of its own: nothing rings that is left of another. */
let tests = 0;
function people<Name extends string>(...names: readonly Name[]): Record<Name, string> {
  tests += 1;
  return Object.fromEntries(names.map((name) => [name, `${name}-${tests}`])) as Record<Name, string>;
}

const open = (uid: string, options?: Parameters<typeof PhonePage.open>[2]): Promise<PhonePage> =>
  PhonePage.open(world, uid, options);

/** The one call they are all in, with pictures and sound of all others. */
async function areInOneCall(...pages: readonly PhonePage[]): Promise<void> {
  await Promise.all(pages.map(({ call }) => call.until(pages.length)));
  const others = pages.length - 1;
  await Promise.all(pages.map(({ call }) => call.untilReceiving({ video: others, audio: others })));
  const sessions = await Promise.all(pages.map(async (page) => (await page.state()).active));
  assert.equal(new Set(sessions).size, 1, sessions.join());
}

async function complainNot(...pages: readonly PhonePage[]): Promise<void> {
  for (const page of pages) {
    assert.deepEqual(await page.call.errors(), []);
    assert.ok(!(await page.names()).includes('error'), (await page.names()).join());
  }
}

describe('ringing between pages', () => {
  it('glare: both call each other at once, and are in one call', async () => {
    const { ada, bob } = people('ada', 'bob');
    const [first, second] = [await open(ada), await open(bob)];
    await Promise.all([first.dial(bob), second.dial(ada)]);
    await areInOneCall(first, second);
    await complainNot(first, second);
    await second.hangUp();
    await first.event('ended');
    assert.deepEqual(await second.state(), { active: null, ringing: [] });
  });

  it('glare, again: who rings already is answered by being called', async () => {
    const { ada, bob } = people('ada', 'bob');
    const [first, second] = [await open(ada), await open(bob)];
    await first.dial(bob);
    await second.rings();
    await second.dial(ada);
    await Promise.all([second.isQuiet(), first.isQuiet(outgoing)]);
    await areInOneCall(first, second);
    await complainNot(first, second);
  });

  it('no answer within the time the caller asked for: both are notified', async () => {
    const { ada, bob } = people('ada', 'bob');
    const [caller, callee] = [await open(ada), await open(bob)];
    await caller.dial(bob, 2);
    await callee.rings();
    const [rejected, cancelled] = [await caller.event('rejected'), await callee.event('incoming-cancelled')];
    assert.deepEqual([rejected.status, cancelled.status], ['unanswered', 'unanswered']);
    assert.equal((rejected.endedAt ?? 0) - rejected.initiatedAt >= 2000, true);
    assert.deepEqual((await caller.card(outgoing, 'No answer')).buttons, ['Close', 'Try again']);
    await callee.card(incoming, 'Missed call');
  });

  it('the page of the caller dies while it rings: the callee is notified at the timeout', async () => {
    const { ada, bob } = people('ada', 'bob');
    const caller = await open(ada, { profile: 'mortal' });
    const callee = await open(bob);
    await caller.dial(bob, 5);
    await callee.rings();
    await world.kill('chromium', 'mortal');
    assert.deepEqual((await callee.state()).ringing.length, 1, 'it rings on');
    const { status, initiatedAt, endedAt } = await callee.event('incoming-cancelled');
    assert.equal(status, 'unanswered');
    assert.equal((endedAt ?? 0) - initiatedAt >= 5000, true);
    await callee.card(incoming, 'Missed call');
  });

  it('the browser of the caller dies while it rings: opened anew in another one, the page finds the call', async () => {
    const { ada, bob } = people('ada', 'bob');
    const caller = await open(ada, { profile: 'mortal' });
    const callee = await open(bob);
    await caller.dial(bob);
    await callee.rings();
    await world.kill('chromium', 'mortal');
    const again = await open(ada);
    await again.card(outgoing, 'Calling…');
    await callee.press('accept');
    await areInOneCall(again, callee);
    await complainNot(again, callee);
  });

  it('a callee who comes online within the time-out rings, and answers', async () => {
    const { ada, bob } = people('ada', 'bob');
    const caller = await open(ada);
    await caller.dial(bob);
    await caller.card(outgoing, 'Calling…');
    const callee = await open(bob);
    await callee.rings();
    await callee.press('accept');
    await areInOneCall(caller, callee);
  });

  it('of several pages of the callee the first to accept wins; the others are notified', async () => {
    const { ada, bob } = people('ada', 'bob');
    const [caller, one, two] = [await open(ada), await open(bob), await open(bob)];
    await caller.dial(bob);
    await Promise.all([one.rings(), two.rings()]);
    await two.press('accept');
    assert.equal((await one.event('incoming-cancelled')).status, 'ongoing');
    await one.isQuiet();
    await areInOneCall(caller, two);
    assert.deepEqual(await one.state(), { active: null, ringing: [] });
    await complainNot(caller, one, two);
  });

  it('two pages of the callee accept at the same moment: one is in the call, the other is notified', async () => {
    const { ada, bob } = people('ada', 'bob');
    const [caller, ...callees] = [await open(ada), await open(bob), await open(bob)];
    await caller.dial(bob);
    await Promise.all(callees.map((page) => page.rings()));
    await Promise.all(callees.map((page) => page.press('accept')));
    await caller.call.until(2);
    await Promise.all(callees.map((page) => page.isQuiet()));
    const states = await Promise.all(callees.map((page) => page.state()));
    const [winner, loser] = states[0]?.active ? callees : [...callees].reverse();
    assert.equal(states.filter(({ active }) => active !== null).length, 1);
    assert.equal((await loser?.event('incoming-cancelled'))?.status, 'ongoing');
    await areInOneCall(caller, winner as PhonePage);
  });

  it('declined on one page, it stops on the others', async () => {
    const { ada, bob } = people('ada', 'bob');
    const [caller, one, two] = [await open(ada), await open(bob), await open(bob)];
    await caller.dial(bob);
    await Promise.all([one.rings(), two.rings()]);
    await one.press('decline');
    assert.equal((await two.event('incoming-cancelled')).status, 'rejected');
    await Promise.all([one.isQuiet(), two.isQuiet(), caller.card(outgoing, 'Declined')]);
  });

  it('a caller who reloads during the call finds it and is in it again', async () => {
    const { ada, bob } = people('ada', 'bob');
    const [caller, callee] = [await open(ada), await open(bob)];
    await caller.dial(bob);
    await callee.rings();
    await callee.press('accept');
    await areInOneCall(caller, callee);
    await caller.reload();
    await areInOneCall(caller, callee);
    await callee.hangUp();
    await caller.event('ended');
  });

  it('the element of a call is removed: it is over for both, and the phones are free for the next caller', async () => {
    const { ada, bob, eve } = people('ada', 'bob', 'eve');
    const [caller, callee, third] = [await open(ada), await open(bob), await open(eve)];
    await caller.dial(bob);
    await callee.rings();
    await callee.press('accept');
    await areInOneCall(caller, callee);
    await callee.call.page.evaluate(() => document.querySelector('cometchat-call')?.remove());
    assert.equal((await caller.event('ended')).status, 'ended');
    await third.dial(bob);
    await callee.rings();
    await callee.press('decline');
    assert.equal((await third.event('rejected')).status, 'rejected');
    await third.press('close');
    await third.dial(ada);
    await caller.rings();
    await complainNot(caller, callee, third);
  });

  it('the page of one is closed: the call is over for the other as soon as it is no reload', async () => {
    const { ada, bob } = people('ada', 'bob');
    const [caller, callee] = [await open(ada), await open(bob)];
    await caller.dial(bob);
    await callee.rings();
    await callee.press('accept');
    await areInOneCall(caller, callee);
    await caller.call.close();
    assert.equal((await callee.event('ended')).status, 'ended');
    assert.deepEqual(await callee.state(), { active: null, ringing: [] });
  });

  it('what is over never rings again: taken back, declined, not answered, ended', async () => {
    const { ada, bob } = people('ada', 'bob');
    const [caller, callee] = [await open(ada), await open(bob)];
    const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['taken back', () => caller.press('cancel')],
      ['declined', () => callee.press('decline')],
      ['not answered', () => caller.card(outgoing, 'No answer')],
      [
        'ended',
        async () => {
          await callee.press('accept');
          await areInOneCall(caller, callee);
          await caller.hangUp();
        },
      ],
    ];
    for (const [title, end] of ways) {
      await caller.dial(bob, title === 'not answered' ? 2 : 45);
      await callee.rings();
      await end();
      await callee.call.page.waitForFunction(
        () => document.querySelector('cometchat-incoming-call')?.incomingCall === null,
      );
      await callee.reload();
      const late = await open(bob);
      for (const page of [callee, late])
        assert.deepEqual(await page.state(), { active: null, ringing: [] }, title);
      await late.call.close();
    }
  });

  it('a call to a list of members rings for all of them; those who accept are in it, and one who leaves ends it for no one else', async () => {
    const { ada, bob, eve } = people('ada', 'bob', 'eve');
    const [caller, one, two] = [await open(ada), await open(bob), await open(eve)];
    await caller.dial({ guid: 'team', name: 'The team', members: [ada, bob, eve] });
    assert.equal((await caller.card(outgoing, 'Calling…')).name, 'The team');
    await Promise.all([one.rings(), two.rings()]);
    await one.press('accept');
    await areInOneCall(caller, one);
    assert.equal((await two.state()).ringing.length, 1, 'it rings on for the third');
    await two.press('accept');
    await areInOneCall(caller, one, two);
    await caller.hangUp();
    await areInOneCall(one, two);
    await one.hangUp();
    assert.equal((await two.event('ended')).status, 'ended');
    await complainNot(caller, one, two);
  });
});

describe('ringing between browsers', () => {
  for (const [caller, callee] of [
    ['chromium', 'firefox'],
    ['firefox', 'chromium'],
  ] as const)
    it(`${caller} calls, ${callee} accepts; they talk and hang up`, async () => {
      const { ada, bob } = people('ada', 'bob');
      const [first, second] = [await open(ada, { browser: caller }), await open(bob, { browser: callee })];
      await first.dial(bob);
      assert.equal((await second.rings()).open, true);
      await second.press('accept');
      await areInOneCall(first, second);
      await first.hangUp();
      assert.equal((await second.event('ended')).status, 'ended');
      await complainNot(first, second);
    });
});
