import { expect } from '@open-wc/testing';
import { newborn, retryDelay, verdict, type PairHealth } from '../../src/transports/mesh/pair-health.js';
import { experience, qualityGrade } from '../../src/transports/mesh/quality-grade.js';
import { Pulse } from '../../src/transports/mesh/pulse.js';
import { readSignal } from '../../src/transports/mesh/read-signal.js';
import { sendParameters } from '../../src/transports/mesh/send-parameters.js';
import { linkStats } from '../../src/transports/mesh/link-stats.js';
import { tuneSenders } from '../../src/transports/mesh/line-transceivers.js';
import { mediaLines } from '../../src/transports/mesh/media-lines.js';
import { until } from '../fakes/call-in-one-page.js';
import { EarlySignals } from '../../src/transports/mesh/early-signals.js';

const connected: PairHealth = { ...newborn(0), connection: 'connected', connectedAt: 100, heardAt: 10_000 };
const disconnected: PairHealth = { ...connected, connection: 'disconnected', troubledAt: 11_000 };
const healths: readonly [string, PairHealth, now: number, string][] = [
  ['a new one', newborn(0), 7900, 'connecting'],
  ['one that never connects', newborn(0), 8000, 'dead'],
  ['one that fails to connect', { ...newborn(0), connection: 'failed' }, 100, 'dead'],
  ['one that is closed', { ...connected, connection: 'closed' }, 10_000, 'dead'],
  ['a doubted one that is very young', { ...newborn(0), doubtedAt: 100 }, 2900, 'connecting'],
  ['a doubted one that takes its time', { ...newborn(0), doubtedAt: 100 }, 3000, 'dead'],
  ['one that is heard', connected, 12_900, 'connected'],
  ['one that is silent for three seconds', connected, 13_000, 'interrupted'],
  ['one that is silent for five seconds', connected, 15_000, 'dead'],
  ['a disconnected one', disconnected, 11_000, 'interrupted'],
  ['a disconnected one that is heard', { ...disconnected, heardAt: 11_500 }, 13_000, 'connected'],
  [
    'a failed one that is heard',
    { ...disconnected, connection: 'failed', heardAt: 11_500 },
    12_000,
    'connected',
  ],
  ['a failed one that is not', { ...disconnected, connection: 'failed' }, 12_000, 'dead'],
  ['a doubted one that has time to prove itself', { ...connected, doubtedAt: 10_100 }, 12_900, 'connected'],
  ['a doubted one that did not prove itself', { ...connected, doubtedAt: 10_100 }, 13_100, 'dead'],
  ['a doubted one that did', { ...connected, doubtedAt: 10_100, heardAt: 10_600 }, 13_100, 'connected'],
];

describe('the health of a pair', () => {
  for (const [title, health, now, is] of healths)
    it(`${title} is ${is}`, () => expect(verdict(health, now)).to.equal(is));

  it('is restored at once, then ever more slowly', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 99].map((tries) => retryDelay(tries, 0))).to.eql([
      0, 500, 1000, 2000, 4000, 8000, 8000, 8000,
    ]);
    expect(retryDelay(1, 1)).to.equal(400);
  });
});

describe('the pulse of a connection', () => {
  const stats = { bytes: 1, consents: 1, packets: 1, lost: 0, lostByOther: 0, roundTrip: 0, jitter: 0 };
  const link = {
    connection: 'connected' as RTCPeerConnectionState,
    ping: () => {},
    stats: async () => stats,
  };

  it('is looked for: a connection that is closed tells nobody', () => {
    const pulse = new Pulse();
    pulse.changed('connected');
    expect(pulse.verdict(link)).to.equal('connected');
    expect(pulse.verdict({ ...link, connection: 'closed' })).to.equal('dead');
    expect(pulse.verdict(undefined)).to.equal('connected');
  });

  it('is felt while bytes arrive, whatever the browser says', async () => {
    const pulse = new Pulse();
    pulse.changed('connected');
    await pulse.read(link);
    pulse.changed('disconnected');
    await pulse.read(link);
    expect(pulse.verdict(link)).to.equal('interrupted');
    // Firefox rounds its clock.
    const now = performance.now();
    await until('the clock moves', () => performance.now() > now);
    await pulse.read({ ...link, stats: async () => ({ ...stats, bytes: 2 }) });
    expect(pulse.verdict(link)).to.equal('connected');
    expect(pulse.quality).to.equal(4);
  });

  it('is felt by answers to consent checks, where no media flows and pings are lost', async () => {
    const pulse = new Pulse();
    pulse.changed('connected');
    await pulse.read(link);
    const now = performance.now();
    await until('the clock moves', () => performance.now() > now);
    pulse.doubt();
    await pulse.read(link);
    expect(pulse.isOnTrial).to.equal(true);
    const doubtedAt = performance.now();
    await until('the clock moves on', () => performance.now() > doubtedAt);
    await pulse.read({ ...link, stats: async () => ({ ...stats, consents: 2 }) });
    expect(pulse.isOnTrial).to.equal(false);
  });

  it('is not missed while nobody listened', () => {
    const pulse = new Pulse();
    pulse.forgive(60_000);
    expect(pulse.connectedAt).to.equal(null);
    expect(pulse.verdict(link)).to.equal('connecting');
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
      lostByOther: 0,
      roundTrip: 0.1,
      jitter: 0,
    };
    const after = { ...before, packets: 190, lost: 60 };
    const first = experience(before, after, null);
    expect(first).to.eql({ loss: 0.1, roundTrip: 0.1, jitter: 0 });
    expect(experience(after, after, first).loss).to.equal(0.05);
    expect(experience(after, { ...after, lost: 0 }, null).loss).to.equal(0);
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
      lostByOther: 0.25,
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
    for (const { kind } of mediaLines) connection.addTransceiver(kind);
    const transceivers = connection.getTransceivers();
    const screen = transceivers[mediaLines.findIndex(({ source }) => source === 'screen')]!;
    for (const peers of [7, 1]) {
      await tuneSenders(transceivers, { peers, watched: true });
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
    expect(readSignal({ type: 'offer', sdp: 'v=0', renegotiate: true })).to.eql({
      type: 'offer',
      sdp: 'v=0',
    });
    expect(readSignal({ type: 'rebuild', sdp: 'v=0' })).to.eql({ type: 'rebuild' });
    expect(readSignal({ type: 'candidate', candidate: { ...candidate, extra: 1 } })).to.eql({
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
    it(`is not ${JSON.stringify(nonsense)}`, () => expect(readSignal(nonsense)).to.equal(undefined));

  it('waits for its epoch, and is forgotten when that has passed', () => {
    const early = new EarlySignals();
    for (const epoch of [1, 3, 2, 3]) early.keep(epoch, { type: 'rebuild' });
    expect(early.take(2).length).to.equal(1);
    expect(early.take(1).length).to.equal(0);
    expect(early.take(3).length).to.equal(2);
    for (let count = 0; count < 500; count += 1) early.keep(9, { type: 'rebuild' });
    expect(early.take(9).length).to.equal(100);
  });
});
