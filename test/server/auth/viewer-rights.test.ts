import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startServer } from '../harness/test-server.js';

describe('A viewer', () => {
  it('joins muted, and stays so, whatever the client says', async () => {
    const server = await startServer();
    const presenter = await server.member('ada', 'talk');
    const client = await server.connect();
    const { self } = await client.join(await server.token('vic', 'talk', 'viewer'), {
      state: {
        audioMuted: false,
        videoPaused: false,
        screenSharing: true,
        recording: true,
        isPresenter: true,
      },
    });
    const watching = {
      ...{ audioMuted: true, videoPaused: true, screenSharing: false, recording: false, isPresenter: false },
    };
    assert.deepEqual({ ...self, ...watching }, self);
    const { participant } = await presenter.client.receives('participant-joined');
    assert.deepEqual({ ...participant, ...watching }, participant);
    await client.request({
      type: 'update',
      changes: { audioMuted: false, recording: true, isPresenter: true, handRaisedAt: 1 },
    });
    const { changes } = await presenter.client.receives('participant-updated');
    assert.deepEqual(changes, { handRaisedAt: 1 });
  });

  it('remains one when it returns', async () => {
    const server = await startServer();
    const token = await server.token('vic', 'talk', 'viewer');
    const { resume, self } = await (await server.connect()).join(token);
    const back = await (
      await server.connect()
    ).join(token, { resume, state: { audioMuted: false, isPresenter: true } });
    assert.deepEqual([back.self.id, back.self.isPresenter, back.self.audioMuted], [self.id, false, true]);
  });

  it('is not asked for video, and cannot ask for it', async () => {
    const server = await startServer();
    const [ada, bob] = [await server.member('ada', 'talk'), await server.member('bob', 'talk')];
    const vic = await server.connect();
    await vic.join(await server.token('vic', 'talk', 'viewer'));
    await vic.request({ type: 'request-video' });
    await ada.client.request({ type: 'request-video' });
    await bob.client.receives('video-requested');
    await bob.client.request({ type: 'answer-video', accept: true });
    await vic.receives('switched-to-video');
    const types = [...(await vic.unread()), ...(await ada.client.unread())].map(({ type }) => type);
    assert.ok(!types.includes('video-requested'), types.join());
  });

  it('by own choice is one in the eyes of the others, too', async () => {
    const server = await startServer();
    const client = await server.connect();
    const { self } = await client.join(await server.token('vic', 'talk'), { state: { isPresenter: false } });
    assert.deepEqual([self.isPresenter, self.audioMuted], [false, true]);
  });
});
