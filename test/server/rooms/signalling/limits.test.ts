import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { maxMessageBytes } from '../../../../src/protocol/messages.js';
import { startServer, type TestServer } from '../../harness/test-server.js';
import { server, newRoom, offer, pair } from './signalling-setup.js';

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
    const { CallClient } = await import('../../harness/call-client.js');
    const from = async (addresses: string) => {
      const headers = { 'x-forwarded-for': addresses };
      const socket = new WebSocket(`${own.url.replace('http', 'ws')}/signal`, { headers });
      const client = new CallClient(socket);
      await once(socket, 'open');
      return client;
    };
    const first = await from('1.1.1.1');
    const same = await from('9.9.9.9, 1.1.1.1');
    const other = await from('2.2.2.2');
    assert.equal(
      (await same.receives('closing')).error.code,
      'RATE_LIMITED',
      'what a client makes up does not count',
    );
    for (const client of [first, other])
      assert.equal((await client.request({ type: 'ping' })).error?.code, 'NOT_JOINED');
  });
});
