import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { initialParticipantState } from '../../../src/domain/call/participant.js';
import { maxMessageBytes, protocolVersion } from '../../../src/protocol/messages.js';
import { parseServerMessage } from '../../../src/protocol/parse-message.js';
import { createCallToken } from '../../../src/server/auth/call-tokens.js';
import { startServer, testSecret as secret, type TestServer } from '../harness/test-server.js';

const server = await startServer({ sessionsPerUser: 1000 });
let rooms = 0;
const newRoom = (): string => `room-${(rooms += 1)}`;
const offer = { type: 'offer', sdp: 'v=0' } as const;

async function pair(on: TestServer = server) {
  const room = newRoom();
  const a = await on.member('ada', room);
  const b = await on.member('bob', room);
  await a.client.receives('participant-joined');
  return { room, a, b };
}

describe('Ending the call for everybody', () => {
  it('tells the others why, hangs up on all, and lets nobody resume', async () => {
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

describe('Joining', () => {
  it('is answered with the picture of the call, and told to the others', async () => {
    const room = newRoom();
    const a = await server.member('ada', room);
    assert.equal(a.answer.sessionId, room);
    assert.equal(a.answer.self.name, 'Name of ada');
    assert.equal(a.answer.self.connection, 'connected');
    assert.deepEqual(a.answer.participants, []);
    assert.deepEqual(a.answer.iceServers, []);
    assert.equal(a.answer.graceMs, 30_000);
    const b = await server.member('bob', room);
    assert.deepEqual(b.answer.participants, [a.answer.self]);
    assert.ok(b.answer.self.order > a.answer.self.order);
    assert.deepEqual((await a.client.receives('participant-joined')).participant, b.answer.self);
    assert.equal(a.answer.serverId, b.answer.serverId);
    assert.deepEqual(await b.client.unread(), [], 'and the newcomer is told nothing twice');
  });

  it('is answered before anything else is said, however many come at once', async () => {
    const room = newRoom();
    const clients = await Promise.all(Array.from({ length: 8 }, () => server.connect()));
    const first = clients.map(async ({ socket }) => String((await once(socket, 'message'))[0]));
    const answers = await Promise.all(
      clients.map(async (client, index) => client.join(await server.token(`user${index}`, room))),
    );
    for (const text of await Promise.all(first)) assert.equal(parseServerMessage(text).type, 'ack');
    assert.equal(answers.length, 8);
  });

  it('keeps calls apart', async () => {
    const { a } = await pair();
    await server.member('eve', newRoom());
    assert.deepEqual(await a.client.unread(), []);
  });

  it('tells nobody secrets of the others', async () => {
    const { a, b } = await pair();
    const text = JSON.stringify(b.answer);
    for (const hidden of [a.answer.resume, 'connectionId', 'missed', 'awaitedUntil'])
      assert.ok(!text.includes(hidden), hidden);
  });

  it('gives TURN credentials where TURN is configured', async () => {
    const own = await startServer({ turnUrls: ['turn:t'], turnSecret: secret, stunUrls: 'stun:s' });
    const { iceServers } = (await own.member('ada')).answer;
    assert.deepEqual(iceServers[0], { urls: ['stun:s'] });
    assert.match(iceServers[1]?.username ?? '', /^\d+:ada$/);
  });

  const signed = (more: object): Promise<string> =>
    createCallToken({ secret, sessionId: 'room', user: { uid: 'ada' }, ...more });
  const refusals: readonly { title: string; join: () => Promise<object>; code: string; closes: number }[] = [
    {
      title: 'an expired token',
      join: async () => ({ token: await signed({ expiresIn: -69 }) }),
      code: 'TOKEN_EXPIRED',
      closes: 4401,
    },
    {
      title: 'another server’s secret',
      join: async () => ({ token: await signed({ secret: `${secret}!` }) }),
      code: 'TOKEN_SIGNATURE_INVALID',
      closes: 4401,
    },
    {
      title: 'another server’s token',
      join: async () => ({ token: await signed({ issuer: 'https://a.example' }) }),
      code: 'TOKEN_ISSUER_INVALID',
      closes: 4401,
    },
    { title: 'no token', join: async () => ({ token: '' }), code: 'TOKEN_MISSING', closes: 4401 },
    { title: 'nonsense', join: async () => ({ token: 'x' }), code: 'TOKEN_MALFORMED', closes: 4401 },
    {
      title: 'another protocol',
      join: async () => ({ token: await signed({}), protocol: 99 }),
      code: 'PROTOCOL_UNSUPPORTED',
      closes: 4426,
    },
    {
      title: 'a resume secret that is none',
      join: async () => ({ token: await signed({}), resume: 'x' }),
      code: 'RESUME_REFUSED',
      closes: 4410,
    },
  ];
  for (const { title, join, code, closes } of refusals)
    it(`is refused for ${title}: ${code}`, async () => {
      const client = await server.connect();
      const state = initialParticipantState;
      const message = {
        type: 'join',
        protocol: protocolVersion,
        token: '',
        state,
        ...(await join()),
      } as const;
      assert.equal((await client.rejected(message)).code, code);
      const { code: closed, reason } = await client.ends();
      assert.deepEqual([closed, reason], [closes, code]);
    });

  it('accepts a token that names the address the client came to', async () => {
    const client = await server.connect();
    const issuer = server.url.replace('localhost', '127.0.0.1');
    const token = await signed({ issuer: server.url, sessionId: newRoom() });
    assert.ok((await client.join(token)).self.id, issuer);
  });

  it('must come first', async () => {
    const client = await server.connect();
    assert.equal((await client.rejected({ type: 'request-video' })).code, 'NOT_JOINED');
    assert.ok((await client.join(await server.token('ada', newRoom()))).self.id, 'and may still come');
  });

  it('must come soon', async () => {
    const own = await startServer({ joinTimeoutMs: 300 });
    const silent = await own.connect();
    const { client } = await own.member('ada');
    const { error } = await silent.receives('closing');
    assert.equal(error.code, 'NOT_JOINED');
    assert.equal((await silent.ends()).code, 4408);
    assert.equal((await client.request({ type: 'ping' })).error, undefined, 'whoever has joined stays');
  });

  it('happens once per connection', async () => {
    const { client, token } = await server.member('ada', newRoom());
    await assert.rejects(client.join(token), { code: 'MESSAGE_MALFORMED' });
    assert.equal((await client.request({ type: 'ping' })).error, undefined);
  });

  it('ends at a full call', async () => {
    const own = await startServer({ meshLimit: 2 });
    await own.member('ada');
    await own.member('bob');
    const late = await own.connect();
    await assert.rejects(late.join(await own.token('eve')), { code: 'ROOM_FULL' });
    assert.equal((await late.ends()).code, 4430);
  });

  it('ends for a user who is in too many calls, until they leave one', async () => {
    const own = await startServer({ sessionsPerUser: 2 });
    const first = await own.member('ada', 'one');
    await own.member('ada', 'two');
    const third = await own.connect();
    await assert.rejects(third.join(await own.token('ada', 'three')), { code: 'TOO_MANY_SESSIONS' });
    await first.client.request({ type: 'leave' });
    assert.ok((await own.member('ada', 'three')).id);
  });
});

describe('In a call', () => {
  it('a change is acknowledged to the one who made it and told to the others', async () => {
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

  it('nobody changes what they are', async () => {
    const { a, b } = await pair();
    const own = { handRaisedAt: 7, cameraBlack: true };
    const changes = { name: 'Eve', uid: 'eve', order: 0, connection: 'reconnecting', ...own };
    await a.client.request({ type: 'update', changes });
    assert.deepEqual((await b.client.receives('participant-updated')).changes, own);
  });

  it('everybody hears who muted whom', async () => {
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

  it('signals reach whom they are for, and say from whom they are', async () => {
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

  it('who comes later, or comes back, is told that a voice call became a video call', async () => {
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

  it('a leave is acknowledged, told at once, and ends the connection', async () => {
    const { a, b } = await pair();
    assert.equal((await a.client.request({ type: 'leave' })).error, undefined);
    assert.equal((await b.client.receives('participant-left')).participantId, a.id);
    assert.equal((await a.client.ends()).code, 1000);
    assert.deepEqual(await b.client.unread(), []);
  });
});

describe('A broken connection', () => {
  it('is told, and healed by a resume', async () => {
    const { a, b } = await pair();
    a.client.socket.terminate();
    assert.deepEqual((await b.client.receives('participant-updated')).changes, {
      connection: 'reconnecting',
    });
    const again = await server.connect();
    const answer = await again.join(a.token, { resume: a.answer.resume, state: { videoPaused: true } });
    assert.deepEqual(answer.self, { ...a.answer.self, videoPaused: true });
    assert.deepEqual(
      answer.participants.map(({ id }) => id),
      [b.id],
    );
    assert.deepEqual((await b.client.receives('participant-updated')).changes, {
      videoPaused: true,
      connection: 'connected',
    });
    assert.deepEqual(await b.client.unread(), [], 'nobody has left or joined');
  });

  it('becomes a leave after the grace period, and then the place is no longer held', async () => {
    const own = await startServer({ graceMs: 40 });
    const { a, b } = await pair(own);
    a.client.socket.terminate();
    assert.equal((await b.client.receives('participant-left')).participantId, a.id);
    const again = await own.connect();
    await assert.rejects(again.join(a.token, { resume: a.answer.resume }), { code: 'RESUME_REFUSED' });
    const anew = await own.member('ada', a.answer.sessionId);
    assert.notEqual(anew.id, a.id);
    assert.equal((await b.client.receives('participant-joined')).participant.id, anew.id);
  });

  it('is waited for only as long as it is broken', async () => {
    const own = await startServer({ graceMs: 800 });
    const { a, b } = await pair(own);
    a.client.socket.terminate();
    await b.client.receives('participant-updated');
    const again = await own.connect();
    await again.join(a.token, { resume: a.answer.resume });
    const c = await own.member('cyd', a.answer.sessionId);
    c.client.socket.terminate();
    // Cyd broke off later: when Cyd is given up, Ada’s time would have been up long ago.
    assert.equal((await b.client.receives('participant-left')).participantId, c.id);
  });

  it('is replaced by a second one that resumes, without the others noticing', async () => {
    const { a, b } = await pair();
    const again = await server.connect();
    assert.equal((await again.join(a.token, { resume: a.answer.resume })).self.id, a.id);
    assert.equal((await a.client.receives('closing')).error.code, 'REPLACED');
    assert.equal((await a.client.ends()).code, 4409);
    assert.deepEqual(await b.client.unread(), []);
    await b.client.request({ type: 'signal', to: a.id, epoch: 1, data: offer });
    assert.equal((await again.receives('signal')).from, b.id);
  });

  it('may be resumed after the token has expired, but not joined anew', async () => {
    const room = newRoom();
    const user = { uid: 'ada' };
    const first = await server.connect();
    const { resume, self } = await first.join(await createCallToken({ secret, sessionId: room, user }));
    const expired = await createCallToken({ secret, sessionId: room, user, expiresIn: -69 });
    const again = await server.connect();
    assert.equal((await again.join(expired, { resume })).self.id, self.id);
    const other = await server.connect();
    await assert.rejects(other.join(expired), { code: 'TOKEN_EXPIRED' });
  });

  it('cannot be resumed by somebody else, or in another call', async () => {
    const { a, room } = await pair();
    for (const token of [await server.token('bob', room), await server.token('ada', newRoom())]) {
      const thief = await server.connect();
      await assert.rejects(thief.join(token, { resume: a.answer.resume }), { code: 'RESUME_REFUSED' });
    }
    assert.equal((await a.client.request({ type: 'ping' })).error, undefined, 'and the owner keeps it');
  });

  it('is noticed by a missing heartbeat', async () => {
    const own = await startServer({ heartbeatMs: 250 });
    const { a, b } = await pair(own);
    // The network takes everything and gives nothing back.
    a.client.stopReading();
    assert.deepEqual((await b.client.receives('participant-updated')).changes, {
      connection: 'reconnecting',
    });
    assert.equal((await b.client.request({ type: 'ping' })).error, undefined, 'whoever answers is not cut');
  });
});

describe('A restarted server', () => {
  it('takes everybody back to their places, and puts nobody else there', async () => {
    const own = await startServer();
    const { a, b } = await pair(own);
    const { port } = own.server;
    await own.stop();
    assert.equal((await a.client.receives('closing')).error.code, 'SERVER_STOPPING');
    const next = await startServer({ port });
    const newcomer = await next.member('eve', a.answer.sessionId);
    const again = await next.connect();
    const first = await again.join(b.token, { resume: b.answer.resume });
    assert.deepEqual(first.self, b.answer.self);
    assert.notEqual(first.serverId, b.answer.serverId);
    const second = await (await next.connect()).join(a.token, { resume: a.answer.resume });
    assert.deepEqual(second.self, a.answer.self);
    const orders = [second.self, ...second.participants].map(({ order }) => order);
    assert.equal(new Set(orders).size, 3, 'no two have the same order');
    assert.ok(newcomer.answer.self.order > b.answer.self.order, 'and newcomers are newer');
  });
});

describe('A server that stops', () => {
  it('says so, closes every connection, and then nothing is left', async () => {
    const own = await startServer();
    const { a, b } = await pair(own);
    const silent = await own.connect();
    await own.stop();
    for (const client of [a.client, b.client, silent]) {
      assert.equal((await client.receives('closing')).error.code, 'SERVER_STOPPING');
      assert.equal((await client.ends()).code, 4503);
    }
    await assert.rejects(fetch(`${own.url}/healthz`));
  });

  it('does not wait for those who do not answer', async () => {
    const own = await startServer();
    const { client } = await own.member('ada');
    client.stopReading();
    const started = Date.now();
    await own.stop();
    assert.ok(Date.now() - started < 4000);
  });
});

describe('What cannot be understood', () => {
  const bad: readonly { title: string; text: string | Buffer; code: string; closes: number }[] = [
    { title: 'no JSON', text: '{', code: 'MESSAGE_MALFORMED', closes: 4400 },
    { title: 'no object', text: '"hello"', code: 'MESSAGE_MALFORMED', closes: 4400 },
    { title: 'null', text: 'null', code: 'MESSAGE_MALFORMED', closes: 4400 },
    { title: 'binary', text: Buffer.from([1, 2, 3]), code: 'MESSAGE_MALFORMED', closes: 4400 },
    { title: 'too much', text: `"${'x'.repeat(maxMessageBytes)}"`, code: 'MESSAGE_TOO_LARGE', closes: 1009 },
  ];
  for (const { title, text, code, closes } of bad)
    it(`closes the connection: ${title}`, async () => {
      const { a, b } = await pair();
      a.client.raw(text);
      assert.equal((await a.client.receives('closing')).error.code, code);
      assert.equal((await a.client.ends()).code, closes);
      assert.deepEqual((await b.client.receives('participant-updated')).changes, {
        connection: 'reconnecting',
      });
    });

  it('closes the connection at once when it is far too much', async () => {
    const { client } = await server.member('ada', newRoom());
    client.raw('x'.repeat(maxMessageBytes * 40));
    assert.ok([1006, 1009].includes((await client.ends()).code));
  });

  it('is refused, and the connection goes on, when it has an id', async () => {
    const { client } = await server.member('ada', newRoom());
    client.raw('{"type":"dance","id":7}');
    assert.equal((await client.ack(7)).error?.code, 'MESSAGE_UNKNOWN');
    client.raw('{"type":"update","id":8,"changes":{"audioMuted":"yes"}}');
    assert.equal((await client.ack(8)).error?.code, 'MESSAGE_MALFORMED');
    client.raw(`{"type":"answer-video","id":9,"accept":"${'x'.repeat(5000)}"}`);
    const { error } = await client.ack(9);
    assert.ok(JSON.stringify(error).length < 1000, 'and not quoted back at length');
    assert.equal((await client.request({ type: 'ping' })).error, undefined);
  });
});

describe('Too much', () => {
  const flood = async (own: TestServer): Promise<void> => {
    const { client } = await own.member('ada');
    for (let id = 100; id < 400; id += 1) client.raw(JSON.stringify({ type: 'ping', id }));
    assert.equal((await client.receives('closing')).error.code, 'RATE_LIMITED');
    assert.equal((await client.ends()).code, 4429);
  };

  it('from one connection ends it', async () => flood(await startServer({ messagesPerConnection: 100 })));

  it('from one address ends the connection', async () =>
    flood(await startServer({ messagesPerAddress: 100 })));

  it('is not what a call needs', async () => {
    const { a, b } = await pair();
    const signals = Array.from({ length: 500 }, () =>
      a.client.request({ type: 'signal', to: b.id, epoch: 0, data: offer }),
    );
    for (const { error } of await Promise.all(signals)) assert.equal(error, undefined);
  });

  it('of connections from one address closes the newest', async () => {
    const own = await startServer({ connectionsPerAddress: 2 });
    await own.member('ada');
    await own.member('bob');
    const third = await own.connect();
    assert.equal((await third.receives('closing')).error.code, 'RATE_LIMITED');
  });

  it('from one client behind a trusted proxy does not hurt the others', async () => {
    const own = await startServer({ connectionsPerAddress: 1, trustedProxies: 1 });
    const { default: WebSocket } = await import('ws');
    const { CallClient } = await import('../harness/call-client.js');
    const from = (addresses: string) =>
      new CallClient(
        new WebSocket(`${own.url.replace('http', 'ws')}/signal`, {
          headers: { 'x-forwarded-for': addresses },
        }),
      );
    const [first, same, other] = ['1.1.1.1', '9.9.9.9, 1.1.1.1', '2.2.2.2'].map(from);
    assert.equal(
      (await same!.receives('closing')).error.code,
      'RATE_LIMITED',
      'what a client makes up does not count',
    );
    for (const client of [first!, other!])
      assert.equal((await client.request({ type: 'ping' })).error?.code, 'NOT_JOINED');
  });
});
