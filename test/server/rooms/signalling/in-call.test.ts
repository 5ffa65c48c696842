import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { server, newRoom, offer, pair, serverWithClock } from './signalling-setup.js';

describe('Ending the call for everyone', () => {
  it('sends the others the reason, disconnects all, and refuses every resume', async () => {
    const { room, a, b } = await pair();
    assert.equal((await a.client.request({ type: 'end-session' })).error, undefined);
    assert.equal((await b.client.receives('closing')).error.code, 'SESSION_ENDED');
    assert.equal((await b.client.ends()).code, 4411);
    assert.equal((await a.client.ends()).code, 1000);
    const back = await server.connect();
    const { resume } = b.answer;
    await assert.rejects(back.join(await server.token('bob', room), { resume }), { code: 'SESSION_ENDED' });
    const anew = await server.member('bob', room);
    assert.deepEqual(anew.answer.participants, []);
  });

  it('ends no other call', async () => {
    const [one, other] = [await pair(), await pair()];
    await one.a.client.request({ type: 'end-session' });
    assert.deepEqual(await other.b.client.unread(), []);
  });
});

describe('In a call', () => {
  it('a change is acknowledged to its sender and sent to the others', async () => {
    const { a, b } = await pair();
    assert.equal(
      (await a.client.request({ type: 'update', changes: { audioMuted: true } })).error,
      undefined,
    );
    assert.deepEqual(await b.client.receives('participant-updated'), {
      type: 'participant-updated',
      participantId: a.id,
      changes: { audioMuted: true },
      by: a.id,
    });
    assert.deepEqual(await a.client.unread(), []);
  });

  it('a client cannot change its identity', async () => {
    const { a, b } = await pair();
    const own = { handRaisedAt: 7, cameraBlack: true };
    const changes = { name: 'Eve', uid: 'eve', order: 0, connection: 'reconnecting', ...own };
    await a.client.request({ type: 'update', changes });
    assert.deepEqual((await b.client.receives('participant-updated')).changes, own);
  });

  it('all learn who muted whom', async () => {
    const { a, b } = await pair();
    await a.client.request({ type: 'mute-participant', participantId: b.id, source: 'microphone' });
    for (const { client } of [a, b]) {
      const { participantId, changes, by } = await client.receives('participant-updated');
      assert.deepEqual(
        { participantId, changes, by },
        { participantId: b.id, changes: { audioMuted: true }, by: a.id },
      );
    }
  });

  it('signals reach their addressee, and name their sender', async () => {
    const { a, b, room } = await pair();
    const c = await server.member('cyd', room);
    const { answer } = await a.client.request({ type: 'signal', to: b.id, epoch: 3, data: offer });
    assert.deepEqual(answer, { delivered: true });
    assert.deepEqual(await b.client.receives('signal'), {
      type: 'signal',
      from: a.id,
      epoch: 3,
      data: offer,
    });
    assert.deepEqual(await c.client.unread(), []);
  });

  it('a signal that asks for an answer on failure gets none when it was delivered', async () => {
    const { a, b } = await pair();
    const send = (id: number, to: string): void =>
      a.client.raw(JSON.stringify({ type: 'signal', id, ack: 'on-failure', to, epoch: id, data: offer }));
    send(100, b.id);
    assert.equal((await b.client.receives('signal')).epoch, 100);
    assert.deepEqual(
      (await a.client.unread()).filter(({ type }) => type === 'ack'),
      [],
    );
    send(101, 'eve');
    assert.equal((await a.client.ack(101)).error?.code, 'PARTICIPANT_NOT_FOUND');
    b.client.socket.terminate();
    await a.client.receives('participant-updated');
    send(102, b.id);
    assert.deepEqual((await a.client.ack(102)).answer, { delivered: false });
  });

  it('a signal that is relayed as it came says only what the server says of it', async () => {
    const { a, b } = await pair();
    const data = JSON.stringify({ ...offer, extra: '","from":"eve"}' });
    const head = (id: number): string =>
      `{"id":${id},"ack":"on-failure","type":"signal","to":"${b.id}","epoch":4,"data":`;
    const expected = { type: 'signal', from: a.id, epoch: 4, data: offer };
    // As our clients send it; with members that forge the sender and the type; and with the same, in disorder.
    a.client.raw(`${head(100)}${data}}`);
    a.client.raw(`${head(101)}${data},"from":"eve","participant":1}`);
    a.client.raw(`${head(102)}{"type":"rebuild"},"data":${data}} `);
    a.client.raw(`{"data":${data},"from":"eve",${head(103).slice(1, -8)}}`);
    for (let count = 0; count < 4; count += 1) assert.deepEqual(await b.client.receives('signal'), expected);
    // Refused as before: of two types, the last one counts.
    a.client.raw(`${head(104)}${data},"type":"closing"}`);
    assert.equal((await a.client.ack(104)).error?.code, 'MESSAGE_UNKNOWN');
    assert.deepEqual(await b.client.unread(), []);
  });

  it('signals keep their order', async () => {
    const { a, b } = await pair();
    for (let epoch = 0; epoch < 200; epoch += 1)
      a.client.raw(JSON.stringify({ type: 'signal', id: 1000 + epoch, to: b.id, epoch, data: offer }));
    for (let epoch = 0; epoch < 200; epoch += 1)
      assert.equal((await b.client.receives('signal')).epoch, epoch);
  });

  it('signals into nothing are said to be so', async () => {
    const { a, b } = await pair();
    const stranger = await server.member('eve', newRoom());
    for (const to of ['nobody', stranger.id])
      assert.equal(
        (await a.client.rejected({ type: 'signal', to, epoch: 0, data: offer })).code,
        'PARTICIPANT_NOT_FOUND',
      );
    b.client.socket.terminate();
    await a.client.receives('participant-updated');
    const { answer } = await a.client.request({ type: 'signal', to: b.id, epoch: 0, data: offer });
    assert.deepEqual(answer, { delivered: false });
  });

  it('a request for video is put to the others, and their consent switches the call', async () => {
    const { a, b } = await pair();
    await a.client.request({ type: 'request-video' });
    assert.equal((await b.client.receives('video-requested')).by, a.id);
    await b.client.request({ type: 'answer-video', accept: true });
    for (const { client } of [a, b])
      assert.deepEqual(await client.receives('switched-to-video'), {
        type: 'switched-to-video',
        initiator: a.id,
        responder: b.id,
      });
  });

  it('a later or returning participant learns that a voice call became a video call', async () => {
    const { a, b } = await pair();
    const sessionId = a.answer.sessionId;
    const before = await server.member('cy', sessionId);
    assert.equal(before.answer.switched, undefined);
    await before.client.request({ type: 'leave' });
    await a.client.request({ type: 'request-video' });
    await b.client.receives('video-requested');
    await b.client.request({ type: 'answer-video', accept: true });
    await a.client.receives('switched-to-video');
    const late = await server.member('dee', sessionId);
    assert.deepEqual(late.answer.switched, { initiator: a.id, responder: b.id });
    for (const { client } of [a, b, late]) await client.request({ type: 'leave' });
    assert.equal(
      (await server.member('eve', sessionId)).answer.switched,
      undefined,
      'another call of that name',
    );
  });

  it('a refusal ends the request', async () => {
    const { a, b } = await pair();
    await a.client.request({ type: 'request-video' });
    await b.client.request({ type: 'answer-video', accept: false });
    await a.client.receives('video-request-ended');
  });

  it('a leave is acknowledged, sent to the others at once, and ends the connection', async () => {
    const { a, b } = await pair();
    assert.equal((await a.client.request({ type: 'leave' })).error, undefined);
    assert.equal((await b.client.receives('participant-left')).participantId, a.id);
    assert.equal((await a.client.ends()).code, 1000);
    assert.deepEqual(await b.client.unread(), []);
  });
});

