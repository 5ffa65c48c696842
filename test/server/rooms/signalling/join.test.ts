import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import WebSocket from 'ws';
import { initialParticipantState } from '../../../../src/domain/call/participant.js';
import { protocolVersion, type JoinAnswer } from '../../../../src/protocol/messages.js';
import { earlyJoinProtocols } from '../../../../src/protocol/early-join.js';
import { parseServerMessage } from '../../../../src/protocol/parse-message.js';
import { createCallToken } from '../../../../src/server/auth/call-tokens.js';
import { startServer, testSecret as secret } from '../../harness/test-server.js';
import { server, newRoom, pair, serverWithClock } from './signalling-setup.js';
import { expiredToken } from '../../harness/expired-token.js';

const iceServersIn = (answer: JoinAnswer) => (answer.transport === 'mesh' ? answer.iceServers : []);

describe('Joining', () => {
  it('is answered with the state of the call, and sent to the others', async () => {
    const room = newRoom();
    const a = await server.member('ada', room);
    assert.equal(a.answer.sessionId, room);
    assert.equal(a.answer.self.name, 'Name of ada');
    assert.equal(a.answer.self.connection, 'connected');
    assert.deepEqual(a.answer.participants, []);
    assert.deepEqual(iceServersIn(a.answer), []);
    assert.equal(a.answer.graceMs, 30_000);
    const b = await server.member('bob', room);
    assert.deepEqual(b.answer.participants, [a.answer.self]);
    assert.ok(b.answer.self.order > a.answer.self.order);
    assert.deepEqual((await a.client.receives('participant-joined')).participant, b.answer.self);
    assert.equal(a.answer.serverId, b.answer.serverId);
    assert.deepEqual(await b.client.unread(), [], 'and the newcomer receives nothing twice');
  });

  it('in the handshake leaves no participant behind if the page is closed before it opens', async () => {
    const own = await startServer({ closedGraceMs: 600_000, graceMs: 600_000 });
    const a = await own.member('ada', 'room');
    const protocols = earlyJoinProtocols(await own.token('bob', 'room'), initialParticipantState);
    const socket = new WebSocket(`${own.url.replace('http', 'ws')}/signal`, [...(protocols ?? [])]);
    // The answer is not received: the page is gone.
    socket.on('message', () => socket.terminate());
    const { participant } = await a.client.receives('participant-joined');
    assert.equal((await a.client.receives('participant-left')).participantId, participant.id);
    await own.stop();
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

  it('sends no secrets of the others', async () => {
    const { a, b } = await pair();
    const text = JSON.stringify(b.answer);
    for (const hidden of [a.answer.resume, 'connectionId', 'missed', 'awaitedUntil'])
      assert.ok(!text.includes(hidden), hidden);
  });

  it('gives TURN credentials where TURN is configured', async () => {
    const own = await startServer({ turnUrls: ['turn:t'], turnSecret: secret, stunUrls: 'stun:s' });
    const iceServers = iceServersIn((await own.member('ada')).answer);
    assert.deepEqual(iceServers[0], { urls: ['stun:s'] });
    assert.match(iceServers[1]?.username ?? '', /^\d+:ada$/);
  });

  const signed = (more: object): Promise<string> =>
    createCallToken({ secret, sessionId: 'room', user: { uid: 'ada' }, ...more });
  const refusals: readonly { title: string; join: () => Promise<object>; code: string; closes: number }[] = [
    {
      title: 'an expired token',
      join: async () => ({ token: await expiredToken(signed({}), secret) }),
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
    const { own, clock } = await serverWithClock();
    const silent = await own.connect();
    const { client } = await own.member('ada');
    clock.advance(10_000);
    const { error } = await silent.receives('closing');
    assert.equal(error.code, 'NOT_JOINED');
    assert.equal((await silent.ends()).code, 4408);
    assert.equal(
      (await client.request({ type: 'ping' })).error,
      undefined,
      'a participant who has joined stays',
    );
  });

  it('happens once per connection', async () => {
    const { client, token } = await server.member('ada', newRoom());
    await assert.rejects(client.join(token), { code: 'MESSAGE_MALFORMED' });
    assert.equal((await client.request({ type: 'ping' })).error, undefined);
  });

  it('with one token from two tabs makes two participants, who are apart in everything but their user', async () => {
    const room = newRoom();
    const { client, token, answer, id } = await server.member('ada', room);
    const second = await server.connect();
    const { self, participants } = await second.join(token);
    assert.notEqual(self.id, id);
    assert.deepEqual([self.uid, participants], ['ada', [answer.self]]);
    await client.receives('participant-joined');
    await second.request({ type: 'update', changes: { audioMuted: true } });
    assert.equal((await client.receives('participant-updated')).participantId, self.id);
    await second.request({ type: 'leave' });
    assert.equal((await client.receives('participant-left')).participantId, self.id);
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
