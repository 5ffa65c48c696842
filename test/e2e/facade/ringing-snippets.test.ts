import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, before, describe, it } from 'node:test';
import { CallWorld } from '../world/call-world.js';
import { SdkPage, textOf } from '../world/sdk-page.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

/** The application's own part of ringing, which the document leaves to another page of theirs. */
const ownText = (name: string): string =>
  readFileSync(new URL(`../../facade/ringing-snippets/${name}.js`, import.meta.url), 'utf8');

/** Two people with a listener for calls. */
async function two(): Promise<readonly [SdkPage, SdkPage]> {
  const pages = [await SdkPage.open(world, 'ada'), await SdkPage.open(world, 'bob')] as const;
  for (const page of pages) await page.evaluate(ownText('listen'));
  return pages;
}

/** Ada calls Bob: the id of the session, as both received it. */
async function ring([ada, bob]: readonly [SdkPage, SdkPage], occurrence = 1): Promise<string> {
  await ada.evaluate(ownText('place-call'), { receiverID: 'bob' });
  const [sessionId] = await ada.logs('Call initiated successfully:', occurrence);
  assert.deepEqual(await bob.logs('Incoming call:', occurrence), [sessionId, 'Ada']);
  return String(sessionId);
}

/** The document's way from the answered call into its session, with both of its listeners for the end. */
async function enter(page: SdkPage, sessionId: string): Promise<void> {
  await page.evaluate(textOf('generate-token').replace('SESSION_ID', sessionId));
  const [token] = await page.logs('Call token generated:');
  const listener = ['ringing-end-button', 'ringing-call-ended'].map(textOf).join(',\n');
  await page.evaluate(
    `const callListener = new CometChatCalls.OngoingCallListener({ ${listener} });
     const callSettings = new CometChatCalls.CallSettingsBuilder()
       .enableDefaultLayout(true)
       .setIsAudioOnlyCall(false)
       .setCallListener(callListener)
       .build();
     const htmlElement = document.getElementById("call-container");
     CometChatCalls.startSession(callToken, callSettings, htmlElement);`,
    { callToken: { token }, sessionId },
  );
}

const activeCall = ({ call }: SdkPage): Promise<unknown> =>
  call.page.evaluate(() => window.CometChat.getActiveCall()?.getSessionId() ?? null);

async function answered(pages: readonly [SdkPage, SdkPage]): Promise<string> {
  const [ada, bob] = pages;
  const sessionId = await ring(pages);
  await bob.evaluate(ownText('accept-call'), { sessionId });
  assert.deepEqual(await bob.logs('Call accepted successfully:'), [sessionId]);
  assert.deepEqual(await ada.logs('Outgoing call accepted:'), [sessionId]);
  return sessionId;
}

describe('the ringing flow of the Call Session document (v4)', () => {
  for (const who of ['ada', 'bob'])
    it(`rings, is accepted, talks, and is ended by the button of ${who}; the other is notified`, async () => {
      const pages = await two();
      const sessionId = await answered(pages);
      for (const page of pages) await enter(page, sessionId);
      await Promise.all(pages.map((page) => page.inCall(2)));
      await Promise.all(pages.map(({ call }) => call.untilReceiving({ video: 1, audio: 1 })));
      const presses = pages.find(({ uid }) => uid === who);
      const other = pages.find(({ uid }) => uid !== who);
      await presses?.press('button-end-call');
      await presses?.logs('Call ended successfully');
      assert.deepEqual(await other?.logs('Call ended message:'), ['ended']);
      for (const page of pages) {
        await page.isEmpty();
        assert.equal(await activeCall(page), null);
        assert.equal(await page.call.liveTracks(), 0);
        assert.deepEqual(await page.call.errors(), []);
      }
      // What is over does not stand in the way of the next call.
      const next = await ring(pages, 2);
      assert.notEqual(next, sessionId);
      await pages[0].evaluate(ownText('reject-call'), { sessionId: next, status: 'cancelled' });
      await pages[1].logs('Incoming call cancelled:');
    });

  for (const status of ['rejected', 'busy'])
    it(`tells the caller that the call was refused: ${status}`, async () => {
      const pages = await two();
      const [ada, bob] = pages;
      const sessionId = await ring(pages);
      await bob.evaluate(ownText('reject-call'), { sessionId, status });
      assert.deepEqual(await bob.logs('Call rejected successfully:'), [status]);
      assert.deepEqual(await ada.logs('Outgoing call rejected:'), [status]);
      assert.equal(await activeCall(ada), null);
    });

  it('tells the callee that the caller took the call back', async () => {
    const pages = await two();
    const [ada, bob] = pages;
    const sessionId = await ring(pages);
    await ada.evaluate(ownText('reject-call'), { sessionId, status: 'cancelled' });
    assert.deepEqual(await bob.logs('Incoming call cancelled:'), ['cancelled']);
    assert.equal(await activeCall(ada), null);
  });

  it('refuses a second call while the first is rung, and an answer that comes too late', async () => {
    const pages = await two();
    const [ada, bob] = pages;
    const sessionId = await ring(pages);
    await ada.evaluate(ownText('place-call'), { receiverID: 'eve' });
    const [second] = (await ada.logs('Call initialization failed:')) as [{ code: string }];
    assert.equal(second.code, 'CALL_ALREADY_INITIATED');
    await ada.evaluate(ownText('reject-call'), { sessionId, status: 'cancelled' });
    await bob.logs('Incoming call cancelled:');
    await bob.evaluate(ownText('accept-call'), { sessionId });
    const [late] = (await bob.logs('Call acceptance failed:')) as [{ code: string }];
    assert.equal(late.code, 'CALL_OVER');
  });
});
