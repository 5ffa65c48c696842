import { expect } from '@open-wc/testing';
import { createMeshTransport } from '../../../src/transports/mesh/mesh-transport.js';
import { CallInOnePage, until } from '../../fakes/session/call-in-one-page.js';
import { movingVideo } from '../../fakes/media/test-tracks.js';
import { watchConnections } from '../../fakes/signaling/watch-connections.js';

describe('a mesh that was prepared before the join was answered', function () {
  this.timeout(60_000);
  let end: AbortController;
  let connections: ReturnType<typeof watchConnections>;

  beforeEach(() => {
    end = new AbortController();
    connections = watchConnections(end.signal);
  });
  afterEach(() => {
    end.abort();
    expect(connections.open()).to.eql([]);
  });

  const prepared = async () => {
    const create = createMeshTransport.prepare!({ signal: end.signal });
    await until('the offer is made', () =>
      connections.open()[0]?.localDescription?.sdp.includes('a=candidate'),
    );
    return create;
  };

  it('offers at once, with the candidates it has, and keeps the cameras opened meanwhile', async () => {
    const create = await prepared();
    const call = new CallInOnePage(createMeshTransport, end.signal);
    const [ann] = call.join('ann');
    await ann!.transport.send('camera', movingVideo('red', end.signal));
    call.create = create;
    const [bob] = call.join('bob');
    // The answering side has its connection before the offer arrives.
    expect(connections.open().length).to.equal(2);
    await bob!.transport.send('camera', movingVideo('blue', end.signal));
    const [first] = call.hub.sent;
    expect(first).to.deep.include({ from: 'bob', to: 'ann', epoch: 1 });
    expect(first!.data).to.have.property('sdp').that.includes('a=candidate');
    await ann!.receivesVideo('bob', 'camera', 'blue');
    await bob!.receivesVideo('ann', 'camera', 'red');
    expect(connections.open().length).to.equal(2);
    expect(call.hub.sent.filter(({ data }) => data.type === 'offer').length).to.equal(1);
  });

  it('keeps no connection when no one else is there', async () => {
    const create = await prepared();
    const call = new CallInOnePage(create, end.signal);
    call.join('ann');
    await until('it is closed', () => connections.open().length === 0);
  });

  it('makes another connection if there are ICE servers', async () => {
    const create = await prepared();
    const call = new CallInOnePage(createMeshTransport, end.signal);
    const context = call.hub.context('bob', end.signal, 2);
    const iceServers = [{ urls: 'stun:127.0.0.1:34780' }];
    const transport = create({ ...context, grant: () => ({ transport: 'mesh', iceServers }) });
    transport.setPeers([{ id: 'ann', order: 1, connection: 'connected' }]);
    expect(connections.open().map((each) => each.getConfiguration().iceServers?.length)).to.eql([1]);
  });
});

describe('a mesh with the URL of a server that the browser refuses', function () {
  this.timeout(60_000);

  it('connects without it, on either side, and names it once', async () => {
    const end = new AbortController();
    const call = new CallInOnePage(createMeshTransport, end.signal);
    const urls = ['turn:turn.example:99999999', 'stun:127.0.0.1:34780'];
    const iceServers = [{ urls, username: 'u', credential: 'c' }];
    for (const id of ['ann', 'bob', 'cas']) call.hub.grants.set(id, { transport: 'mesh', iceServers });
    const [ann, bob, cas] = call.join('ann', 'bob', 'cas');
    await ann!.transport.send('camera', movingVideo('red', end.signal));
    await bob!.receivesVideo('ann', 'camera', 'red');
    await cas!.receivesVideo('ann', 'camera', 'red');
    for (const { errors } of [ann!, bob!, cas!])
      expect(errors.map(({ code, details }) => [code, details])).to.eql([
        ['ICE_SERVER_INVALID', { url: urls[0] }],
      ]);
    end.abort();
  });
});
