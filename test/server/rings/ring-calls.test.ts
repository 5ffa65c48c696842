import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Call } from '../../../src/facade/chat/call.js';
import type { User } from '../../../src/facade/chat/user.js';
import { graceMs, url, clock, open, reload, toBob, failure, restartServer } from './ring-pages.js';

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

describe('ringing', () => {
  it('every device rings, the first to accept wins, the other is notified, and ending notifies the caller', async () => {
    const [ada, bob1, bob2] = [await open('ada'), await open('bob'), await open('bob')];
    const call = toBob();
    call.setMetadata({ topic: 'tea' });
    const placed = await ada.client.initiateCall(call);
    const id = placed.getSessionId();
    assert.equal(placed.getStatus(), 'initiated');
    assert.equal((placed.getCallReceiver() as User).getName(), 'BOB');
    assert.equal(ada.client.getActiveCall()?.getSessionId(), id);
    const incoming = await bob1.receives('onIncomingCallReceived');
    await bob2.receives('onIncomingCallReceived');
    assert.equal(incoming.getCallInitiator()?.getName(), 'ADA');
    assert.equal(incoming.getType(), 'video');
    assert.deepEqual(incoming.getMetadata(), { topic: 'tea' });

    assert.equal((await bob1.client.acceptCall(id)).getStatus(), 'ongoing');
    assert.equal((await ada.receives('onOutgoingCallAccepted')).getSessionId(), id);
    assert.equal((await bob2.receives('onIncomingCallCancelled')).getStatus(), 'ongoing');
    assert.equal(await failure(bob2.client.acceptCall(id)), 'CALL_ANSWERED_ELSEWHERE');
    assert.equal(await ada.client.getCallParticipantCount(id), 2);

    assert.equal((await bob1.client.endCall(id)).getStatus(), 'ended');
    assert.equal((await ada.receives('onCallEndedMessageReceived')).getStatus(), 'ended');
    assert.equal(ada.client.getActiveCall(), null);
    assert.equal(await failure(bob2.client.acceptCall(id)), 'CALL_OVER');
    assert.deepEqual(ada.names(), ['onOutgoingCallAccepted ongoing', 'onCallEndedMessageReceived ended']);
    assert.deepEqual(bob1.names(), ['onIncomingCallReceived initiated']);
    assert.deepEqual(bob2.names(), ['onIncomingCallReceived initiated', 'onIncomingCallCancelled ongoing']);
  });

  for (const status of ['rejected', 'busy'])
    it(`${status}: the caller is notified, the other device stops ringing`, async () => {
      const [ada, bob1, bob2] = [await open('ada'), await open('bob'), await open('bob')];
      const id = (await ada.client.initiateCall(toBob())).getSessionId();
      await bob2.receives('onIncomingCallReceived');
      assert.equal((await bob1.client.rejectCall(id, status)).getStatus(), status);
      assert.equal((await ada.receives('onOutgoingCallRejected')).getStatus(), status);
      assert.equal((await bob2.receives('onIncomingCallCancelled')).getStatus(), status);
      assert.equal(ada.client.getActiveCall(), null);
    });

  it('cancelled: the callee stops ringing', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    await bob.receives('onIncomingCallReceived');
    assert.equal((await ada.client.rejectCall(id, 'cancelled')).getStatus(), 'cancelled');
    assert.equal((await bob.receives('onIncomingCallCancelled')).getStatus(), 'cancelled');
    assert.equal(await failure(bob.client.acceptCall(id)), 'CALL_OVER');
    assert.deepEqual(ada.names(), []);
  });

  it('unanswered after the timeout of the call: both are notified', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    await ada.client.initiateCall(toBob(), 20);
    await bob.receives('onIncomingCallReceived');
    clock.advance(19_000);
    assert.equal((await ada.client.getLoggedinUser())?.getUid(), 'ada');
    assert.ok(ada.client.getActiveCall());
    clock.advance(1000);
    assert.equal((await ada.receives('onOutgoingCallRejected')).getStatus(), 'unanswered');
    assert.equal((await bob.receives('onIncomingCallCancelled')).getStatus(), 'unanswered');
  });

  it('unanswered after 45 s, though the caller’s page died', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    await ada.client.initiateCall(toBob());
    await bob.receives('onIncomingCallReceived');
    ada.offline = true;
    ada.cut();
    clock.advance(45_000);
    assert.equal((await bob.receives('onIncomingCallCancelled')).getStatus(), 'unanswered');
    const back = await reload(ada);
    assert.equal(back.client.getActiveCall(), null);
    assert.deepEqual(back.names(), []);
  });

  it('a callee who comes online within the time-out rings, even if they listen late; afterwards not', async () => {
    const ada = await open('ada');
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    const bob = await open('bob');
    await bob.receives('onIncomingCallReceived', id);
    const listensLate = await reload(bob);
    await listensLate.receives('onIncomingCallReceived', id);
    clock.advance(45_000);
    await ada.receives('onOutgoingCallRejected');
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
    await again.receives('onOutgoingCallAccepted', id);
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
    await tab.receives('onOutgoingCallAccepted', id);
  });

  it('glare: both call each other at once, and are in one call', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const [fromAda, fromBob] = await Promise.all([
      ada.client.initiateCall(toBob()),
      bob.client.initiateCall(new Call('ada', 'video', 'user')),
    ]);
    assert.equal(fromAda.getSessionId(), fromBob.getSessionId());
    const id = fromAda.getSessionId();
    await Promise.all([
      ada.receives('onOutgoingCallAccepted', id),
      bob.receives('onOutgoingCallAccepted', id),
    ]);
    assert.equal(ada.client.getActiveCall()?.getStatus(), 'ongoing');
    assert.equal(bob.client.getActiveCall()?.getStatus(), 'ongoing');
  });

  it('a double click is one call: the callee hears of one', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const [first, second] = [ada.client.initiateCall(toBob()), ada.client.initiateCall(toBob())];
    assert.equal(await failure(second), 'CALL_ALREADY_INITIATED');
    const id = (await first).getSessionId();
    await bob.receives('onIncomingCallReceived', id);
    await ada.client.rejectCall(id, 'cancelled');
    await bob.receives('onIncomingCallCancelled', id);
    assert.deepEqual(bob.names(), ['onIncomingCallReceived initiated', 'onIncomingCallCancelled cancelled']);
    await ada.client.initiateCall(toBob());
  });

  it('a call that the server has forgotten is over when one of the two hangs up, and both can call again', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    await bob.receives('onIncomingCallReceived', id);
    await bob.client.acceptCall(id);
    await ada.receives('onOutgoingCallAccepted', id);
    await restartServer();
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
    await bob.receives('onIncomingCallReceived', id);
    await bob.client.acceptCall(id);
    const other = (await eve.client.initiateCall(toBob())).getSessionId();
    await bob.receives('onIncomingCallReceived', other);
    await bob.client.rejectCall(other, 'busy');
    assert.equal((await eve.receives('onOutgoingCallRejected')).getStatus(), 'busy');
    assert.equal(bob.client.getActiveCall()?.getSessionId(), id);
  });

  it('a group: all ring, one rejection concerns one, who accepts later is in the same call', async () => {
    const [ada, bob, eve] = [await open('ada'), await open('bob'), await open('eve')];
    const call = new Call('team', 'audio', 'group');
    call.setMembers(['ada', 'bob', 'eve']);
    const id = (await ada.client.initiateCall(call)).getSessionId();
    await Promise.all([
      bob.receives('onIncomingCallReceived', id),
      eve.receives('onIncomingCallReceived', id),
    ]);
    await eve.client.rejectCall(id, 'rejected');
    assert.equal(ada.client.getActiveCall()?.getStatus(), 'initiated');
    await bob.client.acceptCall(id);
    await ada.receives('onOutgoingCallAccepted', id);
    assert.equal((await eve.client.acceptCall(id)).getStatus(), 'ongoing');
    assert.equal((await ada.client.endCall(id)).getStatus(), 'ongoing');
    assert.equal((await bob.client.endCall(id)).getStatus(), 'ended');
    assert.equal((await eve.receives('onCallEndedMessageReceived')).getStatus(), 'ended');
    assert.deepEqual(ada.names(), ['onOutgoingCallAccepted ongoing']);
  });

  it('what happens during a gap is sent after it, once', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    await bob.receives('onIncomingCallReceived', id);
    ada.offline = true;
    ada.cut();
    await bob.client.acceptCall(id);
    ada.offline = false;
    await ada.receives('onOutgoingCallAccepted', id);
    bob.cut();
    assert.equal((await bob.client.endCall(id)).getStatus(), 'ended');
    await ada.receives('onCallEndedMessageReceived', id);
    assert.deepEqual(ada.names(), ['onOutgoingCallAccepted ongoing', 'onCallEndedMessageReceived ended']);
  });

  it('a page that vanishes in a call ends it for the other after a grace', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    await bob.receives('onIncomingCallReceived', id);
    await bob.client.acceptCall(id);
    await ada.receives('onOutgoingCallAccepted', id);
    bob.offline = true;
    bob.cut();
    const ended = ada.receives('onCallEndedMessageReceived', id);
    await eventually(() => {
      clock.advance(graceMs);
      return ada.received.length > 1 ? true : undefined;
    });
    assert.equal((await ended).getStatus(), 'ended');
  });

  it('logging out takes an outgoing call back', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    await ada.client.initiateCall(toBob());
    await bob.receives('onIncomingCallReceived');
    await ada.client.logout();
    assert.equal((await bob.receives('onIncomingCallCancelled')).getStatus(), 'cancelled');
  });

  it('both sides get a call token for the session', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')];
    const id = (await ada.client.initiateCall(toBob())).getSessionId();
    await bob.receives('onIncomingCallReceived');
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
