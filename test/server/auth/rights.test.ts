import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock, type Clock } from '../../../src/server/limits/deadline-queue.js';
import { createAuthToken, createCallToken } from '../../../src/server/auth/call-tokens.js';
import type { Authorize } from '../../../src/server/auth/authorization.js';
import { startServer, testSecret as secret, type TestServer } from '../harness/test-server.js';

const minute = 60_000;

/** The system's clock, which can be put forward. */
class SetClock implements Clock {
  #ahead = 0;

  now(): number {
    return Date.now() + this.#ahead;
  }

  after(ms: number, run: () => void): () => void {
    return systemClock.after(ms, run);
  }

  putForward(ms: number): void {
    this.#ahead += ms;
  }
}

/** A server, its clock, and a member whose token is valid for ten minutes. */
async function scene(options: Parameters<typeof startServer>[0] = {}) {
  const clock = new SetClock();
  const server = await startServer({ clock, ...options });
  const token = await createCallToken({ secret, sessionId: 'room', user: { uid: 'ada' }, expiresIn: 600 });
  const client = await server.connect();
  const { resume, self } = await client.join(token);
  const join = async (given: string, more: { resume?: string } = {}, on: TestServer = server) =>
    (await on.connect()).join(given, more);
  return { clock, server, token, client, resume, id: self.id, join };
}

describe('A place in a call', () => {
  it('is given up by leaving: its secret is worth nothing then, whatever the token', async () => {
    const { clock, client, token, resume, join } = await scene();
    await client.request({ type: 'leave' });
    await assert.rejects(join(token, { resume }), { code: 'RESUME_REFUSED' });
    clock.putForward(10 * minute);
    await assert.rejects(join(token, { resume }), { code: 'TOKEN_EXPIRED' });
    clock.putForward(24 * 60 * minute);
    await assert.rejects(join(token, { resume }), { code: 'TOKEN_EXPIRED' });
  });

  it('is gone with the call that was ended for all, long after it too', async () => {
    const { clock, server, client, token, resume, join } = await scene({ graceMs: 20 });
    const bob = await server.member('bob');
    client.socket.terminate();
    await bob.client.receives('participant-left');
    await bob.client.request({ type: 'end-session' });
    clock.putForward(9 * minute);
    // The next call of that name does not make the end forgotten.
    await server.member('cyd');
    await assert.rejects(join(token, { resume }), { code: 'SESSION_ENDED' });
    clock.putForward(10 * minute);
    await assert.rejects(join(token, { resume }), { code: 'SESSION_ENDED' });
  });

  it('is kept by those who hold it, longer than their token is valid', async () => {
    const { clock, client, token, resume, id, join } = await scene();
    clock.putForward(3 * 60 * minute);
    client.socket.terminate();
    const again = await join(token, { resume });
    assert.equal(again.self.id, id);
    assert.equal((await join(token, { resume: again.resume })).self.id, id);
    await assert.rejects(join(token), { code: 'TOKEN_EXPIRED' });
  });
});

describe('A token that has expired just now', () => {
  it('lets in who could not know: the clocks of two machines differ', async () => {
    const { clock, join } = await scene();
    const other = await createCallToken({ secret, sessionId: 'room', user: { uid: 'bob' }, expiresIn: 600 });
    clock.putForward(10 * minute + 30_000);
    assert.equal((await join(other)).self.uid, 'bob');
    clock.putForward(minute);
    await assert.rejects(join(other), { code: 'TOKEN_EXPIRED' });
  });

  it('does not let in again who came before', async () => {
    const { clock, client, token, join } = await scene();
    await client.request({ type: 'leave' });
    assert.ok(await join(token), 'as long as it is valid');
    clock.putForward(10 * minute + 2000);
    await assert.rejects(join(token), { code: 'TOKEN_EXPIRED' });
  });
});

describe('After a restart, which forgets who is in a call', () => {
  async function restarted(beforeIt: (members: Awaited<ReturnType<typeof scene>>) => Promise<string>) {
    const members = await scene();
    const resume = await beforeIt(members);
    const { port } = members.server.server;
    await members.server.stop();
    const next = await startServer({ clock: members.clock, port });
    return { ...members, back: () => members.join(members.token, { resume }, next) };
  }

  it('a valid token brings back to the same place', async () => {
    const { back, id } = await restarted(async ({ resume }) => resume);
    assert.equal((await back()).self.id, id);
  });

  it('a participant who was in it just before comes back with an expired token too', async () => {
    const { back, id } = await restarted(async ({ client, clock }) => {
      assert.equal((await client.request({ type: 'ping' })).answer, undefined, 'not needed yet');
      clock.putForward(2 * 60 * minute);
      const { answer } = await client.request({ type: 'ping' });
      return (answer as { resume: string }).resume;
    });
    assert.equal((await back()).self.id, id);
  });

  it('a participant who had left before it does not', async () => {
    const { back } = await restarted(async ({ client, clock, resume }) => {
      await client.request({ type: 'leave' });
      clock.putForward(2 * 60 * minute);
      return resume;
    });
    await assert.rejects(back(), { code: 'TOKEN_EXPIRED' });
  });
});

