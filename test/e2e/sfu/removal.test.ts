import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { createSfuWorld } from './sfu-world.js';

const { world, skip } = await createSfuWorld();
afterEach(() => world.clear());

/** From now on, the page closes no connection, and tells the media server nothing: as one that wants to go on listening. */
function keepConnections(): void {
  RTCPeerConnection.prototype.close = () => undefined;
  RTCRtpSender.prototype.replaceTrack = () => Promise.resolve();
  const { send, close } = WebSocket.prototype;
  const isMedia = (socket: WebSocket): boolean => socket.url.includes('/rtc');
  WebSocket.prototype.send = function (data) {
    if (!isMedia(this)) send.call(this, data);
  };
  WebSocket.prototype.close = function (...reason) {
    if (!isMedia(this)) close.apply(this, reason);
  };
}

describe('who is no longer in a call on the SFU', { skip }, () => {
  it('gets nothing more from it, although the page keeps its connection', async () => {
    const pages = [];
    for (const uid of ['ada', 'bob', 'eve']) pages.push(await world.caller(uid, 'removed'));
    const [ada, bob, eve] = pages as [(typeof pages)[0], (typeof pages)[0], (typeof pages)[0]];
    for (const page of pages) await page.untilReceiving({ video: 2, audio: 2 });
    await eve.page.evaluate(keepConnections);
    await eve.call('endSession');
    await eve.event('onSessionLeft');
    await eve.page.waitForFunction(
      () => window.observed.connections.every(({ connectionState }) => connectionState !== 'connected'),
      { timeout: 30_000, polling: 50 },
    );
    for (const page of [ada, bob]) await page.untilReceiving({ video: 1, audio: 1 });
    assert.deepEqual(await ada.errors(), []);
  });
});
