/** What one connection's statistics say, summed over everything it receives. */
export interface LinkStats {
  /** Media and data; grows as long as the other side is heard. */
  readonly bytes: number;
  /** Answers of the other side to the consent checks of the selected path: they need no media and no data channel. */
  readonly consents: number;
  readonly packets: number;
  readonly lost: number;
  /** Share of what was sent that the other side reports as lost, 0 to 1. */
  readonly remoteFractionLost: number;
  /** Seconds. */
  readonly roundTrip: number;
  /** Seconds, of sound: a picture comes in bursts by nature. */
  readonly jitter: number;
}

/** The members that are read; browsers leave some of them out. */
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

/** Reads a statistics report. */
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
  };
}

/** Several pairs can be nominated; the transport names the one in use. */
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
