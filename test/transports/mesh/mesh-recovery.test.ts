import { expect } from '@open-wc/testing';
import { createMeshTransport } from '../../../src/transports/mesh/mesh-transport.js';
import { CallInOnePage, until, type TestParticipant } from '../../fakes/session/call-in-one-page.js';
import type { HubSignal } from '../../fakes/signaling/signaling-hub.js';
import { movingVideo } from '../../fakes/media/test-tracks.js';
import { watchConnections } from '../../fakes/signaling/watch-connections.js';

describe('the mesh, when things go wrong', function () {
  this.timeout(60_000);
  let end: AbortController;
  let call: CallInOnePage;
  let connections: ReturnType<typeof watchConnections>;
  const unhandled: unknown[] = [];
  const note = (event: PromiseRejectionEvent | ErrorEvent): void => void unhandled.push(event);

  beforeEach(() => {
    end = new AbortController();
    unhandled.length = 0;
    connections = watchConnections(end.signal);
    call = new CallInOnePage(createMeshTransport, end.signal);
    addEventListener('unhandledrejection', note, { signal: end.signal });
    addEventListener('error', note, { signal: end.signal });
  });
  afterEach(() => {
    end.abort();
    expect(connections.open()).to.eql([]);
    expect(unhandled).to.eql([]);
  });

  const show = async (...ids: string[]): Promise<TestParticipant[]> => {
    const members = call.join(...ids);
    for (const { transport } of members) await transport.send('camera', movingVideo('red', end.signal));
    return members;
  };
  const seen = async (): Promise<void> => {
    const all = [...call.participants.values()];
    await Promise.all(
      all.flatMap((one) =>
        all.filter((two) => two !== one).map(({ id }) => one.receivesVideo(id, 'camera', 'red')),
      ),
    );
  };
  const offers = (): number => call.hub.sent.filter(({ data }) => data.type === 'offer').length;
  const loseFirst = (type: HubSignal['data']['type']) => {
    let lost = 0;
    call.hub.outcome = ({ data }) => (data.type === type && (lost += 1) === 1 ? [] : [0]);
  };

  it('needs one offer and one answer', async () => {
    await show('ann', 'bob');
    await seen();
    const types = call.hub.sent.map(({ data }) => data.type).filter((type) => type !== 'candidate');
    expect(types).to.eql(['offer', 'answer']);
    expect(call.hub.sent[0]).to.include({ from: 'bob', to: 'ann', epoch: 1 });
  });

  for (const type of ['offer', 'answer'] as const)
    it(`connects although the first ${type} is lost`, async () => {
      loseFirst(type);
      await show('ann', 'bob');
      await seen();
      expect(offers()).to.equal(2);
    });

  it('misses an offer that was said to be delivered long before it would give up', async () => {
    loseFirst('offer');
    const at = performance.now();
    const [ann] = await show('ann', 'bob');
    await until('connected', () => ann!.link('bob') === 'connected');
    expect(performance.now() - at).to.be.within(2000, 7500);
    expect(ann!.links.get('bob')).to.eql(['connecting', 'connected']);
    expect(ann!.errors).to.eql([]);
  });

  it('offers once to who asks for an offer that is there, or on its way', async () => {
    await show('ann', 'bob');
    const ask = (): void => call.hub.send({ from: 'ann', to: 'bob', epoch: 0, data: { type: 'rebuild' } });
    ask();
    await seen();
    ask();
    await seen();
    expect(offers()).to.equal(1);
  });

  it('connects although every fifth signal is lost', async () => {
    call.hub.outcome = (_, index) => (index % 5 === 3 ? [] : [0]);
    await show('ann', 'bob');
    await seen();
  });

  it('connects although signals come late, twice and in disorder', async () => {
    call.hub.outcome = ({ data }, index) => (data.type === 'candidate' ? [index % 90, 200] : [150, 160, 400]);
    await show('ann', 'bob');
    await seen();
    expect(offers()).to.equal(1);
  });

  it('takes signals of somebody whom the roster names only later', async () => {
    const [ann, bob] = await show('ann', 'bob');
    await seen();
    const leave = new AbortController();
    end.signal.addEventListener('abort', () => leave.abort());
    const late = createMeshTransport(call.hub.context('cas', leave.signal));
    late.setPeers([{ id: 'ann', order: ann!.order, connection: 'connected' }]);
    await until('candidates are said', () =>
      call.hub.sent.some(({ from, data }) => from === 'cas' && data.type === 'candidate'),
    );
    ann!.transport.setPeers([
      { id: 'bob', order: bob!.order, connection: 'connected' },
      { id: 'cas', order: 3, connection: 'connected' },
    ]);
    await until('connected', () => ann!.link('cas') === 'connected', 6000);
  });

  for (const side of ['answering', 'offering'] as const)
    it(`rebuilds a connection that was closed behind the back of the ${side} side`, async () => {
      const [ann, bob] = await show('ann', 'bob');
      await seen();
      const [old] = [ann!.track('bob', 'camera')];
      // The offering side made its connection first.
      connections.open()[side === 'offering' ? 0 : 1]!.close();
      await until('another track', () => ann!.track('bob', 'camera') !== old);
      await seen();
      expect(ann!.links.get('bob')).to.eql(['connecting', 'connected', 'interrupted', 'connected']);
      expect(bob!.link('ann')).to.equal('connected');
      expect(connections.open().length).to.equal(2);
    });

  it('rebuilds a connection in which nothing is heard any more, and at once when asked to recover', async () => {
    const [ann] = await show('ann', 'bob');
    await seen();
    for (const connection of connections.open()) deafen(connection);
    const at = performance.now();
    ann!.transport.recover();
    await until('rebuilt', () => offers() === 2, 6000);
    expect(performance.now() - at).to.be.at.least(2900);
    await until('connected', () => ann!.link('bob') === 'connected');
    await seen();
  });

  it('keeps a connection without media that is doubted while its data channel loses the first pings', async () => {
    const [ann, bob] = call.join('ann', 'bob');
    await until('connected', () => ann!.link('bob') === 'connected' && bob!.link('ann') === 'connected');
    const { send } = RTCDataChannel.prototype;
    let sent = 0;
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: string) {
      sent += 1;
      if (sent > 4) send.call(this, data as unknown as ArrayBufferView<ArrayBuffer>);
    } as typeof send;
    end.signal.addEventListener('abort', () => (RTCDataChannel.prototype.send = send));
    for (let round = 0; round < 3; round += 1) {
      const at = performance.now();
      sent = 0;
      for (const { transport } of [ann!, bob!]) transport.recover();
      await until('its time to prove itself is over', () => performance.now() - at > 3500, 6000);
    }
    expect(offers()).to.equal(1);
    expect(connections.open().length).to.equal(2);
  });

  it('is rebuilt when the answering side asks, but once for each epoch', async () => {
    await show('ann', 'bob');
    await seen();
    const ask = (epoch: number): void =>
      call.hub.send({ from: 'ann', to: 'bob', epoch, data: { type: 'rebuild' } });
    const epochs = (): number[] =>
      call.hub.sent.filter(({ data }) => data.type === 'offer').map(({ epoch }) => epoch);
    ask(1);
    ask(1);
    await until('rebuilt', () => offers() === 2);
    await seen();
    ask(7);
    ask(1);
    await until('rebuilt', () => offers() === 3);
    await seen();
    expect(epochs()).to.eql([1, 2, 8]);
  });

  it('shows the silence, then rebuilds by itself', async () => {
    const [ann] = await show('ann', 'bob');
    await seen();
    for (const connection of connections.open()) deafen(connection);
    await until('interrupted', () => ann!.link('bob') === 'interrupted');
    expect(offers()).to.equal(1);
    await until('connected', () => ann!.link('bob') === 'connected');
    expect(ann!.qualities.get('bob')).to.include(0);
    expect(offers()).to.equal(2);
  });

  it('offers again when one to whom the offer could not be delivered is back', async () => {
    call.hub.unreachable.add('ann');
    await show('ann', 'bob');
    await until('the offer is refused', () => call.hub.refused.some(({ data }) => data.type === 'offer'));
    call.tell(['ann']);
    call.hub.unreachable.clear();
    const at = performance.now();
    call.tell();
    await until('connected', () => call.participants.get('bob')?.link('ann') === 'connected');
    expect(performance.now() - at).to.be.below(5000);
    expect(offers()).to.equal(1);
  });

  it('does not speak to one whose socket is cut, and offers when it is back', async () => {
    const [ann, bob] = ['ann', 'bob'].map((id) => call.join([id, id === 'ann' ? 1 : 2])[0]!);
    ann!.transport.setPeers([]);
    bob!.transport.setPeers([]);
    bob!.transport.setPeers([{ id: 'ann', order: 1, connection: 'reconnecting' }]);
    const before = offers();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(offers()).to.equal(before);
    call.tell();
    await until('connected', () => bob!.link('ann') === 'connected', 5000);
    expect(offers()).to.equal(before + 1);
  });

  it('keeps the media of one whose socket is cut', async () => {
    const [ann] = await show('ann', 'bob');
    await seen();
    call.hub.unreachable.add('bob');
    call.tell(['bob']);
    await seen();
    call.hub.unreachable.clear();
    call.tell();
    await seen();
    expect(ann!.links.get('bob')).to.eql(['connecting', 'connected']);
    expect(offers()).to.equal(1);
  });

  for (const [id, other] of [
    ['ann', 'bob'],
    ['bob', 'ann'],
  ] as const)
    it(`connects again with one whose page was loaded anew (${id === 'ann' ? 'answers' : 'offers'})`, async () => {
      const [, bob] = await show('ann', 'bob');
      await seen();
      // So that the epochs of the two differ afterwards.
      connections.open()[0]!.close();
      await until('rebuilt', () => offers() === 2 && bob!.links.get('ann')?.length === 4);
      const { order, leaving } = call.participants.get(id)!;
      leaving.abort();
      const [again] = call.join([id, order]);
      await again!.transport.send('camera', movingVideo('red', end.signal));
      await seen();
      expect(call.participants.get(other)!.link(id)).to.equal('connected');
    });

  it('tells the user once of somebody who cannot be reached', async () => {
    call.hub.outcome = ({ data }) => (data.type === 'answer' ? [] : [0]);
    const [, bob] = call.join('ann', 'bob');
    const rebuild = (): void => {
      const epoch = call.hub.sent.findLast(({ data }) => data.type === 'offer')?.epoch ?? 0;
      call.hub.send({ from: 'ann', to: 'bob', epoch, data: { type: 'answer', sdp: 'v=0 nonsense' } });
    };
    await until('told', () => {
      rebuild();
      return bob!.errors.length > 0;
    });
    expect(bob!.errors[0]).to.include({ code: 'PEER_UNREACHABLE' });
    expect(bob!.errors[0]!.details).to.eql({ id: 'ann' });
    expect(bob!.link('ann')).to.equal('failed');
    call.hub.outcome = () => [0];
    await until('connected', () => bob!.link('ann') === 'connected');
    expect(bob!.errors.length).to.equal(1);
  });

  it('survives nonsense', async () => {
    const [ann, bob] = await show('ann', 'bob');
    await seen();
    const nonsense: unknown[] = [
      null,
      undefined,
      7,
      'hello',
      {},
      { type: 'zzz', sdp: 'v=0' },
      { type: 'offer' },
      { type: 'offer', sdp: 7 },
      { type: 'answer', sdp: 'v=0' },
      { type: 'renegotiate', renegotiate: true },
      { type: 'transceiverRequest', transceiverRequest: { kind: 'video' } },
      { type: 'candidate' },
      { type: 'candidate', candidate: { candidate: 'nonsense', sdpMid: '0' } },
      { type: 'candidate', candidate: { candidate: 'candidate:1 1 udp 1 1.2.3.4 9 typ host' } },
    ];
    for (const data of nonsense)
      for (const epoch of [0, 1, 2, -1, NaN])
        for (const [from, to] of [
          ['ann', 'bob'],
          ['bob', 'ann'],
          ['nobody', 'ann'],
        ] as const)
          call.hub.send({ from, to, epoch, data });
    await seen();
    expect(ann!.links.get('bob')).to.eql(['connecting', 'connected']);
    expect(bob!.links.get('ann')).to.eql(['connecting', 'connected']);
    call.hub.send({ from: 'bob', to: 'ann', epoch: 99, data: { type: 'offer', sdp: 'v=0\r\nnonsense' } });
    await until('rebuilt', () => offers() > 1);
    await seen();
  });

  it('closes everything in the same turn in which it is aborted', async () => {
    const [ann] = await show('ann', 'bob', 'cas');
    await seen();
    expect(connections.open().length).to.equal(6);
    ann!.leaving.abort();
    expect(connections.open().length).to.equal(4);
  });
});

/** As if nothing arrived any more, and nobody told so. */
function deafen(connection: RTCPeerConnection): void {
  connection.getStats = async () => new Map() as unknown as RTCStatsReport;
}
