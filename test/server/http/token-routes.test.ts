import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import { readCallToken } from '../../../src/protocol/tokens/token-claims.js';
import { createAuthToken, createCallToken } from '../../../src/server/auth/call-tokens.js';
import { startServer, testSecret as secret } from '../harness/test-server.js';
import { apiKey, server, type Body, type Answer, call, authTokenOf } from './http-setup.js';
import { expiredToken } from '../harness/expired-token.js';

/** A POST whose body is sent in pieces, without a `content-length`. */
function unsized(path: string, headers: Record<string, string>, pieces: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(server.url + path, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: new Headers(), body: JSON.parse(text) as Body }),
      );
    });
    sent.on('error', reject);
    sent.flushHeaders();
    for (const piece of pieces) sent.write(piece);
    sent.end();
  });
}

describe('Tokens over HTTP', () => {
  it('are given for a body that does not say how long it is', async () => {
    const authToken = await authTokenOf('ada');
    const { status, body } = await unsized('/v3.0/call_tokens', { authToken }, [
      '{"session',
      'Id":"standup"}',
    ]);
    assert.equal(status, 200);
    assert.equal(readCallToken(body.data.token)?.data.sessionId, 'standup');
  });

  it('lead from the API key to an auth token to a call token to a call', async () => {
    const authToken = await authTokenOf('ada', { name: 'Ada', avatar: 'https://example.com/a.png' });
    const { status, body } = await call('POST', '/v3.0/call_tokens', { authToken }, { sessionId: 'room' });
    assert.equal(status, 200);
    const claims = readCallToken(body.data.token);
    assert.deepEqual(claims?.data, {
      sessionId: 'room',
      user: { uid: 'ada', name: 'Ada', avatar: 'https://example.com/a.png' },
    });
    assert.equal(claims?.iss, server.url);
    const client = await server.connect();
    assert.equal((await client.join(body.data.token)).self.name, 'Ada');
  });

  it('carry the name last given', async () => {
    const early = await authTokenOf('bob', { name: 'Bob' });
    await authTokenOf('bob', { name: 'Robert' });
    const { body } = await call('POST', '/v3.0/call_tokens', { authToken: early }, { sessionId: 'room' });
    assert.equal(body.data.user.name, 'Robert');
    const again = await call('POST', '/v3/users/bob/auth_tokens', { apiKey });
    assert.equal(again.body.data.name, 'Robert', 'also when no name is given anew');
  });

  it('say whose they are, as last named', async () => {
    const authToken = await authTokenOf('mia', { name: 'Mia', avatar: 'https://example.com/mia.png' });
    const { body } = await call('GET', '/v3.0/me', { authToken });
    assert.deepEqual(body.data, { uid: 'mia', name: 'Mia', avatar: 'https://example.com/mia.png' });
    const refused = await call('GET', '/v3.0/me', { authToken: `${authToken}x` });
    assert.deepEqual([refused.status, refused.body.error.code], [401, 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND']);
  });

  it('can be looked at, in the shape CometChat’s SDK expects', async () => {
    const token = await server.token('ada', 'room');
    const { body } = await call('GET', '/v3.0/call_tokens', { callToken: token });
    const { settings, payload } = body.data;
    assert.deepEqual(Object.keys(settings).sort(), [
      'ANALYTICS_HOST',
      'ANALYTICS_VERSION',
      'PRESENTER_MODE_ENABLED',
      'WEBRTC_HOST',
    ]);
    assert.equal(settings.PRESENTER_MODE_ENABLED, true);
    assert.equal(settings.WEBRTC_HOST, new URL(server.url).host);
    assert.equal(payload.data.sessionId, 'room');
    assert.equal(payload.data.user.uid, 'ada');
    assert.ok('appId' in payload.data && 'region' in payload.data);
  });

  const auth = (): Promise<string> => createAuthToken({ secret, user: { uid: 'ada' } });
  const refusals: readonly {
    title: string;
    ask: () => Promise<Answer>;
    status: number;
    code: string;
    inner?: string;
  }[] = [
    {
      title: 'no API key',
      ask: () => call('POST', '/v3/users/ada/auth_tokens'),
      status: 401,
      code: 'AUTH_ERR_EMPTY_APIKEY',
    },
    {
      title: 'a wrong API key',
      ask: () => call('POST', '/v3/users/ada/auth_tokens', { apiKey: 'x' }),
      status: 401,
      code: 'AUTH_ERR_APIKEY_NOT_FOUND',
    },
    {
      title: 'a wrong API key of the right length',
      ask: () => call('POST', '/v3/users/ada/auth_tokens', { apiKey: apiKey.replace('A', 'B') }),
      status: 401,
      code: 'AUTH_ERR_APIKEY_NOT_FOUND',
    },
    {
      title: 'a uid with a space',
      ask: () => call('POST', '/v3/users/a%20b/auth_tokens', { apiKey }),
      status: 400,
      code: 'ERR_UID_INVALID',
    },
    {
      title: 'a uid too long',
      ask: () => call('POST', `/v3/users/${'a'.repeat(101)}/auth_tokens`, { apiKey }),
      status: 400,
      code: 'ERR_UID_INVALID',
    },
    {
      title: 'a name that is no text',
      ask: () => call('POST', '/v3/users/ada/auth_tokens', { apiKey }, { name: 1 }),
      status: 400,
      code: 'ERR_BAD_REQUEST',
    },
    {
      title: 'no auth token',
      ask: () => call('POST', '/v3.0/call_tokens', {}, { sessionId: 's' }),
      status: 401,
      code: 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND',
      inner: 'TOKEN_MISSING',
    },
    {
      title: 'a call token for an auth token',
      ask: async () =>
        call('POST', '/v3.0/call_tokens', { authToken: await server.token('ada') }, { sessionId: 's' }),
      status: 401,
      code: 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND',
      inner: 'TOKEN_AUDIENCE_INVALID',
    },
    {
      title: 'no session id',
      ask: async () => call('POST', '/v3.0/call_tokens', { authToken: await auth() }, {}),
      status: 400,
      code: 'ERR_SESSION_ID_MISSING',
    },
    {
      title: 'no body',
      ask: async () => call('POST', '/v3.0/call_tokens', { authToken: await auth() }),
      status: 400,
      code: 'ERR_SESSION_ID_MISSING',
    },
    {
      title: 'an empty session id',
      ask: async () => call('POST', '/v3.0/call_tokens', { authToken: await auth() }, { sessionId: ' ' }),
      status: 400,
      code: 'ERR_SESSION_ID_MISSING',
    },
    {
      title: 'a body that is no JSON',
      ask: async () => call('POST', '/v3.0/call_tokens', { authToken: await auth() }, '{'),
      status: 400,
      code: 'ERR_BAD_REQUEST',
    },
    {
      title: 'a body that is no object',
      ask: async () => call('POST', '/v3.0/call_tokens', { authToken: await auth() }, 'null'),
      status: 400,
      code: 'ERR_BAD_REQUEST',
    },
    {
      title: 'too large a body',
      ask: async () => call('POST', '/v3.0/call_tokens', { authToken: await auth() }, 'x'.repeat(70_000)),
      status: 413,
      code: 'ERR_PAYLOAD_TOO_LARGE',
    },
    {
      title: 'too large a body that does not say how long it is',
      ask: async () =>
        unsized('/v3.0/call_tokens', { authToken: await auth() }, [
          '{"sessionId":"',
          'x'.repeat(70_000),
          '"}',
        ]),
      status: 413,
      code: 'ERR_PAYLOAD_TOO_LARGE',
    },
    {
      title: 'no body, nor its length',
      ask: async () => unsized('/v3.0/call_tokens', { authToken: await auth() }, []),
      status: 400,
      code: 'ERR_SESSION_ID_MISSING',
    },
    {
      title: 'no call token',
      ask: () => call('GET', '/v3.0/call_tokens'),
      status: 401,
      code: 'AUTH_ERR_CALL_TOKEN_NOT_FOUND',
      inner: 'TOKEN_MISSING',
    },
    {
      title: 'an expired call token',
      ask: async () =>
        call('GET', '/v3.0/call_tokens', {
          callToken: await expiredToken(
            createCallToken({ secret, sessionId: 's', user: { uid: 'a' } }),
            secret,
          ),
        }),
      status: 401,
      code: 'AUTH_ERR_CALL_TOKEN_NOT_FOUND',
      inner: 'TOKEN_EXPIRED',
    },
    {
      title: 'a route that is not there',
      ask: () => call('GET', '/v3.0/nothing'),
      status: 404,
      code: 'ERR_NOT_FOUND',
    },
    {
      title: 'the demo’s tokens outside of development',
      ask: () => call('POST', '/dev/call_tokens', {}, { sessionId: 's', name: 'N' }),
      status: 404,
      code: 'ERR_NOT_FOUND',
    },
  ];
  for (const { title, ask, status, code, inner } of refusals)
    it(`are refused for ${title}: ${code}`, async () => {
      const answer = await ask();
      assert.equal(answer.status, status);
      assert.equal(answer.body.error.code, code);
      assert.ok(answer.body.error.message.length > 20, 'and it says what to do');
      if (inner !== undefined) assert.equal(answer.body.error.details.code, inner);
    });

  it('may be asked for by pages of any origin', async () => {
    const preflight = await fetch(`${server.url}/v3.0/call_tokens`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authtoken,content-type',
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
    const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase() ?? '';
    for (const header of ['authtoken', 'calltoken', 'apikey', 'content-type'])
      assert.ok(allowed.includes(header), header);
    const refused = await call('GET', '/v3.0/call_tokens', { origin: 'https://app.example' });
    assert.equal(refused.headers.get('access-control-allow-origin'), '*', 'also for a refusal');
  });

  it('name the public URL as issuer', async () => {
    const other = await startServer({ apiKey, publicUrls: ['https://calls.example'] });
    const token = await createAuthToken({ secret, user: { uid: 'ada' } });
    const response = await fetch(`${other.url}/v3.0/call_tokens`, {
      method: 'POST',
      headers: { authToken: token },
      body: '{"sessionId":"s"}',
    });
    const { data } = (await response.json()) as Body;
    assert.equal(readCallToken(data.token).iss, 'https://calls.example');
  });
});
