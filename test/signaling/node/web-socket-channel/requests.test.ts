import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ServerPush } from '../../../../src/protocol/messages.js';
import { junk } from '../../../fakes/signaling/junk.js';
import { answerOf } from '../../../fakes/signaling/scripted-signaling-server.js';
import { toBob, raiseHand, server, happens, all, refusal, joined } from './channel-setup.js';

describe('requests', { timeout: 30_000 }, () => {
  it('are resolved with the server’s answer', async () => {
    server.replies.signal = () => ({ answer: { delivered: true } });
    const channel = await joined();
    assert.deepEqual(await channel.request(toBob), { delivered: true });
    assert.equal(await channel.request(raiseHand), undefined);
    assert.deepEqual(server.received('update')[0]?.changes, raiseHand.changes);
  });

  it('are rejected with the server’s refusal', async () => {
    server.replies['mute-participant'] = () => ({ refuse: 'PARTICIPANT_NOT_FOUND' });
    const channel = await joined();
    const muted = channel.request({ type: 'mute-participant', participantId: 'x', source: 'camera' });
    assert.equal((await refusal(muted)).code, 'PARTICIPANT_NOT_FOUND');
  });

  it('that are not answered time out, updates too', async () => {
    server.replies['mute-participant'] = server.replies.update = () => 'silence';
    const channel = await joined({ answer: 30 });
    const muted = channel.request({ type: 'mute-participant', participantId: 'x', source: 'camera' });
    assert.equal((await refusal(muted)).code, 'REQUEST_TIMED_OUT');
    assert.equal((await refusal(channel.request(raiseHand))).code, 'REQUEST_TIMED_OUT');
  });

  it('ask for an answer to a signal only if it fails: the answer to a later request confirms it', async () => {
    server.replies.signal = (signal) =>
      'to' in signal && signal.to === 'cleo' ? { answer: { delivered: false } } : 'silence';
    const channel = await joined({ heartbeat: 60_000 });
    const settled: string[] = [];
    const signals = ['bob-1', 'cleo', 'bob-1'].map(async (to, at) => {
      const { delivered } = await channel.request({ ...toBob, to, epoch: at });
      settled.push(`${at} ${delivered}`);
    });
    await signals[1];
    assert.deepEqual(settled, ['0 true', '1 false']);
    await channel.request(raiseHand);
    await signals[2];
    assert.deepEqual(settled, ['0 true', '1 false', '2 true']);
    assert.deepEqual(
      server.received('signal').map(({ ack }) => ack),
      ['on-failure', 'on-failure', 'on-failure'],
    );
  });

  it('that wait when the socket breaks are rejected, except updates: the next join tells them', async () => {
    server.replies.signal = server.replies.update = () => 'silence';
    const channel = await joined();
    const [signal, update] = [channel.request(toBob), channel.request(raiseHand)];
    await server.until(() => server.received('update').length === 1, 'an update');
    server.disconnect();
    assert.equal((await refusal(signal)).code, 'CONNECTION_LOST');
    assert.equal(await update, undefined);
  });

  it('while the socket is down are rejected at once, except updates', async () => {
    const channel = await joined();
    const lost = happens(channel, 'lost');
    await server.stop();
    await lost;
    assert.equal((await refusal(channel.request(toBob))).code, 'CONNECTION_LOST');
    assert.equal(await channel.request(raiseHand), undefined);
    await server.start();
  });

  it('answers that belong to nothing are ignored', async () => {
    const channel = await joined();
    server.push({ type: 'ack', id: 99, error: { code: 'TOKEN_EXPIRED', message: '' } });
    server.push({ type: 'ack', id: 1, answer: answerOf() });
    assert.equal(await channel.request(raiseHand), undefined);
  });

  it('a malformed answer rejects', async () => {
    server.replies.signal = () => ({ answer: { delivered: 'perhaps' } });
    const channel = await joined();
    assert.equal((await refusal(channel.request(toBob))).code, 'MESSAGE_MALFORMED');
  });
});

describe('what the server says', { timeout: 30_000 }, () => {
  const push: ServerPush = { type: 'video-requested', by: 'bob-1' };

  it('is passed on in its order', async () => {
    const channel = await joined();
    const received = all(channel, 'message');
    const pushes: ServerPush[] = [push, { type: 'participant-left', participantId: 'x' }, push];
    for (const one of pushes) server.push(one);
    await channel.request(raiseHand);
    assert.deepEqual(received, pushes);
  });

  it('is ignored when it makes no sense, and the channel works on', async () => {
    const channel = await joined();
    const received = all(channel, 'message');
    const broken = ['', '{', 'null', '[]', '{"type":"ack"}', '{"type":"ack","id":-1}', '\u0000'];
    const nonsense = junk(['ann-1']).filter((thing) => !/"type":"(ack|closing)"/.test(JSON.stringify(thing)));
    for (const thing of [...broken, ...nonsense]) server.push(thing);
    server.latest.socket.send(Buffer.from([1, 2, 3]));
    assert.equal(await channel.request(raiseHand), undefined);
    assert.ok(received.length < nonsense.length / 10);
    server.push(push);
    await channel.request(raiseHand);
    assert.deepEqual(received.at(-1), push);
  });
});
