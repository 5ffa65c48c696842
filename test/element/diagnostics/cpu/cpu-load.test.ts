import { expect } from '@open-wc/testing';
import { cpuLoad, videoCounters } from '../../../../src/element/diagnostics/cpu/cpu-load.js';

/** A report of one connection, with the given streams. */
const report = (...streams: readonly Record<string, unknown>[]): RTCStatsReport =>
  new Map(streams.map((stats, at) => [`stats ${at}`, stats])) as unknown as RTCStatsReport;

const sent = (ssrc: number, timestamp: number, totalEncodeTime: number, more = {}) => ({
  type: 'outbound-rtp',
  kind: 'video',
  ...{ ssrc, timestamp, totalEncodeTime, ...more },
});
const received = (ssrc: number, timestamp: number, totalDecodeTime: number, more = {}) => ({
  type: 'inbound-rtp',
  kind: 'video',
  ...{ ssrc, timestamp, totalDecodeTime, ...more },
});

const load = (before: readonly RTCStatsReport[], after: readonly RTCStatsReport[], cores = 2) =>
  cpuLoad(videoCounters(before), videoCounters(after), cores);

describe('the load of the codecs', () => {
  it('is the sum over all connections, as a share of the cores', () => {
    const { codecs } = load(
      [report(sent(1, 0, 5), received(2, 0, 1)), report(sent(3, 0, 7))],
      [report(sent(1, 2000, 6), received(2, 2000, 1.4)), report(sent(3, 4000, 8))],
    );
    expect(codecs).to.be.closeTo((0.5 + 0.2 + 0.25) / 2, 1e-9);
  });

  it('counts only what both looks have: a stream that is new, or gone, or not read since, says nothing', () => {
    const { codecs } = load(
      [report(sent(1, 0, 5), sent(2, 0, 5))],
      [report(sent(2, 0, 5), sent(4, 2000, 90))],
    );
    expect(codecs).to.equal(0);
  });

  it('leaves out codecs that are circuits of their own, sound, and a counter that starts again', () => {
    const own = { powerEfficientEncoder: true, powerEfficientDecoder: true };
    const { codecs } = load(
      [report(sent(1, 0, 0, own), received(2, 0, 0, own), sent(3, 0, 0, { kind: 'audio' }), sent(4, 0, 9))],
      [
        report(
          sent(1, 1000, 1, own),
          received(2, 1000, 1, own),
          sent(3, 1000, 1, { kind: 'audio' }),
          sent(4, 1000, 1),
        ),
      ],
    );
    expect(codecs).to.equal(0);
  });

  it('tells for which part of the time the browser itself sent less', () => {
    const limited = (cpu: number) => ({ qualityLimitationDurations: { cpu, bandwidth: 100 } });
    const before = [report(sent(1, 0, 0, limited(1))), report(sent(2, 0, 0, limited(0)))];
    const after = [report(sent(1, 4000, 0, limited(4))), report(sent(2, 4000, 0, limited(0)))];
    expect(load(before, after).limited).to.equal(0.75);
  });

  it('is nothing where the browser does not measure', () => {
    const bare = (timestamp: number) => report({ type: 'outbound-rtp', kind: 'video', ssrc: 1, timestamp });
    expect(load([bare(0)], [bare(1000)])).to.eql({ codecs: 0, limited: 0 });
    expect(load([], [])).to.eql({ codecs: 0, limited: 0 });
  });
});