describe('The limit of calls per user', () => {
  it('holds for joins at the same time', async () => {
    const server = await startServer({ sessionsPerUser: 2 });
    const clients = await Promise.all(Array.from({ length: 8 }, () => server.connect()));
    const joins = clients.map(async (client, index) =>
      client.join(await server.token('ada', `room${index}`)),
    );
    const outcomes = await Promise.allSettled(joins);
    const refused = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    assert.deepEqual(
      refused.map(({ reason }) => (reason as { code: string }).code),
      Array(6).fill('TOO_MANY_SESSIONS'),
    );
  });
});

describe('A page that is loaded again and again', () => {
  it('does not use up the calls of its user, and its held places are no way around the limit', async () => {
    const server = await startServer({ sessionsPerUser: 1 });
    const watcher = await server.member('bob');
    const resumes: string[] = [];
    for (let load = 0; load < 4; load += 1) {
      const { client, answer } = await server.member('ada');
      resumes.push(answer.resume);
      client.socket.terminate();
      await watcher.client.receives('participant-updated');
    }
    const back = async (resume = '') => (await server.connect()).join(await server.token('ada'), { resume });
    assert.ok(await back(resumes[0]));
    await assert.rejects(back(resumes[1]), { code: 'TOO_MANY_SESSIONS' });
  });
});

describe('What members may do', () => {
  const withRole = async (server: TestServer, uid: string, role?: string) => {
    const token = await createCallToken({ secret, sessionId: 'room', user: { uid, role } });
    const client = await server.connect();
    const { self } = await client.join(token);
    return { client, id: self.id };
  };
  const mute = (participantId: string) =>
    ({ type: 'mute-participant', participantId, source: 'microphone' }) as const;

  for (const role of [undefined, 'default', 'moderator'])
    it(`everything, with ${role ?? 'no role'}`, async () => {
      const server = await startServer();
      const bob = await withRole(server, 'bob');
      const ada = await withRole(server, 'ada', role);
      assert.equal((await ada.client.request(mute(bob.id))).error, undefined);
      assert.equal((await ada.client.request({ type: 'end-session' })).error, undefined);
      assert.equal((await bob.client.receives('closing')).error.code, 'SESSION_ENDED');
    });

  for (const role of ['participant', 'guest'])
    it(`is not to mute others or to end the call for all, with the role ${role}`, async () => {
      const server = await startServer();
      const bob = await withRole(server, 'bob');
      const ada = await withRole(server, 'ada', role);
      for (const request of [mute(bob.id), { type: 'end-session' } as const]) {
        const { code, details } = await ada.client.rejected(request);
        assert.deepEqual([code, details], ['NOT_ALLOWED', { action: request.type }]);
      }
      assert.equal((await ada.client.request(mute(ada.id))).error, undefined, 'oneself always');
      assert.equal((await ada.client.request({ type: 'leave' })).error, undefined);
      assert.deepEqual((await bob.client.unread()).map(({ type }) => type).slice(0, 1), [
        'participant-joined',
      ]);
      assert.equal(bob.client.closed, null);
    });

  it('a client cannot give itself a role: roles are not sent to the others, and not taken from a message', async () => {
    const server = await startServer();
    const bob = await withRole(server, 'bob', 'guest');
    const ada = await withRole(server, 'ada', 'moderator');
    assert.ok(!JSON.stringify(await bob.client.receives('participant-joined')).includes('moderator'));
    await bob.client.request({ type: 'update', changes: { role: 'moderator' } as object });
    assert.equal((await bob.client.rejected(mute(ada.id))).code, 'NOT_ALLOWED');
  });

  it('is decided by the application, where it decides', async () => {
    const asked: Parameters<Authorize>[0][] = [];
    const server = await startServer({
      apiKey: 'an API key for tests, of enough bytes',
      authorize: (request) => {
        asked.push(request);
        if (request.action === 'join') return request.sessionId === 'room';
        return request.action === 'end-session' ? false : undefined;
      },
    });
    const bob = await withRole(server, 'bob');
    const ada = await withRole(server, 'ada', 'host');
    assert.equal((await ada.client.rejected(mute(bob.id))).code, 'NOT_ALLOWED', 'undecided: by role');
    assert.equal((await bob.client.rejected({ type: 'end-session' })).code, 'NOT_ALLOWED');
    assert.deepEqual(
      asked.find(({ action }) => action === 'mute-participant'),
      {
        action: 'mute-participant',
        user: { uid: 'ada', name: 'ada', avatar: '', role: 'host' },
        sessionId: 'room',
        targets: ['bob'],
      },
    );
    const elsewhere = await server.connect();
    await assert.rejects(elsewhere.join(await server.token('eve', 'another')), { code: 'NOT_ALLOWED' });
    assert.equal((await elsewhere.ends()).code, 4403);
    const response = await fetch(`${server.url}/v3.0/call_tokens`, {
      method: 'POST',
      headers: { authToken: await createAuthToken({ secret, user: { uid: 'eve' } }) },
      body: JSON.stringify({ sessionId: 'another' }),
    });
    const { error } = (await response.json()) as { error: { code: string } };
    assert.deepEqual([response.status, error.code], [403, 'ERR_NOT_ALLOWED'], 'nor is there a token for it');
  });

  it('is nothing, where the application fails', async () => {
    const events: string[] = [];
    const server = await startServer({
      log: (_, event) => void events.push(event),
      authorize: () => Promise.reject(new Error('The database is away.')),
    });
    const client = await server.connect();
    await assert.rejects(client.join(await server.token('ada')), { code: 'NOT_ALLOWED' });
    assert.ok(events.includes('authorize failed'));
  });
});
