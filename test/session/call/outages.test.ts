import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { ChunkLoadError } from '../../../src/base/load-chunk.js';
import { CallError } from '../../../src/domain/call-error.js';
import { Handover } from '../../../src/session/media/transport/handover.js';
import { FakeNetwork } from '../../fakes/session/fake-transport.js';
import { participant } from '../../fakes/ui/participants.js';
import { joinAnswer, settled } from '../../fakes/session/session-harness.js';
import { worldWith, bob, cy } from './session-setup.js';

describe('a gap in the connection', () => {
  it('raises one event, and one at its end; no participant leaves or joins', async () => {
    const world = worldWith();
    await world.join(bob);
    const before = world.notified.length;
    world.channel.events.emit('lost', undefined);
    assert.equal(world.call.phase, 'reconnecting');
    world.channel.events.emit('resumed', joinAnswer([bob]));
    await settled();
    assert.deepEqual(world.names.slice(before), ['onConnectionLost', 'onConnectionRestored']);
    assert.equal(world.transport.recoveries, 1);
  });

  it('after a restart of the server, who has not come back yet is waited for, then has left', async () => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
    const world = worldWith();
    await world.join(bob, cy);
    world.channel.events.emit('lost', undefined);
    const self = participant('me', { order: 100 });
    const answer = joinAnswer([bob], { serverId: 'server-2', graceMs: 10_000, self });
    world.channel.events.emit('resumed', answer);
    await settled();
    assert.equal(world.call.participants.get('c')?.connection, 'reconnecting');
    assert.equal(world.names.includes('onUserLeft'), false);
    mock.timers.tick(10_000);
    assert.equal(world.call.participants.has('c'), false);
    assert.ok(world.names.includes('onUserLeft'));
  });

  it('after a restart of the server, who is still seen is waited for, and comes back without an event', async () => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
    const world = worldWith();
    await world.join(bob, cy);
    world.transport.events.emit('link', { id: 'c', state: 'connected' });
    const before = world.notified.length;
    world.channel.events.emit('lost', undefined);
    const self = participant('me', { order: 100 });
    const restarted = { serverId: 'server-2', graceMs: 10_000, self };
    world.channel.events.emit('resumed', joinAnswer([bob], restarted));
    await settled();
    mock.timers.tick(20_000);
    // The connection breaks again before Cy is back.
    world.channel.events.emit('lost', undefined);
    world.channel.events.emit('resumed', joinAnswer([bob], restarted));
    await settled();
    assert.equal(world.call.participants.get('c')?.connection, 'connected');
    world.channel.events.emit('message', { type: 'participant-joined', participant: cy });
    mock.timers.tick(60_000);
    assert.ok(world.call.participants.has('c'));
    const twice = ['onConnectionLost', 'onConnectionRestored'];
    assert.deepEqual(world.names.slice(before), [...twice, ...twice]);
  });

  it('vouches for a participant whom only the server has lost, as long as the media comes', async () => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
    const world = worldWith();
    await world.join(bob, cy);
    const vouched = () =>
      world.channel.asked.flatMap((request) => (request.type === 'vouch' ? [request] : []));
    const update = (id: string, connection: 'connected' | 'reconnecting'): void =>
      world.channel.events.emit('message', {
        ...{ type: 'participant-updated', participantId: id, changes: { connection }, by: null },
      });
    for (const id of ['b', 'c']) world.transport.events.emit('link', { id, state: 'connected' });
    update('b', 'reconnecting');
    mock.timers.tick(5000);
    assert.deepEqual(vouched(), [], 'not before its absence would be noticed');
    mock.timers.tick(1000);
    assert.deepEqual(vouched(), [{ type: 'vouch', participantId: 'b' }]);
    mock.timers.tick(6000);
    assert.equal(vouched().length, 2);
    world.transport.events.emit('link', { id: 'b', state: 'interrupted' });
    mock.timers.tick(6000);
    assert.equal(vouched().length, 2);
    world.transport.events.emit('link', { id: 'b', state: 'connected' });
    update('b', 'connected');
    mock.timers.tick(60_000);
    assert.equal(vouched().length, 2);
  });

  it('a restart of the server ends all waiting for the answer to a request for video', async () => {
    const world = worldWith({ audioOnly: true });
    await world.join(bob);
    world.session.commands.switchToVideoCall();
    world.channel.events.emit('lost', undefined);
    world.channel.events.emit('resumed', joinAnswer([bob]));
    await settled();
    assert.deepEqual(world.call.videoRequest, { by: 'me' }, 'the same server still knows of it');
    world.channel.events.emit('lost', undefined);
    world.channel.events.emit('resumed', joinAnswer([bob], { serverId: 'server-2' }));
    await settled();
    assert.equal(world.call.videoRequest, null);
  });

  it('closed for good, it ends the call and says why', async () => {
    const world = worldWith();
    await world.join(bob);
    world.channel.events.emit('closed', new CallError('CONNECTION_LOST'));
    assert.equal(world.session.store.get().phase, 'ended');
    assert.deepEqual(world.names.slice(-4), [
      'onError',
      'onConnectionFailed',
      'onConnectionClosed',
      'onSessionLeft',
    ]);
  });

  it('a new network is tried at once', async () => {
    const world = worldWith();
    await world.join(bob);
    world.networkChanged();
    assert.equal(world.transport.recoveries, 1);
  });
});

