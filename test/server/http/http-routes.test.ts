import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { readCallToken } from '../../../src/protocol/tokens/token-claims.js';
import { createCallServer } from '../../../src/server/call-server.js';
import { signToken } from '../../../src/server/auth/call-tokens.js';
import { CallClient } from '../harness/call-client.js';
import { startServer, testSecret as secret } from '../harness/test-server.js';
import { server, type Body, call, authTokenOf } from './http-setup.js';

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

  it('serves metrics only with the METRICS_TOKEN, where there is one', async () => {
    const metricsToken = 'what only Prometheus and we know, well';
    const own = await startServer({ metricsToken });
    const status = async (authorization?: string): Promise<number> =>
      (await fetch(`${own.url}/metrics`, { headers: authorization ? { authorization } : {} })).status;
    assert.equal(await status(), 401);
    assert.equal(await status(metricsToken), 401);
    assert.equal(await status(`Bearer ${metricsToken.toUpperCase()}`), 401);
    assert.equal(await status(`Bearer ${metricsToken}`), 200);
  });

  it('serves no metrics unless they are public or have a token', async () => {
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
