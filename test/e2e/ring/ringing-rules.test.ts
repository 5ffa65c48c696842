import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, before, describe, it } from 'node:test';
import { CallWorld } from '../world/call-world.js';
import { SdkPage } from '../world/sdk-page.js';

const world = new CallWorld({ graceMs: 3000 });
before(() => world.start());
afterEach(() => world.clear());

const ownText = (name: string): string =>
  readFileSync(new URL(`../../facade/ringing-snippets/${name}.js`, import.meta.url), 'utf8');

async function listening(uid: string): Promise<SdkPage> {
  const page = await SdkPage.open(world, uid);
  await page.evaluate(ownText('listen'));
  return page;
}

/** Calls with CometChat's own names, and says what came of it. */
const call = (page: SdkPage, more: string): Promise<void> =>
  page.evaluate(
    `CometChat.initiateCall(${more}).then((call) => console.log('placed', call.getSessionId(), call.getStatus()));`,
  );
const to = (uid: string): string =>
  `new CometChat.Call('${uid}', CometChat.CALL_TYPE.VIDEO, CometChat.RECEIVER_TYPE.USER)`;

const active = ({ call: { page } }: SdkPage): Promise<readonly [string, string] | null> =>
  page.evaluate(() => {
    const found = window.CometChat.getActiveCall();
    return found && ([found.getSessionId(), found.getStatus()] as const);
  });

describe('the rules of ringing, by the names of CometChat', () => {
  it('initiateCall with a time of one’s own: unanswered on both sides, and free for the next call', async () => {
    const [ada, bob] = [await listening('ada'), await listening('bob')];
    await call(ada, `${to('bob')}, 2`);
    await bob.logs('Incoming call:');
    assert.deepEqual(await ada.logs('Outgoing call rejected:'), ['unanswered']);
    assert.deepEqual(await bob.logs('Incoming call cancelled:'), ['unanswered']);
    assert.deepEqual([await active(ada), await active(bob)], [null, null]);
    await call(bob, to('ada'));
    await ada.logs('Incoming call:');
  });

  it('glare: both promises resolve with the same call, and each side is asked once to join', async () => {
    const [eve, dan] = [await listening('eve'), await listening('dan')];
    await Promise.all([call(eve, to('dan')), call(dan, to('eve'))]);
    const placed = await Promise.all([eve, dan].map((page) => page.logs('placed')));
    const joined = await Promise.all([eve, dan].map((page) => page.logs('Outgoing call accepted:')));
    const [sessionId] = placed[0] ?? [];
    assert.deepEqual(
      [...placed, ...joined].map(([id]) => id),
      [sessionId, sessionId, sessionId, sessionId],
    );
    for (const page of [eve, dan]) {
      assert.deepEqual(await active(page), [sessionId, 'ongoing']);
      const lines = await page.lines();
      assert.equal(lines.filter((line) => line === 'Outgoing call accepted:').length, 1);
    }
  });

  it('a caller who reloads is still signed in, finds the active call, and hears the answer', async () => {
    const [fay, gus] = [await listening('fay'), await listening('gus')];
    await call(fay, to('gus'));
    const [sessionId] = await gus.logs('Incoming call:');
    await fay.reload();
    await fay.evaluate(ownText('listen'));
    assert.deepEqual(await active(fay), [sessionId, 'initiated']);
    await gus.evaluate(ownText('accept-call'), { sessionId });
    assert.deepEqual(await fay.logs('Outgoing call accepted:'), [sessionId]);
  });

  it('a group: rings for the members that are named; one rejection concerns one', async () => {
    const [hal, ida, jim] = [await listening('hal'), await listening('ida'), await listening('jim')];
    await hal.evaluate(`
      const call = new CometChat.Call('team', CometChat.CALL_TYPE.AUDIO, CometChat.RECEIVER_TYPE.GROUP);
      call.setMembers(['ida', 'jim']);
      console.log('placed', (await CometChat.initiateCall(call)).getCallReceiver().getGuid());`);
    assert.deepEqual(await hal.logs('placed'), ['team']);
    const [sessionId] = await ida.logs('Incoming call:');
    await jim.logs('Incoming call:');
    await ida.evaluate(ownText('reject-call'), { sessionId, status: 'rejected' });
    await ida.logs('Call rejected successfully:');
    assert.deepEqual(await active(hal), [sessionId, 'initiated']);
    await jim.evaluate(ownText('accept-call'), { sessionId });
    await hal.logs('Outgoing call accepted:');
    await jim.evaluate(
      `console.log('count', await CometChat.getCallParticipantCount('${String(sessionId)}'))`,
    );
    assert.deepEqual(await jim.logs('count'), [2]);
  });
});
