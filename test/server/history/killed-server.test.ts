import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CallClient } from '../harness/call-client.js';
import { apiKey, serve } from '../harness/server-process.js';
import { postgres, folder, server, get } from './history-server.js';

describe('A server that is killed', () => {
  it('has lost nothing of what its clients were told: the call goes on, and its history too', async () => {
    const data = join(folder, 'killed');
    // It never reached its database.
    const first = serve({ DATA_DIR: data, DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' });
    const token = await server.token('ada', 'survivor');
    const ada = await CallClient.connect(await first.url);
    const { resume } = await ada.join(token);
    const bob = await CallClient.connect(await first.url);
    await bob.join(await server.token('bob', 'survivor'));
    await bob.request({ type: 'leave' });
    await first.kill('SIGKILL');

    const url = (await postgres)?.url;
    const second = serve({ DATA_DIR: data, ...(url !== undefined && { DATABASE_URL: url }) });
    const returned = await CallClient.connect(await second.url);
    await returned.join(token, { resume });
    await returned.request({ type: 'leave' });
    const { body } = await get('/calls/survivor', { apiKey }, await second.url);
    assert.equal(body.data.length, 1, 'one call, not two');
    assert.equal(body.data[0]?.status, 'ended');
    assert.deepEqual(
      (body.data[0]?.participants as readonly { uid: string; state: string }[]).map(({ uid, state }) => [
        uid,
        state,
      ]),
      [
        ['ada', 'ended'],
        ['bob', 'ended'],
      ],
    );
    await second.kill('SIGTERM');
  });
});
