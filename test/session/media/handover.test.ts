import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import type { CallFact } from '../../../src/domain/call/call-facts.js';
import type { TransportName } from '../../../src/domain/call/transport-grant.js';
import { Handover } from '../../../src/session/media/transport/handover.js';
import { MediaPlane } from '../../../src/session/media/media-plane.js';
import type { NumberedGrant } from '../../../src/session/media/transport/open-transport.js';
import { FakeTrack, provideMediaClasses } from '../../fakes/media/node-media.js';
import { FakeNetwork } from '../../fakes/session/fake-transport.js';
import { real, settled } from '../../fakes/session/session-harness.js';

provideMediaClasses();

const mesh = (generation: number): NumberedGrant => ({ generation, transport: 'mesh', iceServers: [] });
const sfu = (generation: number): NumberedGrant => ({
  generation,
  transport: 'sfu',
  url: 'wss://s',
  token: 't',
});

describe('a call that moves to another transport', () => {
  let end: AbortController;
  let networks: Record<TransportName, FakeNetwork>;
  /** The tracks of which media has arrived. */
  let arrivals: Map<MediaStreamTrack, () => void>;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    end = new AbortController();
    networks = { mesh: new FakeNetwork(), sfu: new FakeNetwork() };
    arrivals = new Map();
  });
  afterEach(() => {
    end.abort();
    mock.timers.reset();
  });

  const participant = async (id: string, order: number) => {
    const facts: CallFact[] = [];
    const ready: number[] = [];
    const media = new MediaPlane({
      ports: {
        loadTransport: (name) => Promise.resolve(networks[name].create),
        createLevelMeter: () => ({ read: () => 0 }),
        createHandover: (options) =>
          Promise.resolve(
            new Handover({
              ...options,
              firstMedia: (track) => new Promise((resolve) => arrivals.set(track, resolve)),
            }),
          ),
      },
      dispatch: (fact) => facts.push(fact),
      sendSignal: () => Promise.resolve(true),
      onSilent: () => undefined,
      renewGrant: () => Promise.reject(new Error('not asked for')),
      expectedSources: () => ['camera'],
      maySend: () => true,
      onTransportReady: (generation) => ready.push(generation),
      signal: end.signal,
    });
    const camera = new FakeTrack('video');
    await media.open({ id, order }, mesh(0));
    media.setLocalTrack('camera', real(camera));
    const shown = (of: string) => media.streams.streamOf(of, 'camera')?.getTracks()[0];
    const links = () => facts.flatMap((fact) => (fact.type === 'link-changed' ? [fact.state] : []));
    return { id, order, media, camera, facts, ready, shown, links };
  };

  const pair = async () => {
    const [ann, bob] = [await participant('ann', 1), await participant('bob', 2)];
    for (const [one, two] of [
      [ann, bob],
      [bob, ann],
    ] as const)
      one.media.setPeers([{ id: two.id, order: two.order, connection: 'connected' }]);
    return { ann, bob };
  };

  it('shows each participant from the old one until the new one delivers, and raises no event of a leave', async () => {
    const { ann, bob } = await pair();
    const before = ann.media.streams.streamOf('bob', 'camera');
    await Promise.all([ann.media.move(sfu(1)), bob.media.move(sfu(1))]);
    await settled();
    assert.equal(ann.media.streams.streamOf('bob', 'camera'), before);
    assert.deepEqual(ann.ready, []);
    arrivals.get(real(bob.camera))?.();
    await settled();
    assert.equal(ann.shown('bob'), real(bob.camera));
    assert.deepEqual(ann.ready, [1]);
    assert.ok(networks.mesh.transports.has('ann'), 'the old one is open until all are ready');
    for (const { media } of [ann, bob]) media.settle(1);
    assert.ok(!networks.mesh.transports.has('ann'));
    assert.equal(ann.shown('bob'), real(bob.camera));
    assert.deepEqual(new Set(ann.links()), new Set(['connecting', 'connected']));
    assert.equal(ann.links().lastIndexOf('connecting'), 0);
  });

  it('sends through both meanwhile, and later through the new one alone', async () => {
    const { ann } = await pair();
    const old = networks.mesh.transports.get('ann');
    await ann.media.move(sfu(1));
    const screen = real(new FakeTrack('video'));
    ann.media.setLocalTrack('screen', screen);
    assert.deepEqual(
      [old?.sent.get('screen'), networks.sfu.transports.get('ann')?.sent.get('screen')],
      [screen, screen],
    );
    ann.media.settle(1);
    ann.media.setLocalTrack('screen', null);
    assert.equal(old?.sent.get('screen'), screen);
    assert.equal(networks.sfu.transports.get('ann')?.sent.get('screen'), null);
  });

  it('does not put those who join meanwhile on the old one', async () => {
    const { ann, bob } = await pair();
    await ann.media.move(sfu(1));
    const both = ['bob', 'cas'].map((id) => ({ id, order: 1, connection: 'connected' as const }));
    ann.media.setPeers(both);
    const on = (name: TransportName) => networks[name].transports.get('ann')?.peers.map(({ id }) => id);
    assert.deepEqual(on('mesh'), [bob.id]);
    assert.deepEqual(on('sfu'), ['bob', 'cas']);
  });

  it('counts as ready after a while although a picture is missing, and closes the old one in the end', async () => {
    const { ann, bob } = await pair();
    await Promise.all([ann.media.move(sfu(1)), bob.media.move(sfu(1))]);
    await settled();
    mock.timers.tick(8000);
    assert.deepEqual(ann.ready, [1]);
    mock.timers.tick(7000);
    assert.ok(!networks.mesh.transports.has('ann'));
  });

  it('keeps what is still signalled on the old one apart from the new one', async () => {
    const { ann } = await pair();
    const signals: string[] = [];
    const onEvent = (name: TransportName) =>
      networks[name].transports
        .get('ann')
        ?.context.signaling.events.on('signal', ({ epoch }) => signals.push(`${name} ${epoch}`), end);
    onEvent('mesh');
    const data = { type: 'rebuild' } as const;
    // Generation 2 is not open yet.
    ann.media.receive({ from: 'bob', epoch: 2 * 2 ** 20 + 7, data });
    ann.media.receive({ from: 'bob', epoch: 3, data });
    assert.deepEqual(signals, ['mesh 3']);
    await ann.media.move(sfu(1));
    ann.media.settle(1);
    const moving = ann.media.move(mesh(2));
    await settled();
    onEvent('mesh');
    await moving;
    ann.media.receive({ from: 'bob', epoch: 4, data });
    ann.media.receive({ from: 'bob', epoch: 2 * 2 ** 20 + 8, data });
    assert.deepEqual(signals, ['mesh 3', 'mesh 8']);
  });

  it('moves on although the one before has not finished, and only takes new credentials for the one that is open', async () => {
    const { ann } = await pair();
    await Promise.all([ann.media.move(sfu(1)), ann.media.move(mesh(2))]);
    assert.ok(networks.mesh.transports.has('ann'));
    ann.media.settle(1);
    assert.ok(networks.sfu.transports.has('ann'), 'the end of an older move says nothing');
    ann.media.settle(2);
    assert.ok(!networks.sfu.transports.has('ann'));
    const { context } = networks.mesh.transports.get('ann') ?? {};
    const renewed: NumberedGrant = { ...mesh(2), transport: 'mesh', iceServers: [{ urls: 'turn:t' }] };
    await ann.media.move(renewed);
    assert.equal(context?.grant(), renewed);
    assert.equal(networks.mesh.transports.get('ann')?.context, context);
  });
});
