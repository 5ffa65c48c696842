import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maxJoinBytes } from '../../../src/protocol/messages.js';
import { signToken } from '../../../src/server/auth/call-tokens.js';
import { startServer, testSecret as secret } from '../harness/test-server.js';
import './endpoint-setup.js';

describe('Bytes', () => {
  const offer = (bytes: number) => ({ type: 'offer', sdp: 'x'.repeat(bytes) }) as const;

  it('are limited for each connection, and for each address', async () => {
    for (const limits of [{ bytesPerConnection: 300_000 }, { bytesPerAddress: 300_000 }]) {
      const server = await startServer(limits);
      const { client } = await server.member('ada');
      for (let id = 100; id < 110; id += 1)
        client.raw(
          JSON.stringify({ type: 'signal', id, to: 'x', epoch: 0, data: offer(30_000) }) + ' '.repeat(30_000),
        );
      assert.equal((await client.receives('closing')).error.code, 'RATE_LIMITED');
    }
  });

  it('of a signal are fewer than of other messages', async () => {
    const server = await startServer();
    const [ada, bob] = [await server.member('ada'), await server.member('bob')];
    const to = bob.id;
    assert.equal(
      (await ada.client.request({ type: 'signal', to, epoch: 0, data: offer(32_000) })).error,
      undefined,
    );
    assert.equal(
      (await ada.client.rejected({ type: 'signal', to, epoch: 0, data: offer(33_000) })).code,
      'MESSAGE_MALFORMED',
    );
  });

  it('to one participant are limited: a sender of too much is refused, and no receiver is disconnected', async () => {
    const server = await startServer();
    const [ada, bob, cyd] = [
      await server.member('ada'),
      await server.member('bob'),
      await server.member('cyd'),
    ];
    // The victim of the flood takes nothing for a while.
    bob.client.stopReading();
    const flood = (to: string) =>
      Promise.all(
        Array.from({ length: 60 }, () =>
          ada.client.request({ type: 'signal', to, epoch: 0, data: offer(30_000) }),
        ),
      );
    const codes = (await flood(bob.id)).map(({ error }) => error?.code);
    assert.equal(codes[0], undefined);
    assert.equal(codes.at(-1), 'RATE_LIMITED');
    const sent = codes.filter((code) => code === undefined).length * 30_000;
    assert.ok(sent <= 256 * 1024, `${sent} bytes`);
    const { error } = await ada.client.request({ type: 'signal', to: cyd.id, epoch: 0, data: offer(10) });
    assert.equal(error, undefined, 'others are still reached');
    bob.client.socket.resume();
    assert.equal((await bob.client.request({ type: 'ping' })).error, undefined, 'and bob is still there');
  });

  it('of a join may be many: an avatar may be in it', async () => {
    const server = await startServer();
    const client = await server.connect();
    client.raw(`"${'x'.repeat(maxJoinBytes)}"`);
    assert.equal((await client.receives('closing')).error.code, 'MESSAGE_TOO_LARGE');
  });

  /** The token of a user with a picture of so many bytes in it. */
  const tokenWith = (uid: string, pictureBytes: number): Promise<string> => {
    const avatar = `data:image/png;base64,${'A'.repeat(pictureBytes)}`;
    const data = { sessionId: 'room', user: { uid, name: uid, avatar } };
    return signToken({ data }, { secret, audience: 'cometchat-call', expiresIn: '1h' });
  };

  it('of a join may be a million and more, and only the picture is dropped', async () => {
    const server = await startServer({ bytesPerConnection: 300_000 });
    const ada = await server.member('ada');
    for (const [uid, bytes] of [
      ['bob', 1_000_000],
      ['cyd', 2_900_000],
    ] as const) {
      const client = await server.connect();
      await client.join(await tokenWith(uid, bytes));
      const { participant } = await ada.client.receives('participant-joined');
      assert.deepEqual([participant.uid, participant.avatar], [uid, '']);
      assert.equal((await client.request({ type: 'ping' })).error, undefined);
    }
  });

  it('of a join count for the address while they come', async () => {
    const server = await startServer({ bytesPerAddress: 300_000 });
    const client = await server.connect();
    // The message is never finished.
    client.socket.send('x'.repeat(1_000_000), { fin: false });
    assert.equal((await client.receives('closing')).error.code, 'RATE_LIMITED');
  });

  it('changes that are sent to all are limited too, and leaving is not one', async () => {
    const server = await startServer();
    const ada = await server.member('ada');
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        ada.client.request({ type: 'update', changes: { handRaisedAt: index } }),
      ),
    );
    assert.deepEqual([answers[0]?.error, answers.at(-1)?.error?.code], [undefined, 'RATE_LIMITED']);
    assert.equal((await ada.client.request({ type: 'leave' })).error, undefined);
  });
});
