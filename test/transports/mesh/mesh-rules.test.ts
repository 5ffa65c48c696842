import { expect } from '@open-wc/testing';
import {
  newHealth,
  retryDelay,
  connectionStatus,
  type ConnectionHealth,
} from '../../../src/transports/mesh/health/connection-health.js';
import { smoothMetrics, qualityGrade } from '../../../src/transports/mesh/health/quality-grade.js';
import { LivenessMonitor } from '../../../src/transports/mesh/health/liveness-monitor.js';
import { parseSignal } from '../../../src/transports/mesh/connection/parse-signal.js';
import { sendParameters } from '../../../src/transports/mesh/connection/send-parameters.js';
import { linkStats } from '../../../src/transports/mesh/health/link-stats.js';
import { tuneSenders } from '../../../src/transports/mesh/connection/transceivers.js';
import { mediaSections } from '../../../src/transports/mesh/connection/media-sections.js';
import { until } from '../../fakes/session/call-in-one-page.js';
import { PendingCandidates } from '../../../src/transports/mesh/connection/pending-candidates.js';

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
  ['a disconnected one that is heard', { ...disconnected, receivedAt: 11_500 }, 13_000, 'connected'],
  [
    'a failed one that is heard',
    { ...disconnected, connection: 'failed', receivedAt: 11_500 },
    12_000,
    'connected',
  ],
  ['a failed one that is not', { ...disconnected, connection: 'failed' }, 12_000, 'dead'],
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
  };
  const link = {
    connection: 'connected' as RTCPeerConnectionState,
    ping: () => {},
    stats: async () => stats,
  };

  it('is looked for: a connection that is closed tells nobody', () => {
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
    expect(pulse.status(link)).to.equal('interrupted');
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

  it('is not missed while nobody listened', () => {
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
    expect(linkStats(report as unknown as RTCStatsReport)).to.eql(stats);
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

describe('what is sent in a mesh', () => {
  it('gets smaller as the others grow in number', () => {
    const rates = [1, 2, 3, 4, 5, 6, 20].map((peers) => sendParameters('camera', peers).encoding.maxBitrate);
    expect(rates).to.eql([1_700_000, 1_000_000, 700_000, 500_000, 500_000, 350_000, 350_000]);
    expect(sendParameters('camera', 3).encoding.scaleResolutionDownBy).to.equal(1);
    expect(sendParameters('camera', 4).encoding.scaleResolutionDownBy).to.equal(1.5);
  });

  it('sends each of a large group fewer frames of a screen, and at last fewer pixels', () => {
    const rows = [1, 2, 3, 4, 6, 20].map((peers) => sendParameters('screen', peers).encoding);
    expect(rows.map(({ maxFramerate }) => maxFramerate)).to.eql([30, 15, 12, 8, 5, 5]);
    // A mesh of eight uploads a screen seven times.
    expect(7 * (sendParameters('screen', 7).encoding.maxBitrate ?? Infinity)).to.be.below(5_000_000);
    expect(rows.map(({ scaleResolutionDownTo }) => scaleResolutionDownTo?.maxHeight)).to.eql([
      2160, 1440, 1440, 1080, 1080, 1080,
    ]);
  });

  it('is taken by the browser, and given back when the others leave', async () => {
    const connection = new RTCPeerConnection();
    for (const { kind } of mediaSections) connection.addTransceiver(kind);
    const transceivers = connection.getTransceivers();
    const screen = transceivers[mediaSections.findIndex(({ source }) => source === 'screen')]!;
    for (const peers of [7, 1]) {
      await tuneSenders(transceivers, { peers, videoWanted: true });
      const { maxBitrate, maxFramerate } = sendParameters('screen', peers).encoding;
      expect(screen.sender.getParameters().encodings[0]).to.include({ maxBitrate, maxFramerate });
    }
    connection.close();
  });

  it('prefers a sharp screen and the voice', () => {
    expect(sendParameters('screen', 9).degradationPreference).to.equal('maintain-resolution');
    expect(sendParameters('microphone', 9).encoding.priority).to.equal('high');
  });
});

describe('what peers tell each other', () => {
  const candidate = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 };
  it('is read', () => {
    expect(parseSignal({ type: 'offer', sdp: 'v=0', renegotiate: true })).to.eql({
      type: 'offer',
      sdp: 'v=0',
    });
    expect(parseSignal({ type: 'rebuild', sdp: 'v=0' })).to.eql({ type: 'rebuild' });
    expect(parseSignal({ type: 'candidate', candidate: { ...candidate, extra: 1 } })).to.eql({
      type: 'candidate',
      candidate,
    });
  });

  for (const nonsense of [
    null,
    7,
    'offer',
    {},
    { type: 'offer' },
    { type: 'offer', sdp: 'zzz' },
    { type: 'pranswer', sdp: 'v=0' },
    { type: 'renegotiate', renegotiate: true },
    { type: 'transceiverRequest', transceiverRequest: { kind: 'audio' } },
    { type: 'candidate', candidate: { ...candidate, candidate: '' } },
    { type: 'candidate', candidate: { candidate: 'candidate:1' } },
  ])
    it(`is not ${JSON.stringify(nonsense)}`, () => expect(parseSignal(nonsense)).to.equal(undefined));

  it('waits for its epoch, and is forgotten when that has passed', () => {
    const early = new PendingCandidates();
    for (const epoch of [1, 3, 2, 3]) early.add(epoch, { type: 'rebuild' });
    expect(early.takeForEpoch(2).length).to.equal(1);
    expect(early.takeForEpoch(1).length).to.equal(0);
    expect(early.takeForEpoch(3).length).to.equal(2);
    for (let count = 0; count < 500; count += 1) early.add(9, { type: 'rebuild' });
    expect(early.takeForEpoch(9).length).to.equal(100);
  });
});
