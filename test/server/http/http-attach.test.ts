import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { after, describe, it } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { createCallServer, type AttachOptions } from '../../../src/server/call-server.js';
import { testSecret as secret } from '../harness/test-server.js';

type Log = readonly [level: string, event: string, fields: unknown];

const ends: (() => unknown)[] = [];
after(() => Promise.all(ends.map((end) => end())));

const application: RequestListener = ({ url }, response) => {
  response.setHeader('x-by', 'application');
  response.end(`application: ${url}`);
};

interface World {
  readonly server: Server;
  readonly url: string;
  readonly logs: Log[];
  readonly close: () => Promise<void>;
  readonly ask: (
    path: string,
    init?: RequestInit,
  ) => Promise<{ readonly status: number; readonly text: string }>;
}

/** An HTTP server with a call server; `parts` are attached in their order. */
async function world(
  parts: readonly ('calls' | 'application')[],
  { attach, options = {} }: { attach?: AttachOptions; options?: object } = {},
): Promise<World> {
  const server = createServer();
  const logs: Log[] = [];
  const calls = createCallServer({
    ...{ secret, ...options },
    log: (level, event, fields) => void logs.push([level, event, fields]),
  });
  for (const part of parts)
    if (part === 'calls') calls.attach(server, attach);
    else server.on('request', application);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ends.push(async () => {
    await calls.close();
    server.closeAllConnections();
    server.close();
  });
  const ask: World['ask'] = async (path, init) => {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, text: await response.text() };
  };
  return { server, url, logs, close: () => calls.close(), ask };
}

