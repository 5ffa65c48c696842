import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import WebSocket from 'ws';
import { maxMessageBytes } from '../../../src/protocol/messages.js';
import { createCallToken } from '../../../src/server/auth/call-tokens.js';
import { CallClient } from '../harness/call-client.js';
import { testSecret as secret, type TestServer } from '../harness/test-server.js';
import { apiKey, describeRefusals, forged, type Refusal } from './refusal.js';

/** The code of the answer to a request of a member, or of the end of the connection. */
const asMember =
  (text: string | Buffer, role?: string) =>
  async (server: TestServer): Promise<unknown> => {
    await server.member('ada');
    const client = await server.connect();
    await client.join(await server.token('eve', 'room', role));
    client.raw(text);
    const isRefusal = (message: { type: string }): message is never =>
      message.type === 'closing' || message.type === 'ack';
    const { error } = (await client.takeMessage(isRefusal, 'a refusal')) as { error?: { code: string } };
    return error?.code;
  };

const nested = (depth: number): string =>
  `{"type":"update","id":5,"changes":{"audioMuted":${'['.repeat(depth)}${']'.repeat(depth)}}}`;

const messages: readonly Refusal[] = [
  { title: 'no JSON', code: 'MESSAGE_MALFORMED', attempt: asMember('{') },
  { title: 'bytes', code: 'MESSAGE_MALFORMED', attempt: asMember(Buffer.from([0, 255])) },
  { title: 'JSON of great depth', code: 'MESSAGE_MALFORMED', attempt: asMember(nested(30_000)) },
  {
    title: 'a message of any type',
    code: 'MESSAGE_UNKNOWN',
    attempt: asMember('{"type":"__proto__","id":5}'),
  },
  {
    title: 'a message of any size',
    code: 'MESSAGE_TOO_LARGE',
    attempt: asMember(`"${'x'.repeat(maxMessageBytes)}"`),
  },
  {
    title: 'a description of any size',
    code: 'MESSAGE_MALFORMED',
    attempt: asMember(
      JSON.stringify({
        ...{ type: 'signal', id: 5, to: 'x', epoch: 0 },
        data: { type: 'offer', sdp: 'x'.repeat(40_000) },
      }),
    ),
  },
  {
    title: 'a candidate that is none',
    code: 'MESSAGE_MALFORMED',
    attempt: asMember(
      '{"type":"signal","id":5,"to":"x","epoch":0,"data":{"type":"candidates","candidates":[7]}}',
    ),
  },
  {
    title: 'a signal to one in no call',
    code: 'PARTICIPANT_NOT_FOUND',
    attempt: asMember('{"type":"signal","id":5,"to":"x","epoch":0,"data":{"type":"rebuild"}}'),
  },
  {
    title: 'the end of the call, by one whose role may not',
    code: 'NOT_ALLOWED',
    attempt: asMember('{"type":"end-session","id":5}', 'guest'),
  },
  {
    title: 'a message before the join',
    code: 'NOT_JOINED',
    attempt: async (server) => (await (await server.connect()).rejected({ type: 'request-video' })).code,
  },
];

const closing = async (client: CallClient): Promise<string> => (await client.receives('closing')).error.code;

const floods: readonly Refusal[] = [
  {
    title: 'a flood of messages',
    code: 'RATE_LIMITED',
    options: { messagesPerConnection: 100 },
    attempt: async (server) => {
      const { client } = await server.member('eve');
      for (let id = 10; id < 400; id += 1) client.raw(JSON.stringify({ type: 'ping', id }));
      return closing(client);
    },
  },
  {
    title: 'a flood of bytes',
    code: 'RATE_LIMITED',
    options: { bytesPerConnection: 300_000 },
    attempt: async (server) => {
      const { client } = await server.member('eve');
      for (let id = 10; id < 40; id += 1) client.raw(`{"type":"ping","id":${id}}${' '.repeat(30_000)}`);
      return closing(client);
    },
  },
  {
    title: 'a flood of connections',
    code: 'RATE_LIMITED',
    options: { connectionsPerAddress: 1 },
    attempt: async (server) => {
      await server.connect();
      return closing(await server.connect());
    },
  },
  {
    title: 'as many connections as there are descriptors',
    code: 'RATE_LIMITED',
    options: { maxConnections: 3 },
    attempt: async (server) => {
      const sockets: Socket[] = [];
      for (let count = 0; count < 4; count += 1) {
        const socket = connect(server.server.port, '127.0.0.1').on('error', () => undefined);
        await once(socket, 'connect');
        sockets.push(socket);
      }
      // The last one is refused: it is closed without a word.
      await once(sockets.at(-1)!.resume(), 'close');
      sockets.forEach((socket) => socket.destroy());
      return 'RATE_LIMITED';
    },
  },
  {
    title: 'the page of another site',
    code: 'NOT_ALLOWED',
    options: { allowedOrigins: 'https://app.example' },
    attempt: async ({ url }) =>
      closing(
        new CallClient(
          new WebSocket(`${url.replace('http', 'ws')}/signal`, { origin: 'https://evil.example' }),
        ),
      ),
  },
];

const http =
  (path: string, init: RequestInit = {}) =>
  async ({ url }: TestServer): Promise<unknown> => {
    const response = await fetch(url + path, init);
    return ((await response.json()) as { error: { code: string } }).error.code;
  };

const requests: readonly Refusal[] = [
  {
    title: 'a request without the API key',
    code: 'AUTH_ERR_EMPTY_APIKEY',
    attempt: http('/v3/users/eve/auth_tokens', { method: 'POST' }),
  },
  {
    title: 'a request with another API key',
    code: 'AUTH_ERR_APIKEY_NOT_FOUND',
    attempt: http('/v3/users/eve/auth_tokens', { method: 'POST', headers: { apiKey: 'x' } }),
  },
  {
    title: 'a request with a forged auth token',
    code: 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND',
    attempt: http('/v3.0/call_tokens', {
      ...{ method: 'POST', body: '{"sessionId":"s"}' },
      headers: { authToken: forged({ alg: 'none' }, {}, () => '') },
    }),
  },
  {
    title: 'a call token for an auth token',
    code: 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND',
    attempt: async (server) =>
      http('/v3/me', {
        headers: { authToken: await createCallToken({ secret, sessionId: 's', user: { uid: 'eve' } }) },
      })(server),
  },
  {
    title: 'a body of any size',
    code: 'ERR_PAYLOAD_TOO_LARGE',
    attempt: http('/v3/users/eve/auth_tokens', {
      ...{ method: 'POST', headers: { apiKey } },
      body: `{"name":"${'x'.repeat(5_000_000)}"}`,
    }),
  },
  { title: 'the metrics', code: 'ERR_METRICS_TOKEN', attempt: http('/metrics') },
  {
    title: 'files by way of a path',
    code: 'ERR_NOT_FOUND',
    attempt: http('/dist/..%2f..%2fpackage.json'),
  },
  {
    title: 'a flood of requests',
    code: 'ERR_TOO_MANY_REQUESTS',
    options: { requestsPerAddress: 3, trustedProxies: 1 },
    attempt: async (server) => {
      const ask = http('/v3/me', { headers: { 'x-forwarded-for': '198.51.100.1' } });
      for (let count = 0; count < 3; count += 1) await ask(server);
      return ask(server);
    },
  },
];

describeRefusals({ messages, floods, requests });
