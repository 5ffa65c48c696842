/** How busy the codecs of a call keep the processor between two looks. */
export interface CpuLoad {
  /** Time spent encoding and decoding video, as a share of all cores. */
  readonly codecs: number;
  /** The share of the time, 0 to 1, in which the browser sent less than it should because of the processor. */
  readonly limited: number;
}

/** The members used, of `RTCOutboundRtpStreamStats` and `RTCInboundRtpStreamStats`. Firefox omits some. */
interface VideoStats {
  readonly type: string;
  readonly kind?: string;
  readonly ssrc?: number;
  readonly timestamp: number;
  readonly totalEncodeTime?: number;
  readonly totalDecodeTime?: number;
  /** The codec is a circuit of its own: its time is not the processor's. */
  readonly powerEfficientEncoder?: boolean;
  readonly powerEfficientDecoder?: boolean;
  readonly qualityLimitationDurations?: { readonly cpu?: number };
}

/** The video streams of a call, by SSRC: counters only mean something as differences. */
export type VideoCounters = ReadonlyMap<number, VideoStats>;

export function videoCounters(reports: readonly RTCStatsReport[]): VideoCounters {
  const streams = new Map<number, VideoStats>();
  for (const report of reports)
    report.forEach((stats: VideoStats) => {
      if (!/^(in|out)bound-rtp$/.test(stats.type) || stats.kind !== 'video') return;
      if (stats.ssrc !== undefined) streams.set(stats.ssrc, stats);
    });
  return streams;
}

/**
 * Each connection has an encoder of its own, and the browser watches each alone: with several, none looks busy while
 * together they leave nothing to the rest of the page. So their time is summed.
 */
export function cpuLoad(before: VideoCounters, after: VideoCounters, cores: number): CpuLoad {
  let codecs = 0;
  let limited = 0;
  for (const [ssrc, stats] of after) {
    const previous = before.get(ssrc);
    const seconds = previous ? (stats.timestamp - previous.timestamp) / 1000 : 0;
    if (!previous || seconds <= 0) continue;
    const grown = (of: (stats: VideoStats) => number | undefined): number =>
      Math.max(0, (of(stats) ?? 0) - (of(previous) ?? 0)) / seconds;
    if (!stats.powerEfficientEncoder) codecs += grown(({ totalEncodeTime }) => totalEncodeTime);
    if (!stats.powerEfficientDecoder) codecs += grown(({ totalDecodeTime }) => totalDecodeTime);
    limited = Math.max(
      limited,
      grown(({ qualityLimitationDurations }) => qualityLimitationDurations?.cpu),
    );
  }
  return { codecs: codecs / Math.max(1, cores), limited: Math.min(1, limited) };
}