/** Speaks HTTP by hand; resolves with the connection and, once it has come, the answer. */
async function upgrade(
  { url, server }: World,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly client: Socket; readonly accepted: Socket; readonly answer: string }> {
  const accepting = once(server, 'connection') as Promise<[Socket]>;
  const client = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  ends.push(() => client.destroy());
  client.on('error', () => undefined);
  const all = { Host: 'x', Connection: 'Upgrade', Upgrade: 'websocket', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  client.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const [accepted] = await accepting;
  let answer = '';
  for await (const chunk of client.iterator({ destroyOnReturn: false })) {
    answer += String(chunk);
    if (answer.includes('\r\n\r\n')) break;
  }
  return { client, accepted, answer };
}

const handshake = { 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version': '13' };

describe('Beside an application, the call server', () => {
  it('says what is wrong with a token that is too long for the headers of the application', async () => {
    const { url } = await world(['calls', 'application']);
    const response = await fetch(`${url}/v3.0/call_tokens`, { headers: { callToken: 'x'.repeat(20_000) } });
    const { error } = (await response.json()) as { readonly error: { readonly code: string } };
    const origin = response.headers.get('access-control-allow-origin');
    assert.deepEqual([response.status, error.code, origin], [431, 'ERR_HEADERS_TOO_LARGE', '*']);
  });

  it('is found although a proxy doubles the slash, as nginx does by proxy_pass with one', async () => {
    const { url, ask } = await world(['calls', 'application']);
    const socket = new WebSocket(`${url.replace('http', 'ws')}//signal`);
    await once(socket, 'open');
    socket.terminate();
    const { text } = await ask('//v3.0/call_tokens');
    assert.match(text, /AUTH_ERR/);
    assert.deepEqual(await ask('//v3.0'), { status: 200, text: 'application: //v3.0' });
  });

  it('leaves faulty requests to an application that answers them', async () => {
    const { url, server } = await world(['calls', 'application']);
    server.on('clientError', (_, socket) => socket.end('HTTP/1.1 418 Mine\r\nContent-Length: 0\r\n\r\n'));
    const { status } = await fetch(`${url}/`, { headers: { callToken: 'x'.repeat(20_000) } });
    assert.equal(status, 418);
  });

  for (const order of [
    ['application', 'calls'],
    ['calls', 'application'],
  ] as const) {
    const title = `${order[0]} first`;

    it(`answers its own routes and no others: ${title}`, async () => {
      const { ask } = await world(order);
      for (const path of [
        '/',
        '/healthz',
        '/metrics',
        '/v3/orders',
        '/v3.0/x',
        '/dev/users',
        '/v3/users/ada',
      ])
        assert.deepEqual(await ask(path), { status: 200, text: `application: ${path}` });
      for (const path of ['/v3.0/call_tokens', '/v3/call_tokens?a=b', '/v3.0/me'])
        assert.equal((await ask(path)).status, 401, path);
      const minting = await ask('/v3/users/a%20b/auth_tokens', { method: 'POST' });
      assert.match(minting.text, /AUTH_ERR_EMPTY_APIKEY/);
    });

    it(`is below its base path only: ${title}`, async () => {
      const { ask, url } = await world(order, {
        attach: { basePath: '/calls/' },
        options: { metricsOpen: true },
      });
      assert.equal((await ask('/calls/healthz')).status, 200);
      assert.match((await ask('/calls/metrics')).text, /^# HELP/);
      assert.equal((await ask('/calls/v3.0/call_tokens')).status, 401);
      for (const path of ['/v3.0/call_tokens', '/calls/x', '/calls', '/callsx/healthz', '/healthz'])
        assert.equal((await ask(path)).text, `application: ${path}`);
      const socket = new WebSocket(`${url.replace('http', 'ws')}/calls/signal`);
      await once(socket, 'open');
      socket.terminate();
    });
  }

  it('names itself with its base path in tokens', async () => {
    const { ask, url } = await world(['calls'], { attach: { basePath: 'calls' }, options: { dev: true } });
    const body = JSON.stringify({ sessionId: 's', name: 'Ada' });
    const { text } = await ask('/calls/dev/call_tokens', { method: 'POST', body });
    const { token } = (JSON.parse(text) as { data: { token: string } }).data;
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      iss: string;
    };
    assert.equal(claims.iss, `${url}/calls`);
    const checked = await ask('/calls/v3.0/call_tokens', { headers: { callToken: token } });
    assert.equal(checked.status, 200);
  });

  it('finds its paths below those of its public URLs, and without them', async () => {
    const options = { publicUrls: ['https://x.example/calls'] };
    const { ask } = await world(['application', 'calls'], { options });
    assert.equal((await ask('/calls/healthz')).status, 200);
    assert.equal((await ask('/calls/v3.0/me')).status, 401);
    assert.equal((await ask('/v3.0/me')).status, 401);
    assert.equal((await ask('/calls/other')).text, 'application: /calls/other');
  });

  for (const first of ['calls', 'other'])
    it(`leaves other WebSocket servers theirs: ${first} first`, async () => {
      const server = createServer();
      const calls = createCallServer({ secret, logLevel: 'silent' });
      if (first === 'calls') calls.attach(server);
      const other = new WebSocketServer({ server, path: '/other' });
      other.on('connection', (socket) => socket.send('from the other'));
      if (first === 'other') calls.attach(server);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      ends.push(
        () => (other.close(), calls.close()),
        () => server.close(),
      );
      const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const signal = new WebSocket(`${url}/signal`);
      await once(signal, 'open');
      const socket = new WebSocket(`${url}/other`);
      const [data] = (await once(socket, 'message')) as [Buffer];
      assert.equal(data.toString(), 'from the other');
      signal.terminate();
      socket.terminate();
    });

  it('serves a request that only offers another protocol as a plain one', async () => {
    const there = await world(['application', 'calls']);
    const { answer } = await upgrade(there, '/page', { Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABk' });
    assert.match(answer, /^HTTP\/1.1 200 OK/);
    const own = await upgrade(there, '/v3.0/me', { Upgrade: 'h2c' });
    assert.match(own.answer, /^HTTP\/1.1 401/);
  });

  it('leaves nothing behind when it is closed', async () => {
    const there = await world(['application', 'calls']);
    await there.close();
    assert.equal(there.server.listenerCount('upgrade'), 0);
    assert.equal(there.server.listenerCount('request'), 1);
    assert.equal(Object.hasOwn(there.server, 'emit'), false);
    assert.equal((await there.ask('/v3.0/me')).text, 'application: /v3.0/me');
  });

  it('is attached once, however often that is asked', async () => {
    const server = createServer();
    const calls = createCallServer({ secret, logLevel: 'silent' });
    calls.attach(server);
    const detach = calls.attach(server, { basePath: '/calls' });
    assert.equal(server.listenerCount('upgrade'), 1);
    detach();
    assert.equal(server.listenerCount('upgrade'), 0);
    assert.equal(Object.hasOwn(server, 'emit'), false);
    await calls.close();
  });
});

describe('An upgrade that is refused', () => {
  it('is answered, and destroyed although the client keeps its half open', async () => {
    const { accepted, answer } = await upgrade(await world(['calls']), '/no-such-path', handshake);
    assert.match(answer, /^HTTP\/1.1 404 Not Found\r\n/);
    assert.match(answer, /"code":"ERR_NOT_FOUND"/);
    assert.match(answer, new RegExp(`Content-Length: ${answer.split('\r\n\r\n')[1]?.length}\r\n`));
    if (!accepted.destroyed) await once(accepted, 'close');
    assert.ok(accepted.listenerCount('error') > 0, 'or an error on it would end the process');
  });

  for (const path of ['/no-such-path', '/signal'])
    it(`counts against the limit of its address: ${path}`, async () => {
      const there = await world(['calls'], { options: { connectionsPerAddress: 2 } });
      // The second has no key: the socket library refuses it.
      for (const refused of ['/no-such-path', path]) await upgrade(there, refused, {});
      const { answer } = await upgrade(there, '/no-such-path', handshake);
      assert.match(answer, /^HTTP\/1.1 429 Too Many Requests\r\n/);
    });

  it('has an error listener from the start, whichever handler answers', async () => {
    const there = await world(['calls']);
    const counts: number[] = [];
    there.server.on('upgrade', (_, duplex: Socket) => {
      counts.push(duplex.listenerCount('error'));
      duplex.destroy();
    });
    await upgrade(there, '/theirs', handshake);
    assert.deepEqual(counts, [1]);
  });
});

describe('Closing', () => {
  it('ends with connections of every kind open', { timeout: 20_000 }, async () => {
    const calls = createCallServer({ secret, port: 0, host: '127.0.0.1', logLevel: 'silent' });
    const { port } = new URL(await calls.listen());
    const open = async (text: string): Promise<Socket> => {
      const client = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
      ends.push(() => client.destroy());
      client.on('error', () => undefined);
      await once(client, 'connect');
      client.write(text);
      return client;
    };
    await open('');
    await open('GET /healthz HT');
    await open('POST /v3.0/call_tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n');
    await open('GET /signal HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: webso');
    await once(await open('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'), 'data');
    for (const path of ['/signal', '/ring', '/nothing']) {
      const lines = Object.entries(handshake).map(([name, value]) => `${name}: ${value}\r\n`);
      const head = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
      const client = await open(`GET ${path} HTTP/1.1\r\n${head}${lines.join('')}\r\n`);
      await once(client, 'data');
      if (path === '/ring') client.end();
    }
    await calls.close();
  });
});

describe('Headers of a proxy', () => {
  it('are warned of once, by name, where no proxy is trusted', async () => {
    const { ask, logs } = await world(['calls']);
    for (let i = 0; i < 2; i++)
      await ask('/v3.0/me', { headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '1.1.1.1' } });
    const warnings = logs.filter(([level]) => level === 'warn');
    assert.equal(warnings.length, 1);
    assert.match(JSON.stringify(warnings), /x-forwarded-for, x-forwarded-proto.*TRUSTED_PROXIES/);
  });

  it('are not warned of where one is trusted', async () => {
    const { ask, logs } = await world(['calls'], { options: { trustedProxies: 1 } });
    await ask('/v3.0/me', { headers: { forwarded: 'proto=https' } });
    assert.deepEqual(logs, []);
  });
});
