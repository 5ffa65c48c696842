import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

/** Makes the browser say that the processor was too slow for its video all the time, as it does on a slow machine. */
function slowMachine(): void {
  const { prototype } = RTCPeerConnection;
  const original = prototype.getStats;
  prototype.getStats = async function slow(...args) {
    const report = new Map(await original.apply(this, args)) as unknown as Map<string, RTCStats>;
    for (const [id, stats] of report)
      if (stats.type === 'outbound-rtp')
        report.set(
          id,
          Object.assign({}, stats, { qualityLimitationDurations: { cpu: stats.timestamp / 1000 } }),
        );
    return report as unknown as RTCStatsReport;
  };
}

const capturedLines = (page: CallPage): Promise<number | undefined> =>
  page.page.evaluate(
    () => window.observed.tracks.findLast(({ kind }) => kind === 'video')?.getSettings().height,
  );

/** Waits until video of at most so many lines is decoded. */
const untilReceivedLines = (page: CallPage, most: number) =>
  page.page.waitForFunction(
    async (lines) => {
      const [connection] = window.observed.connections.filter(
        ({ connectionState }) => connectionState === 'connected',
      );
      const report = (await connection?.getStats()) ?? new Map<string, RTCInboundRtpStreamStats>();
      let height = Infinity;
      report.forEach(({ type, kind, frameHeight }: RTCInboundRtpStreamStats) => {
        if (type === 'inbound-rtp' && kind === 'video' && frameHeight) height = Math.min(height, frameHeight);
      });
      return height <= lines;
    },
    { timeout: 90_000, polling: 250 },
    most,
  );

describe('a call on a slow machine', () => {
  it('sends and captures less video, and goes on with picture and sound', async () => {
    const ada = await world.caller('ada', 'slow', { before: slowMachine });
    const bob = await world.caller('bob', 'slow');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    assert.equal(await capturedLines(ada), 720);
    await ada.page.waitForFunction(
      () =>
        (window.observed.tracks.findLast(({ kind }) => kind === 'video')?.getSettings().height ?? 720) <= 360,
      { timeout: 90_000, polling: 250 },
    );
    await untilReceivedLines(bob, 360);
    assert.equal(await capturedLines(bob), 720, 'the other machine is not slow');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    assert.deepEqual([await ada.errors(), await bob.errors()], [[], []]);
  });
});
