import { expect } from '@open-wc/testing';
import { until } from '../../fakes/session/call-in-one-page.js';
import { end, call, connections, show, seen, sent, offers } from './recovery-setup.js';

const sideOf = (type: RTCSdpType): RTCPeerConnection =>
  connections.open().find(({ localDescription }) => localDescription?.type === type)!;

/**
 * As if nothing arrived any more through these connections, and nobody told so, until the returned function is called. Meanwhile, no
 * data channel carries anything.
 */
function deafen(connections: readonly RTCPeerConnection[], until: AbortSignal): () => void {
  const lifetime = new AbortController();
  const own = <Target extends object>(target: Target, replaced: Partial<Target>): void => {
    const before = Object.getOwnPropertyDescriptors(target);
    Object.assign(target, replaced);
    lifetime.signal.addEventListener('abort', () => {
      for (const key of Object.keys(replaced) as (keyof Target)[]) {
        delete target[key];
        if (key in before) Object.defineProperty(target, key, before[key as keyof typeof before]);
      }
    });
  };
  for (const connection of connections) {
    own(connection, { getStats: async () => new Map() as unknown as RTCStatsReport });
    for (const { receiver } of connection.getTransceivers())
      own(receiver, { getSynchronizationSources: () => [] });
  }
  own(RTCDataChannel.prototype, { send: () => undefined });
  until.addEventListener('abort', () => lifetime.abort());
  return () => lifetime.abort();
}

describe('the mesh, when things go wrong', function () {
  this.timeout(60_000);
  it('rebuilds a connection in which nothing arrives any more, and at once when asked to recover', async () => {
    const [ann] = await show('ann', 'bob');
    await seen();
    deafen(connections.open(), end.signal);
    const at = performance.now();
    ann!.transport.recover();
    await until('rebuilt', () => offers() === 2, 6000);
    expect(performance.now() - at).to.be.at.least(2900);
    await until('connected', () => ann!.link('bob') === 'connected');
    await seen();
  });

  for (const side of ['offering', 'answering'] as const)
    it(`first restarts ICE when nothing arrives at the ${side} side, and keeps the connection`, async () => {
      const [ann] = await show('ann', 'bob');
      await seen();
      const deaf = sideOf(side === 'offering' ? 'offer' : 'answer');
      const before = /ice-ufrag:(\S+)/.exec(deaf.localDescription!.sdp)?.[1];
      const heal = deafen([deaf], end.signal);
      await until('restarted', () => sent('offer') === 2 && sent('answer') === 2, 6000);
      heal();
      await until('connected', () => deaf.iceConnectionState === 'connected');
      expect(/ice-ufrag:(\S+)/.exec(deaf.localDescription!.sdp)?.[1]).to.not.equal(before);
      await seen();
      expect(sent('restart')).to.equal(side === 'offering' ? 0 : 1);
      expect(ann!.links.get('bob')).to.eql(['connecting', 'connected']);
      expect(connections.open().length).to.equal(2);
      expect(offers()).to.equal(1);
    });

  it('repeats an offer whose answer was lost, and does not apply one that comes late', async () => {
    await show('ann', 'bob');
    await seen();
    let lost = 0;
    call.hub.outcome = ({ data }) => (data.type === 'answer' && (lost += 1) === 1 ? [] : [0]);
    const heal = deafen([sideOf('answer')], end.signal);
    await until('the answer is lost', () => lost === 1, 6000);
    const ask = (): void => call.hub.send({ from: 'ann', to: 'bob', epoch: 1, data: { type: 'restart' } });
    ask();
    await until('answered', () => lost === 2);
    heal();
    const [first] = call.hub.sent.filter(({ data }) => data.type === 'offer');
    call.hub.send(first!);
    await seen();
    expect(connections.open().length).to.equal(2);
    expect(offers()).to.equal(1);
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
    deafen(connections.open(), end.signal);
    await until('interrupted', () => ann!.link('bob') === 'interrupted');
    expect(offers()).to.equal(1);
    await until('connected', () => ann!.link('bob') === 'connected');
    expect(ann!.qualities.get('bob')).to.include(0);
    expect(offers()).to.equal(2);
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
});
