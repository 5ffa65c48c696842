/** The receive statistics of one connection. Counters are summed over all received streams. */
export interface LinkStats {
  /** Bytes received, media and data channel. */
  readonly bytes: number;
  /** Consent responses on the selected candidate pair: they arrive even without media and data channel. */
  readonly consents: number;
  readonly packets: number;
  readonly lost: number;
  /** The fraction of sent packets that the peer reports as lost, 0 to 1. */
  readonly remoteFractionLost: number;
  /** Seconds. */
  readonly roundTrip: number;
  /** Seconds. Audio only: video is bursty by nature. */
  readonly jitter: number;
  /** Where all of this is from. */
  readonly report: RTCStatsReport;
}

/** The members used; browsers omit some of them. */
interface StatsEntry {
  readonly id?: string;
  readonly type: string;
  readonly kind?: string;
  readonly nominated?: boolean;
  readonly bytesReceived?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly fractionLost?: number;
  readonly jitter?: number;
  readonly roundTripTime?: number;
  readonly currentRoundTripTime?: number;
  readonly responsesReceived?: number;
  readonly selectedCandidatePairId?: string;
}

/** Extracts the receive statistics from a report. */
export function linkStats(report: RTCStatsReport): LinkStats {
  const all: StatsEntry[] = [];
  report.forEach((stats: StatsEntry) => all.push(stats));
  const inbound = all.filter(({ type }) => type === 'inbound-rtp');
  const remoteInbound = all.filter(({ type }) => type === 'remote-inbound-rtp');
  const data = all.filter(({ type }) => type === 'data-channel');
  const candidatePair = selectedPath(all);
  return {
    bytes: sum(inbound, 'bytesReceived') + sum(data, 'bytesReceived'),
    consents: candidatePair?.responsesReceived ?? 0,
    packets: sum(inbound, 'packetsReceived'),
    lost: sum(inbound, 'packetsLost'),
    remoteFractionLost: maximum(remoteInbound, 'fractionLost'),
    roundTrip: candidatePair?.currentRoundTripTime ?? maximum(remoteInbound, 'roundTripTime'),
    jitter: maximum(
      inbound.filter(({ kind }) => kind === 'audio'),
      'jitter',
    ),
    report,
  };
}

/** Several pairs can be nominated; the transport entry names the selected one. */
function selectedPath(all: readonly StatsEntry[]): StatsEntry | undefined {
  const pairs = all.filter(({ type }) => type === 'candidate-pair');
  const transport = all.find(({ type }) => type === 'transport');
  return (
    pairs.find(({ id }) => id !== undefined && id === transport?.selectedCandidatePairId) ??
    pairs.find(({ nominated }) => nominated)
  );
}

type NumericField = Exclude<
  keyof StatsEntry,
  'id' | 'type' | 'kind' | 'nominated' | 'selectedCandidatePairId'
>;

function sum(stats: readonly StatsEntry[], name: NumericField): number {
  return stats.reduce((total, { [name]: value = 0 }) => total + value, 0);
}

function maximum(stats: readonly StatsEntry[], name: NumericField): number {
  return Math.max(0, ...stats.map(({ [name]: value = 0 }) => value));
}
