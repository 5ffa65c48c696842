import { expect } from '@open-wc/testing';
import {
  newHealth,
  retryDelay,
  connectionStatus,
  type ConnectionHealth,
} from '../../../src/transports/mesh/health/connection-health.js';
import { smoothMetrics, qualityGrade } from '../../../src/transports/mesh/health/quality-grade.js';
import { LivenessMonitor } from '../../../src/transports/mesh/health/liveness-monitor.js';
import { linkStats } from '../../../src/transports/mesh/health/link-stats.js';
import { until } from '../../fakes/session/call-in-one-page.js';

const connected: ConnectionHealth = {
  ...newHealth(0),
  connection: 'connected',
  connectedAt: 100,
  receivedAt: 10_000,
};

const disconnected: ConnectionHealth = { ...connected, connection: 'disconnected', disconnectedAt: 11_000 };

const healths: readonly [string, ConnectionHealth, now: number, string][] = [
  ['a new one', newHealth(0), 7900, 'connecting'],
  ['one that never connects', newHealth(0), 8000, 'dead'],
  ['one that fails to connect', { ...newHealth(0), connection: 'failed' }, 100, 'dead'],
  ['one that is closed', { ...connected, connection: 'closed' }, 10_000, 'dead'],
  ['a doubted one that is very young', { ...newHealth(0), proofRequestedAt: 100 }, 2900, 'connecting'],
  ['a doubted one that takes its time', { ...newHealth(0), proofRequestedAt: 100 }, 3000, 'dead'],
  ['one that is heard', connected, 12_900, 'connected'],
  ['one that is silent for three seconds', connected, 13_000, 'interrupted'],
  ['one that is silent for five seconds', connected, 15_000, 'dead'],
  ['a disconnected one', disconnected, 11_000, 'interrupted'],
  [
    'a disconnected one that was heard just before',
    { ...disconnected, receivedAt: 10_900 },
    11_500,
    'connected',
  ],
  ['the same, a moment later', { ...disconnected, receivedAt: 10_900 }, 11_600, 'interrupted'],
  ['a disconnected one that is heard', { ...disconnected, receivedAt: 11_500 }, 13_000, 'connected'],
  [
    'a failed one that is heard',
    { ...disconnected, connection: 'failed', receivedAt: 11_500 },
    12_000,
    'connected',
  ],
  ['a failed one that is not', { ...disconnected, connection: 'failed' }, 12_000, 'dead'],
  [
    'a failed one that has time to prove itself',
    { ...disconnected, connection: 'failed', proofRequestedAt: 11_000 },
    13_900,
    'interrupted',
  ],
  [
    'a doubted one that has time to prove itself',
    { ...connected, proofRequestedAt: 10_100 },
    12_900,
    'connected',
  ],
  ['a doubted one that did not prove itself', { ...connected, proofRequestedAt: 10_100 }, 13_100, 'dead'],
  [
    'a doubted one that did',
    { ...connected, proofRequestedAt: 10_100, receivedAt: 10_600 },
    13_100,
    'connected',
  ],
];

describe('the health of a pair', () => {
  for (const [title, health, now, is] of healths)
    it(`${title} is ${is}`, () => expect(connectionStatus(health, now)).to.equal(is));

  it('is restored at once, then ever more slowly', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 99].map((tries) => retryDelay(tries, 0))).to.eql([
      0, 500, 1000, 2000, 4000, 8000, 8000, 8000,
    ]);
    expect(retryDelay(1, 1)).to.equal(400);
  });
});

