import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { FrameOpener } from '../../../src/media/encryption/frames/frame-opener.js';
import { AgreedKeys } from '../../../src/media/encryption/keys/agreed-keys.js';
import { newAgreementKey } from '../../../src/media/encryption/keys/key-agreement.js';
import { AgreeingCall, type Envelope } from './agreeing-call.js';

let call = new AgreeingCall();
afterEach(() => call.end());

function callOf(...ids: readonly string[]): AgreeingCall {
  call = new AgreeingCall();
  call.join(...ids);
  return call;
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, `not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const untilAgreed = (): Promise<void> =>
  until(() => call.codes().every((code) => code !== undefined && code === call.codes()[0]), 'an equal code');

/** Whether each opens what each other one sends. */
async function everyoneHears(): Promise<void> {
  for (const sender of call.pages.values())
    for (const receiver of call.pages.values())
      if (sender !== receiver)
        assert.ok(await receiver.opens(await sender.seal(), sender.id), `${sender.id} to ${receiver.id}`);
}

describe('keys that the participants agree on', () => {
  it('open the frames of each, and give all the same code of 30 digits', async () => {
    callOf('ann', 'bob', 'cas');
    await untilAgreed();
    await everyoneHears();
    assert.match(call.codes()[0] ?? '', /^\d{5}( \d{5}){5}$/);
  });

  it('are another one for each participant', async () => {
    callOf('ann', 'bob');
    await untilAgreed();
    const frame = await call.of('ann').seal();
    const bobs = new FrameOpener({ participantId: 'ann', source: 'microphone' });
    assert.equal(await bobs.open(frame, call.of('bob').of('bob')), undefined);
    assert.ok(await bobs.open(frame, call.of('bob').of('ann')));
  });

  it('never leave a page unencrypted: a server sees public keys, and what it cannot open', async () => {
    callOf('ann', 'bob');
    await untilAgreed();
    for (const { message } of call.sent)
      assert.deepEqual(
        Object.keys(message).filter((member) => member !== 'wrapped'),
        ['type', 'key', 'generation', 'has'],
      );
    const texts = call.sent.flatMap(({ message }) =>
      message.wrapped === undefined ? [] : [message.wrapped],
    );
    assert.ok(texts.length >= 2);
    // A nonce, a key, and the tag.
    for (const text of texts) assert.equal(Buffer.from(text, 'base64').length, 12 + 32 + 16);
  });

  it('have a code that changes when somebody joins, and again when somebody leaves', async () => {
    callOf('ann', 'bob');
    await untilAgreed();
    const [two] = call.codes();
    call.join('cas');
    await until(() => !call.codes().includes(two), 'another code');
    await untilAgreed();
    await everyoneHears();
    const [three] = call.codes();
    call.leave('cas');
    await until(() => !call.codes().includes(three), 'another code');
    await untilAgreed();
    assert.equal(call.codes()[0], two);
  });

  it('are new ones when somebody leaves: who has gone opens nothing of them, and nobody misses a frame', async () => {
    callOf('ann', 'bob', 'cas');
    await untilAgreed();
    const before = new Map([...call.pages].map(([id, page]) => [id, page.of(id)[0]]));
    assert.ok(await call.of('cas').opens(await call.of('ann').seal(), 'ann'));
    const cas = call.leave('cas');
    await until(() => {
      for (const [id, page] of call.pages) if (page.of(id)[0] === before.get(id)) return false;
      return true;
    }, 'new keys');
    for (const id of ['ann', 'bob']) assert.equal(await cas.opens(await call.of(id).seal(), id), false);
    await everyoneHears();
  });

  it('are used only when the others have them: until then, frames are under the key before', async () => {
    callOf('ann', 'bob', 'cas');
    await untilAgreed();
    const first = call.of('ann').of('ann')[0];
    const held: Envelope[] = [];
    call.relay = (envelope) => {
      if (envelope.from !== 'ann') return envelope.message;
      held.push(envelope);
      return undefined;
    };
    call.leave('cas');
    await until(() => held.some(({ message }) => message.generation === 2), 'a new key');
    assert.equal(call.of('ann').of('ann')[0], first);
    assert.ok(await call.of('bob').opens(await call.of('ann').seal(), 'ann'));
    call.relay = ({ message }) => message;
    await until(() => call.of('ann').of('ann')[0] !== first, 'the new key in use');
    assert.ok(await call.of('bob').opens(await call.of('ann').seal(), 'ann'));
  });

  it('come through although messages are lost', async () => {
    call = new AgreeingCall();
    let count = 0;
    call.relay = ({ message }) => ((count += 1) % 3 === 0 ? message : undefined);
    call.join('ann', 'bob');
    await untilAgreed();
    await everyoneHears();
  });

  it('are silent once everybody has those of everybody', async () => {
    callOf('ann', 'bob', 'cas');
    await untilAgreed();
    const has = (): boolean => call.sent.slice(-1)[0]?.message.wrapped === undefined;
    await until(has, 'a confirmation');
    const { length } = call.sent;
    // Longer than the first retry.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(call.sent.length, length);
  });
});

describe('a server that changes what it relays', () => {
  it('and puts its own public keys in the place of theirs gives the two different codes', async () => {
    callOf('ann', 'bob');
    // One between two: a participant towards each of them, with keys of its own.
    const middle = new Map<string, AgreedKeys>();
    const end = new AbortController();
    call.relay = ({ from, to, message }) => {
      middle.get(to)?.receive(from, message);
      return undefined;
    };
    const others: Record<string, string> = { ann: 'bob', bob: 'ann' };
    for (const [victim, faked] of Object.entries(others)) {
      const keys = new AgreedKeys({
        use: () => undefined,
        send: (to, message) => {
          call.pages.get(to)?.keys.receive(faked, message);
          return Promise.resolve(true);
        },
        onChange: () => undefined,
        signal: end.signal,
      });
      middle.set(faked, keys);
      keys.setMembers({ sessionId: 'call', selfId: faked, others: [victim] });
    }
    await until(() => call.codes().every((code) => code !== undefined), 'codes');
    end.abort();
    assert.notEqual(call.codes()[0], call.codes()[1]);
  });

  it('after the first one cannot put another key in its place', async () => {
    callOf('ann', 'bob');
    await untilAgreed();
    const code = call.of('ann').keys.code;
    const secrets = call.of('ann').of('bob');
    const { publicKey } = await newAgreementKey();
    const answer = call.sent.findLast(({ to, message }) => to === 'ann' && message.wrapped !== undefined);
    assert.ok(answer);
    const { length } = call.sent;
    call.of('ann').keys.receive('bob', { type: 'key', key: publicKey, generation: 9, has: 0 });
    // One after the other: once the second is confirmed, the first was dealt with.
    call.of('ann').keys.receive('bob', answer.message);
    await until(() => call.sent.length > length, 'a confirmation');
    assert.equal(call.sent.length, length + 1);
    assert.equal(call.sent.at(-1)?.message.wrapped, undefined);
    assert.equal(call.of('ann').keys.code, code);
    assert.deepEqual(call.of('ann').of('bob'), secrets);
  });

  it('or passes on a key as that of another one, or changes it, is not believed', async () => {
    call = new AgreeingCall();
    call.relay = ({ message, from, to }) => {
      if (message.wrapped === undefined) return message;
      if (from === 'bob' && to === 'ann') return { ...message, generation: message.generation + 1 };
      if (from === 'cas' && to === 'ann')
        return {
          ...message,
          wrapped: `${message.wrapped.startsWith('A') ? 'B' : 'A'}${message.wrapped.slice(1)}`,
        };
      return message;
    };
    call.join('ann', 'bob', 'cas');
    await until(
      () => call.sent.filter(({ to, message }) => to === 'ann' && message.wrapped !== undefined).length >= 8,
      'keys for ann, again and again',
    );
    assert.deepEqual([call.of('ann').of('bob'), call.of('ann').of('cas')], [[], []]);
    assert.equal(call.of('ann').keys.code, undefined);
  });

  it('is answered with nothing when its key is no key, and one who gives none is named', async ({ mock }) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    callOf('ann', 'bob');
    call.relay = () => undefined;
    const { keys } = call.of('ann');
    keys.receive('bob', { type: 'key', key: 'AAAA', generation: 1, has: 0, wrapped: 'AAAA' });
    assert.deepEqual(keys.overdue, []);
    mock.timers.tick(10_000);
    assert.deepEqual(keys.overdue, ['bob']);
    assert.equal(keys.code, undefined);
  });
});
