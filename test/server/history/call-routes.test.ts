import assert from 'node:assert/strict';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { createAuthToken } from '../../../src/server/auth/call-tokens.js';
import { RingClient } from '../harness/ring-client.js';
import { apiKey } from '../harness/server-process.js';
import { startServer, testSecret as secret } from '../harness/test-server.js';
import { server, get } from './history-server.js';

const asUser = async (uid: string) => ({
  authToken: await createAuthToken({ secret, user: { uid, name: uid.toUpperCase() } }),
});

async function meeting(sessionId: string, ...uids: readonly string[]): Promise<void> {
  const members = [];
  for (const uid of uids) members.push(await server.member(uid, sessionId));
  for (const { client } of members) await client.request({ type: 'leave' });
}

describe('Calls over HTTP', () => {
  it('a user sees the calls they were part of, and a backend all', async () => {
    await meeting('standup', 'ada', 'bob');
    await meeting('secret', 'cid');
    const { body } = await get('/calls', await asUser('ada'));
    assert.deepEqual(
      body.data.map(({ sessionId, status, mode, totalParticipants }) => [
        sessionId,
        status,
        mode,
        totalParticipants,
      ]),
      [['standup', 'ended', 'meet', 2]],
    );
    const all = (await get('/calls')).body.data.map(({ sessionId }) => sessionId);
    assert.deepEqual([...all].sort(), ['secret', 'standup']);
    const onBehalf = await get('/calls', { apiKey, onBehalfOf: 'cid' });
    assert.deepEqual(
      onBehalf.body.data.map(({ sessionId }) => sessionId),
      ['secret'],
    );
    assert.equal((await get('/calls/secret', await asUser('ada'))).body.error.code, 'ERR_CALL_NOT_FOUND');
    assert.equal((await get('/calls/secret', await asUser('cid'))).status, 200);
    assert.equal((await get('/calls', {})).body.error.code, 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND');
    assert.equal((await get('/calls', { apiKey: 'wrong' })).body.error.code, 'AUTH_ERR_APIKEY_NOT_FOUND');
  });

  it('a session that is used again has two calls', async () => {
    await meeting('again', 'ada');
    await meeting('again', 'ada');
    const { body } = await get('/calls/again');
    assert.equal(body.data.length, 2);
    assert.notEqual(body.data[0]?.mid, body.data[1]?.mid);
  });

  it('a ringing call and its room are one call', async () => {
    const [ada, bob] = await Promise.all([
      RingClient.hello(server.url, 'eva'),
      RingClient.hello(server.url, 'fin'),
    ]);
    const { call } = await ada.ask('initiate', {
      receiver: { type: 'user', uid: 'fin' },
      ...{ callType: 'audio', key: 'k1', ringMs: 45_000 },
    });
    const { sessionId } = call;
    const missed = async () => (await get(`/calls/${sessionId}`, await asUser('fin'))).body.data[0];
    assert.equal((await missed())?.status, 'initiated');
    await bob.ask('accept', { sessionId });
    const members = [await server.member('eva', sessionId), await server.member('fin', sessionId)];
    for (const { client } of members) await client.request({ type: 'leave' });
    await ada.ask('end', { sessionId });
    const { body } = await get(`/calls/${sessionId}`, await asUser('fin'));
    assert.equal(body.data.length, 1);
    const [{ status, mode, initiator, receiver, participants, data } = {}] = body.data;
    assert.deepEqual(
      { status, mode, initiator, receiver },
      {
        ...{ status: 'ended', mode: 'call', initiator: 'eva', receiver: 'fin' },
      },
    );
    assert.deepEqual(
      (participants as readonly { uid: string; state: string }[]).map(({ uid, state }) => [uid, state]),
      [
        ['eva', 'ended'],
        ['fin', 'ended'],
      ],
    );
    assert.match(JSON.stringify(data), /"name":"EVA"/);
    const incoming = await get('/calls?direction=incoming&mode=call', await asUser('fin'));
    assert.deepEqual(
      incoming.body.data.map((one) => one.sessionId),
      [sessionId],
    );
    ada.close();
    bob.close();
  });

  it('come in pages', async () => {
    for (const name of ['p1', 'p2', 'p3']) await meeting(name, 'gus');
    const first = await get('/calls?perPage=2', await asUser('gus'));
    assert.deepEqual(
      first.body.data.map(({ sessionId }) => sessionId),
      ['p3', 'p2'],
    );
    assert.deepEqual(first.body.meta.pagination, { current_page: 1, per_page: 2, count: 2, total_pages: 2 });
    const second = await get('/calls?limit=2&page=2', await asUser('gus'));
    assert.deepEqual(second.body.meta, {
      pagination: { current_page: 2, per_page: 2, count: 1, total_pages: 2 },
      cursor: { next: null },
    });
    const back = await get('/calls?limit=2&page=1', await asUser('gus'));
    assert.deepEqual(back.body.data, first.body.data);
    assert.deepEqual((await get('/calls?limit=2&page=3', await asUser('gus'))).body.data, []);
    const after = await get(`/calls?cursor=${String(first.body.meta.cursor.next)}`, await asUser('gus'));
    assert.deepEqual(
      after.body.data.map(({ sessionId }) => sessionId),
      ['p1'],
    );
  });

  const wrong: readonly [string, string][] = [
    ['status=lost', 'status'],
    ['type=fax', 'type'],
    ['limit=0', 'limit'],
    ['perPage=101', 'perPage'],
    ['page=x', 'page'],
    ['hasRecording=maybe', 'hasRecording'],
    ['cursor=x', 'cursor'],
    ['colour=red', 'colour'],
    ['direction=incoming', 'direction'],
    ['direction=sideways&uid=ada', 'direction'],
    ['category=party', 'category'],
    ['mode=party', 'mode'],
    ['limit=-1', 'limit'],
    ['limit=2.5', 'limit'],
    ['perPage=0', 'perPage'],
    ['page=0', 'page'],
    [`uid=${'u'.repeat(101)}`, 'uid'],
    [`guid=${'g'.repeat(101)}`, 'guid'],
  ];
  for (const [query, parameter] of wrong)
    it(`a wrong filter is named: ${query}`, async () => {
      const { status, body } = await get(`/calls?${query}`);
      assert.equal(status, 400);
      assert.equal(body.error.code, 'ERR_BAD_REQUEST');
      assert.equal(body.error.details.parameter, parameter);
      assert.ok(body.error.details.problem.length > 10, body.error.details.problem);
    });

  it('filters that SDKs send empty are none', async () => {
    assert.equal((await get('/calls?status=&type=&uid=', await asUser('ada'))).status, 200);
  });

  it('each filter finds its calls', async () => {
    const [kim, lea] = [await RingClient.hello(server.url, 'kim'), await RingClient.hello(server.url, 'lea')];
    const ring = async (key: string, receiver: object, callType: 'audio' | 'video') =>
      (await kim.ask('initiate', { receiver, callType, key, ringMs: 45_000 })).call.sessionId;
    const toLea = { type: 'user', uid: 'lea' };
    const declined = await ring('f1', toLea, 'audio');
    await lea.ask('reject', { sessionId: declined, reason: 'rejected' });
    const busy = await ring('f2', toLea, 'video');
    await lea.ask('reject', { sessionId: busy, reason: 'busy' });
    const cancelled = await ring('f3', toLea, 'video');
    await kim.ask('end', { sessionId: cancelled });
    const team = { type: 'group', guid: 'team-f', name: 'Team', members: ['lea', 'mia'] };
    const group = await ring('f4', team, 'video');
    await lea.ask('accept', { sessionId: group });
    const filmed = await server.member('kim', 'filmed');
    await filmed.client.request({ type: 'update', changes: { recording: true } });
    await filmed.client.request({ type: 'leave' });
    const talk = await server.connect();
    await talk.join(await server.token('kim', 'talk'), { state: { isPresenter: true } });

    const [asKim, asLea] = [await asUser('kim'), await asUser('lea')];
    const all = [declined, busy, cancelled, group, 'filmed', 'talk'];
    const cases: readonly [string, Record<string, string>, readonly string[]][] = [
      ['', asKim, all],
      ['type=audio', asKim, [declined]],
      ['status=rejected', asKim, [declined]],
      ['status=busy', asKim, [busy]],
      ['status=cancelled', asKim, [cancelled]],
      ['status=canceled', asKim, [cancelled]],
      ['status=ongoing', asKim, [group, 'talk']],
      ['status=ended', asKim, ['filmed']],
      ['status=missed', asLea, [cancelled]],
      ['status=missed', asKim, []],
      ['direction=incoming', asLea, [declined, busy, cancelled, group]],
      ['direction=outgoing', asLea, []],
      ['direction=outgoing', asKim, all],
      ['direction=incoming&uid=lea', { apiKey }, [declined, busy, cancelled, group]],
      ['direction=incoming', { apiKey, onBehalfOf: 'lea' }, [declined, busy, cancelled, group]],
      ['category=call', asKim, [declined, busy, cancelled, group]],
      ['mode=presenter', asKim, ['talk']],
      ['category=meet', asKim, ['filmed']],
      ['hasRecording=true', asKim, ['filmed']],
      ['hasRecording=1&type=video', asKim, ['filmed']],
      ['hasRecording=false', asLea, [declined, busy, cancelled, group]],
      ['uid=lea', asKim, [declined, busy, cancelled, group]],
      ['uid=mia', asKim, [group]],
      ['uid=kim', asLea, [declined, busy, cancelled, group]],
      ['guid=team-f', asKim, [group]],
      ['guid=filmed', { apiKey }, ['filmed']],
      ['guid=team-f', await asUser('ada'), []],
      ['uid=kim&status=busy&type=video&category=call', { apiKey }, [busy]],
    ];
    for (const [query, headers, found] of cases) {
      const { status, body } = await get(`/calls?${query}`, headers);
      assert.equal(status, 200, query);
      const got = body.data.map(({ sessionId }) => String(sessionId));
      assert.deepEqual([...got].sort(), [...found].sort(), query);
    }
    kim.close();
    lea.close();
  });

  it('a user is erased by one request', async () => {
    await meeting('farewell', 'hal', 'ada');
    const erased = await fetch(`${server.url}/v3/users/hal/calls`, { method: 'DELETE', headers: { apiKey } });
    assert.deepEqual(await erased.json(), { data: { success: true, uid: 'hal', calls: 1 } });
    assert.deepEqual((await get('/calls', await asUser('hal'))).body.data, []);
    assert.ok(!JSON.stringify((await get('/calls/farewell')).body).includes('hal"'));
    const refused = await fetch(`${server.url}/v3/users/hal/calls`, { method: 'DELETE' });
    assert.equal(refused.status, 401);
  });

  it('without a place for them, there are none, and that is said', async () => {
    const forgetful = await startServer();
    const { status, body } = await get('/calls', await asUser('ada'), forgetful.url);
    assert.deepEqual([status, body.error.code], [501, 'ERR_CALL_HISTORY_OFF']);
  });

  it('a database that takes connections and never answers does not hold up a call either', async () => {
    const silent = createTcpServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const patient = await startServer({ databaseUrl: `postgres://nobody@127.0.0.1:${port}/none`, apiKey });
    for (let at = 0; at < 20; at++) {
      const { client, answer } = await patient.member(`u${at}`, `silent-${at}`);
      assert.equal(answer.sessionId, `silent-${at}`);
      await client.request({ type: 'leave' });
    }
    await patient.stop();
    silent.close();
  });

  it('a database that does not answer does not hold up a call', async () => {
    const lonely = await startServer({ databaseUrl: 'postgres://nobody@127.0.0.1:9/none', apiKey });
    const { answer } = await lonely.member('ada');
    assert.equal(answer.sessionId, 'room');
    const { status, body } = await get('/calls', { apiKey }, lonely.url);
    assert.deepEqual([status, body.error.code], [503, 'ERR_CALL_HISTORY_UNAVAILABLE']);
  });
});
