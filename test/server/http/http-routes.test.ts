import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { readCallToken } from '../../../src/protocol/token-claims.js';
import { createCallServer } from '../../../src/server/call-server.js';
import { createAuthToken, createCallToken, signToken } from '../../../src/server/auth/call-tokens.js';
import { CallClient } from '../harness/call-client.js';
import { startServer, testSecret as secret, type TestServer } from '../harness/test-server.js';

const apiKey = 'an API key for tests, of enough bytes';
let server: TestServer;
before(async () => (server = await startServer({ apiKey })));

/** What is read of the answers; each test looks at its own part. */
interface Body {
  readonly status?: string;
  readonly data: {
    readonly token: string;
    readonly authToken: string;
    readonly name: string;
    readonly user: { readonly name: string };
    readonly settings: Readonly<Record<string, unknown>>;
    readonly payload: {
      readonly data: { readonly sessionId: string; readonly user: { readonly uid: string } };
    };
  };
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: { readonly code: string };
  };
}

interface Answer {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

async function call(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

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

const authTokenOf = async (uid: string, body?: object): Promise<string> =>
  (await call('POST', `/v3/users/${uid}/auth_tokens`, { apiKey }, body)).body.data.authToken;

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
          callToken: await createCallToken({ secret, sessionId: 's', user: { uid: 'a' }, expiresIn: -69 }),
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

describe('The server over HTTP', () => {
  it('is healthy', async () => assert.deepEqual((await call('GET', '/healthz')).body, { status: 'ok' }));

  it('counts connections, rooms, participants, messages and failures', async () => {
    const own = await startServer({ metricsOpen: true });
    await own.member('ada');
    await own.member('bob');
    const text = await (await fetch(`${own.url}/metrics`)).text();
    for (const line of [
      'cometchat_connections 2',
      'cometchat_rooms 1',
      'cometchat_participants 2',
      'cometchat_messages_total{type="join"} 2',
    ])
      assert.ok(text.includes(line), line);
    assert.ok(!/ada|bob/.test(text));
  });

  it('tells what it counts to nobody without the METRICS_TOKEN, where there is one', async () => {
    const metricsToken = 'what only Prometheus and we know, well';
    const own = await startServer({ metricsToken });
    const status = async (authorization?: string): Promise<number> =>
      (await fetch(`${own.url}/metrics`, { headers: authorization ? { authorization } : {} })).status;
    assert.equal(await status(), 401);
    assert.equal(await status(metricsToken), 401);
    assert.equal(await status(`Bearer ${metricsToken.toUpperCase()}`), 401);
    assert.equal(await status(`Bearer ${metricsToken}`), 200);
  });

  it('tells it to nobody unless it is opened or given a token', async () => {
    const asked = async (options: object): Promise<[number, string]> => {
      const response = await fetch(`${(await startServer(options)).url}/metrics`);
      return [response.status, await response.text()];
    };
    const [status, text] = await asked({});
    assert.equal(status, 401);
    assert.match(text, /METRICS_TOKEN.*METRICS_OPEN/);
    assert.equal((await asked({ metricsOpen: '1' }))[0], 200);
    assert.equal((await asked({ dev: true }))[0], 200);
  });

  it('lets pages of any origin see that it is there', async () => {
    const { headers } = await call('GET', '/healthz', { origin: 'https://elsewhere.example' });
    assert.equal(headers.get('access-control-allow-origin'), '*');
  });

  it('takes users as backends have them: null, empty, numbers for sessions, pictures of any length', async () => {
    const body = { name: null, avatar: `https://example.com/${'a'.repeat(5000)}` };
    const authToken = await authTokenOf('zoe', body);
    const { status, body: answer } = await call(
      'POST',
      '/v3.0/call_tokens',
      { authToken },
      { sessionId: 17 },
    );
    assert.equal(status, 200);
    const { data } = readCallToken(answer.data.token);
    assert.deepEqual(data, { sessionId: '17', user: { uid: 'zoe', name: 'zoe', avatar: '' } });
  });

  it('takes a user whose picture is a whole file', async () => {
    const avatar = `data:image/png;base64,${'A'.repeat(1_000_000)}`;
    const authToken = await authTokenOf('pia', { name: 'Pia', avatar });
    const { body } = await call('GET', '/v3/me', { authToken });
    assert.deepEqual(body.data, { uid: 'pia', name: 'Pia', avatar: '' });
  });

  it('reads tokens of 200 kB in a header, and says what is wrong with longer headers', async () => {
    const data = { sessionId: 's', user: { uid: 'ada', name: 'Ada', avatar: `data:${'A'.repeat(150_000)}` } };
    const callToken = await signToken({ data }, { secret, audience: 'cometchat-call', expiresIn: '1h' });
    assert.equal((await call('GET', '/v3.0/call_tokens', { callToken })).status, 200);
    for (const length of [300_000, 1_400_000]) {
      const { status, headers, body } = await call('GET', '/v3.0/call_tokens', {
        callToken: 'x'.repeat(length),
      });
      assert.deepEqual([status, body.error.code], [431, 'ERR_HEADERS_TOO_LARGE']);
      assert.equal(headers.get('access-control-allow-origin'), '*');
    }
  });

  it('answers what is no request in the same form', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.end('nonsense\r\n\r\n');
    const answer = await text(socket);
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
    assert.match(answer, /"code":"ERR_BAD_REQUEST"/);
  });

  it('limits the requests of one address', async () => {
    const own = await startServer({ requestsPerAddress: 3 });
    const statuses: number[] = [];
    for (let round = 0; round < 4; round += 1)
      statuses.push((await fetch(`${own.url}/v3.0/call_tokens`)).status);
    assert.deepEqual(statuses, [401, 401, 401, 429]);
    assert.equal((await fetch(`${own.url}/healthz`)).status, 200, 'but stays healthy');
  });

  it('gives the demo its tokens in development mode', async () => {
    const own = await startServer({ dev: true });
    const response = await fetch(`${own.url}/dev/call_tokens`, {
      method: 'POST',
      body: '{"sessionId":"s","name":"Ada"}',
    });
    const { data } = (await response.json()) as Body;
    const claims = readCallToken(data.token);
    assert.equal(claims.data.user.name, 'Ada');
    assert.ok(claims?.data.user.uid);
    assert.equal(claims?.iss, own.url);
    assert.equal(
      (await fetch(`${own.url}/dev/call_tokens`, { method: 'POST', body: '{"sessionId":"s"}' })).status,
      400,
    );
  });

  it('serves beside an application on the application’s own server', async () => {
    const app = createServer((_, response) => response.end('the application'));
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    after(() => app.close());
    const calls = createCallServer({ secret, logLevel: 'silent' });
    calls.attach(app);
    const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
    assert.equal(await (await fetch(`${url}/`)).text(), 'the application');
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    const client = await CallClient.connect(url);
    assert.equal((await client.join(await server.token('ada'))).self.uid, 'ada');
    await calls.close();
    assert.equal((await client.ends()).code, 4503);
    assert.equal(await (await fetch(`${url}/healthz`)).text(), 'the application', 'and leaves no trace');
  });

  it('says which port is in use', async () => {
    const second = createCallServer({
      secret,
      port: server.server.port,
      host: '127.0.0.1',
      logLevel: 'silent',
    });
    await assert.rejects(second.listen(), /is in use/);
  });
});