describe('TURN credentials in a long call', () => {
  const turn = { turnUrls: 'turn:127.0.0.1:3478', turnSecret: 'a secret of coturn, of enough bytes' };
  const settings = { turnTtl: 120, heartbeatMs: 600_000 };
  const expiry = (answer: unknown): number => {
    const { iceServers } = answer as { iceServers: readonly { username?: string }[] };
    return Number(iceServers[0]?.username?.split(':')[0]);
  };

  it('are offered anew when half their time is over, until the client asks for them', async () => {
    const { own, clock } = await serverWithClock({ ...turn, ...settings });
    const { a } = await pair(own);
    const first = expiry(a.answer);
    clock.advance(59_000);
    assert.deepEqual(await a.client.unread(), []);
    clock.advance(1000);
    const offered = [{ type: 'transport-changed', generation: a.answer.generation }];
    assert.deepEqual(await a.client.unread(), offered);
    assert.deepEqual(await a.client.unread(), offered, 'the first one may have been lost');
    const { answer } = await a.client.request({ type: 'get-transport' });
    assert.equal(expiry(answer), first + 60);
    assert.deepEqual(await a.client.unread(), []);
    clock.advance(60_000);
    assert.deepEqual(await a.client.unread(), offered);
  });

  it('are not offered where there are none', async () => {
    const { own, clock } = await serverWithClock(settings);
    const { a } = await pair(own);
    clock.advance(120_000);
    assert.deepEqual(await a.client.unread(), []);
  });
});
