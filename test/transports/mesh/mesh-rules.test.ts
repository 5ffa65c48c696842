import { expect } from '@open-wc/testing';
import { DescriptionGate } from '../../../src/transports/mesh/description-gate.js';
import { parseSignal } from '../../../src/transports/mesh/connection/parse-signal.js';
import type { TrackSource } from '../../../src/domain/call/call-state.js';
import {
  sendParameters,
  type SendConditions,
} from '../../../src/transports/mesh/connection/send-parameters.js';
import { tuneSenders } from '../../../src/transports/mesh/connection/transceivers.js';
import { mediaSections } from '../../../src/transports/mesh/connection/media-sections.js';
import { PendingCandidates } from '../../../src/transports/mesh/connection/pending-candidates.js';

/** The encoding for so many others; `track` has the given size. */
const encoding = (
  source: TrackSource,
  peers: number,
  { reduction = 0, wantedHeight = Infinity, ...size }: Partial<SendConditions & MediaTrackSettings> = {},
) =>
  sendParameters(source, { peers, reduction, wantedHeight }, {
    getSettings: () => size,
  } as unknown as MediaStreamTrack).encoding;

describe('what is sent in a mesh', () => {
  it('gets smaller as the others grow in number', () => {
    const rates = [1, 2, 3, 4, 5, 6, 20].map((peers) => encoding('camera', peers).maxBitrate);
    expect(rates).to.eql([1_700_000, 900_000, 600_000, 450_000, 450_000, 250_000, 250_000]);
    const rows = [1, 2, 3, 4, 6, 20].map((peers) => encoding('camera', peers));
    expect(rows.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).to.eql([1, 1.5, 2, 2, 3, 3]);
    expect(rows.map(({ maxFramerate }) => maxFramerate)).to.eql([30, 24, 20, 15, 15, 15]);
  });

  it('gets smaller by each step of a reduction, down to the last row', () => {
    const rows = [0, 1, 2, 3, 9].map((reduction) => encoding('camera', 4, { reduction }));
    expect(rows.map(({ maxBitrate }) => maxBitrate)).to.eql([450_000, 250_000, 150_000, 100_000, 100_000]);
    expect(rows.map(({ maxFramerate }) => maxFramerate)).to.eql([15, 15, 10, 7, 7]);
    expect(encoding('screen', 1, { reduction: 2 }).maxFramerate).to.equal(12);
    expect(encoding('microphone', 1, { reduction: 6 })).to.eql(encoding('microphone', 1));
  });

  it('has the lines of its row, whatever the camera gives, and never more than it gives', () => {
    const scaled = (width: number, height: number, wantedHeight = Infinity) =>
      encoding('camera', 3, { width, height, wantedHeight }).scaleResolutionDownBy;
    expect([scaled(1920, 1080), scaled(1280, 720), scaled(640, 360), scaled(320, 240)]).to.eql([3, 2, 1, 1]);
    expect(scaled(720, 1280), 'a phone held upright').to.equal(2);
    expect([scaled(1280, 720, 180), scaled(1280, 720, 720)]).to.eql([4, 2]);
  });

  it('sends each of a large group fewer frames of a screen, and at last fewer pixels', () => {
    const rows = [1, 2, 3, 4, 6, 20].map((peers) => encoding('screen', peers));
    expect(rows.map(({ maxFramerate }) => maxFramerate)).to.eql([30, 15, 12, 8, 5, 5]);
    // A mesh of eight uploads a screen seven times.
    expect(7 * (encoding('screen', 7).maxBitrate ?? Infinity)).to.be.below(5_000_000);
    const lines = rows.map((row) => 'scaleResolutionDownTo' in row && row.scaleResolutionDownTo?.maxHeight);
    expect(lines).to.eql([2160, 1440, 1440, 1080, 1080, 1080]);
  });

  it('is taken by the browser, and given back when the others leave', async () => {
    const connection = new RTCPeerConnection();
    for (const { kind } of mediaSections) connection.addTransceiver(kind);
    const transceivers = connection.getTransceivers();
    const screen = transceivers[mediaSections.findIndex(({ source }) => source === 'screen')]!;
    for (const peers of [7, 1]) {
      await tuneSenders(transceivers, { peers, reduction: 0, wantedHeight: Infinity });
      const { maxBitrate, maxFramerate } = encoding('screen', peers);
      expect(screen.sender.getParameters().encodings[0]).to.include({ maxBitrate, maxFramerate });
    }
    connection.close();
  });

  it('prefers a sharp screen and the voice', () => {
    const conditions = { peers: 9, reduction: 0, wantedHeight: Infinity };
    expect(sendParameters('screen', conditions).degradationPreference).to.equal('maintain-resolution');
    expect(sendParameters('microphone', conditions).encoding.priority).to.equal('high');
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
    expect(parseSignal({ type: 'candidates', candidates: [{ ...candidate, extra: 1 }, null] })).to.eql({
      type: 'candidates',
      candidates: [candidate],
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
    { type: 'candidates', candidates: [{ ...candidate, candidate: '' }] },
    { type: 'candidates', candidates: [{ candidate: 'candidate:1' }] },
    { type: 'candidates', candidates: candidate },
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

describe('what may be drawn while connections are described', () => {
  const drawings = (gate: DescriptionGate): string[] => {
    const drawn: string[] = [];
    gate.whenOpen(() => drawn.push('drawn'));
    return drawn;
  };

  it('is drawn at once when no description is due', () =>
    expect(drawings(new DescriptionGate())).to.eql(['drawn']));

  it('waits for the answers of all, and is drawn once', () => {
    const gate = new DescriptionGate();
    for (const id of ['ann', 'bob']) gate.expect(id);
    const drawn = drawings(gate);
    gate.offered('ann');
    gate.done('bob');
    expect(drawn).to.eql([]);
    gate.done('ann');
    gate.expect('cas');
    gate.done('cas');
    expect(drawn).to.eql(['drawn']);
  });

  for (const [what, act] of [
    ['a peer that says nothing', () => undefined],
    ['an answer that takes long', (gate: DescriptionGate) => gate.offered('ann')],
  ] as const)
    it(`does not wait for ever for ${what}`, async () => {
      const gate = new DescriptionGate();
      gate.expect('ann');
      act(gate);
      await new Promise<void>((drawn) => gate.whenOpen(drawn));
    });

  it('is drawn at the end of the call', () => {
    const gate = new DescriptionGate();
    gate.expect('ann');
    const drawn = drawings(gate);
    gate.close();
    expect(drawn).to.eql(['drawn']);
  });
});