describe('after a gap in which the call moved to another transport', () => {
  it('who joins and leaves while it opens is neither forgotten nor kept', async () => {
    const networks = { mesh: new FakeNetwork(), sfu: new FakeNetwork() };
    let loaded: () => void = () => undefined;
    const loading = new Promise<void>((resolve) => (loaded = resolve));
    const world = worldWith(
      {},
      {
        loadTransport: async (name) => {
          if (name === 'sfu') await loading;
          return networks[name].create;
        },
      },
    );
    await world.join(bob);
    world.channel.events.emit('lost', undefined);
    const grant = { transport: 'sfu', generation: 1, url: 'wss://s', token: 't' } as const;
    world.channel.events.emit('resumed', { ...joinAnswer([bob]), ...grant });
    await settled();
    await world.push({ type: 'participant-joined', participant: cy });
    await world.push({ type: 'participant-left', participantId: 'b' });
    loaded();
    await settled();
    assert.deepEqual([...world.call.participants.keys()].sort(), ['c', 'me']);
  });
});

describe('a call that is to move to a transport whose code does not load', () => {
  const grant = { transport: 'sfu', generation: 1, url: 'wss://s', token: 't' } as const;
  const failed = () => Promise.reject(new ChunkLoadError('sfu-transport', new Error()));
  const unmoved = async (missing: 'transport' | 'handover') => {
    let available = false;
    const networks = { mesh: new FakeNetwork(), sfu: new FakeNetwork() };
    const world = worldWith(
      {},
      {
        loadTransport: (name) =>
          name === 'mesh' || missing === 'handover' || available
            ? Promise.resolve(networks[name].create)
            : failed(),
        createHandover: (options) =>
          missing === 'transport' || available
            ? Promise.resolve(new Handover({ ...options, firstMedia: () => Promise.resolve() }))
            : failed(),
      },
    );
    await world.join(bob);
    const { request } = world.channel;
    world.channel.request = (asked) =>
      asked.type === 'get-transport' ? Promise.resolve(grant as never) : request.call(world.channel, asked);
    const isOpen = (name: 'mesh' | 'sfu'): boolean => networks[name].transports.has('me');
    return { world, isOpen, become: () => void (available = true) };
  };

  for (const missing of ['transport', 'handover'] as const)
    it(`stays where it is, says so once, and moves when it can (${missing})`, async () => {
      mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
      const { world, isOpen, become } = await unmoved(missing);
      await world.push({ type: 'transport-changed', generation: 1 });
      assert.deepEqual(world.codes, ['CHUNK_LOAD_FAILED']);
      assert.equal(world.call.phase, 'active');
      assert.deepEqual([isOpen('mesh'), isOpen('sfu')], [true, false]);
      mock.timers.tick(5000);
      await settled();
      assert.deepEqual(world.codes, ['CHUNK_LOAD_FAILED']);
      become();
      mock.timers.tick(5000);
      await settled();
      assert.deepEqual([isOpen('mesh'), isOpen('sfu')], [true, true]);
      await world.push({ type: 'transport-settled', generation: 1 });
      assert.deepEqual([isOpen('mesh'), isOpen('sfu')], [false, true]);
    });

  it('is connected again after a gap in which that was sent', async () => {
    const { world } = await unmoved('transport');
    world.channel.events.emit('lost', undefined);
    world.channel.events.emit('resumed', { ...joinAnswer([bob]), ...grant });
    await settled();
    assert.deepEqual(world.codes, ['CHUNK_LOAD_FAILED']);
    assert.equal(world.call.phase, 'active');
  });
});