describe('the pulse of a connection', () => {
  const stats = {
    bytes: 1,
    consents: 1,
    packets: 1,
    lost: 0,
    remoteFractionLost: 0,
    roundTrip: 0,
    jitter: 0,
    report: new Map() as unknown as RTCStatsReport,
  };
  const link = {
    connection: 'connected' as RTCPeerConnectionState,
    ping: () => {},
    stats: async () => stats,
  };

  it('is looked for: a closed connection raises no event', () => {
    const pulse = new LivenessMonitor();
    pulse.connectionChanged('connected');
    expect(pulse.status(link)).to.equal('connected');
    expect(pulse.status({ ...link, connection: 'closed' })).to.equal('dead');
    expect(pulse.status(undefined)).to.equal('connected');
  });

  it('is felt while bytes arrive, whatever the browser says', async () => {
    const pulse = new LivenessMonitor();
    pulse.connectionChanged('connected');
    await pulse.readStats(link);
    pulse.connectionChanged('disconnected');
    await pulse.readStats(link);
    expect(pulse.status(link)).to.equal('connected');
    await until('nothing arrives', () => pulse.status(link) === 'interrupted');
    // Firefox rounds its clock.
    const now = performance.now();
    await until('the clock moves', () => performance.now() > now);
    await pulse.readStats({ ...link, stats: async () => ({ ...stats, bytes: 2 }) });
    expect(pulse.status(link)).to.equal('connected');
    expect(pulse.quality).to.equal(4);
  });

  it('is felt by answers to consent checks, where no media flows and pings are lost', async () => {
    const pulse = new LivenessMonitor();
    pulse.connectionChanged('connected');
    await pulse.readStats(link);
    const now = performance.now();
    await until('the clock moves', () => performance.now() > now);
    pulse.requireProof();
    await pulse.readStats(link);
    expect(pulse.isOnTrial).to.equal(true);
    const doubtedAt = performance.now();
    await until('the clock moves on', () => performance.now() > doubtedAt);
    await pulse.readStats({ ...link, stats: async () => ({ ...stats, consents: 2 }) });
    expect(pulse.isOnTrial).to.equal(false);
  });

  it('is not refuted by media that arrived long ago and is counted late', async () => {
    const pulse = new LivenessMonitor();
    const tick = async (): Promise<void> => {
      const now = performance.now();
      await until('the clock moves', () => performance.now() > now);
    };
    pulse.connectionChanged('connected');
    await pulse.readStats(link);
    await tick();
    pulse.noteActivity({ hasArrived: () => true });
    await tick();
    pulse.requireProof();
    await pulse.readStats({ ...link, stats: async () => ({ ...stats, bytes: 2 }) });
    expect(pulse.isOnTrial).to.equal(true);
    await tick();
    await pulse.readStats({ ...link, stats: async () => ({ ...stats, bytes: 3 }) });
    expect(pulse.isOnTrial).to.equal(false);
  });

  it('is not missed before the first listener', () => {
    const pulse = new LivenessMonitor();
    pulse.excuseGap(60_000);
    expect(pulse.connectedAt).to.equal(null);
    expect(pulse.status(link)).to.equal('connecting');
  });
});

describe('the grade of a connection', () => {
  const good = { loss: 0, roundTrip: 0.02, jitter: 0.001 };
  for (const [title, felt, grade] of [
    ['a good one', good, 4],
    ['3 % loss', { ...good, loss: 0.03 }, 3],
    ['half a second there and back', { ...good, roundTrip: 0.5 }, 2],
    ['much jitter', { ...good, jitter: 0.5 }, 1],
    ['a third lost', { ...good, loss: 0.33 }, 1],
  ] as const)
    it(`${title}: ${grade}`, () => expect(qualityGrade(felt)).to.equal(grade));

  it('is felt from what happened between two readings, with some memory', () => {
    const before = {
      bytes: 0,
      consents: 0,
      packets: 100,
      lost: 50,
      remoteFractionLost: 0,
      roundTrip: 0.1,
      jitter: 0,
      report: new Map() as unknown as RTCStatsReport,
    };
    const after = { ...before, packets: 190, lost: 60 };
    const first = smoothMetrics(before, after, null);
    expect(first).to.eql({ loss: 0.1, roundTrip: 0.1, jitter: 0 });
    expect(smoothMetrics(after, after, first).loss).to.equal(0.05);
    expect(smoothMetrics(after, { ...after, lost: 0 }, null).loss).to.equal(0);
  });

  it('is read from the statistics of either browser', () => {
    const report = new Map<string, object>([
      [
        'a',
        {
          type: 'inbound-rtp',
          kind: 'audio',
          bytesReceived: 10,
          packetsReceived: 5,
          packetsLost: 1,
          jitter: 0.02,
        },
      ],
      ['v', { type: 'inbound-rtp', kind: 'video', bytesReceived: 100, packetsReceived: 9, jitter: 0.5 }],
      ['d', { type: 'data-channel', bytesReceived: 1 }],
      ['r', { type: 'remote-inbound-rtp', fractionLost: 0.25, roundTripTime: 0.3 }],
    ]);
    const stats = {
      bytes: 111,
      consents: 0,
      packets: 14,
      lost: 1,
      remoteFractionLost: 0.25,
      roundTrip: 0.3,
      jitter: 0.02,
    };
    expect(linkStats(report as unknown as RTCStatsReport)).to.eql({ ...stats, report });
    const path = { type: 'candidate-pair', nominated: true };
    report.set('p', { ...path, id: 'p', currentRoundTripTime: 0.1, responsesReceived: 7 });
    report.set('q', { ...path, id: 'q', currentRoundTripTime: 0.2, responsesReceived: 3 });
    expect(linkStats(report as unknown as RTCStatsReport).consents).to.equal(7);
    report.set('t', { type: 'transport', selectedCandidatePairId: 'q' });
    expect(linkStats(report as unknown as RTCStatsReport).consents).to.equal(3);
    report.delete('t');
    expect(linkStats(report as unknown as RTCStatsReport).roundTrip).to.equal(0.1);
  });
});
