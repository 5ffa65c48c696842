import { expect } from '@open-wc/testing';
import { createMeshTransport } from '../../../src/transports/mesh/mesh-transport.js';
import { until } from '../../fakes/session/call-in-one-page.js';
import type { HubSignal } from '../../fakes/signaling/signaling-hub.js';
import { movingVideo } from '../../fakes/media/test-tracks.js';
import { end, call, connections, show, seen, offers } from './recovery-setup.js';

const loseFirst = (type: HubSignal['data']['type']) => {
  let lost = 0;
  call.hub.outcome = ({ data }) => (data.type === type && (lost += 1) === 1 ? [] : [0]);
};

describe('the mesh, when things go wrong', function () {
  this.timeout(60_000);
  it('needs one offer and one answer', async () => {
    await show('ann', 'bob');
    await seen();
    const types = call.hub.sent.map(({ data }) => data.type).filter((type) => type !== 'candidates');
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

  it('notices the loss of an acknowledged offer long before it would give up', async () => {
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
    call.hub.outcome = ({ data }, index) =>
      data.type === 'candidates' ? [index % 90, 200] : [150, 160, 400];
    await show('ann', 'bob');
    await seen();
    expect(offers()).to.equal(1);
  });

  it('takes signals of a participant whom the roster names only later', async () => {
    const [ann, bob] = await show('ann', 'bob');
    await seen();
    const leave = new AbortController();
    end.signal.addEventListener('abort', () => leave.abort());
    const late = createMeshTransport(call.hub.context('cas', leave.signal));
    late.setPeers([{ id: 'ann', order: ann!.order, connection: 'connected' }]);
    await until('candidates are said', () =>
      call.hub.sent.some(({ from, data }) => from === 'cas' && data.type === 'candidates'),
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

  it('offers again when the addressee of an undelivered offer is back', async () => {
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

  it('notifies the user once of a participant who cannot be reached', async () => {
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
      { type: 'candidates' },
      { type: 'candidates', candidates: [{ candidate: 'nonsense', sdpMid: '0' }] },
      { type: 'candidates', candidates: [{ candidate: 'candidate:1 1 udp 1 1.2.3.4 9 typ host' }] },
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
