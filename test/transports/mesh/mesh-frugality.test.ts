import { expect } from '@open-wc/testing';
import { createMeshTransport } from '../../../src/transports/mesh/mesh-transport.js';
import { CallInOnePage, until, type TestParticipant } from '../../fakes/session/call-in-one-page.js';
import { movingVideo, tone } from '../../fakes/media/test-tracks.js';
import { watchConnections } from '../../fakes/signaling/watch-connections.js';

describe('a mesh in which a participant pauses video out of sight', function () {
  this.timeout(60_000);
  let end: AbortController;
  let call: CallInOnePage;
  let connections: ReturnType<typeof watchConnections>;

  beforeEach(() => {
    end = new AbortController();
    connections = watchConnections(end.signal);
    call = new CallInOnePage(createMeshTransport, end.signal);
  });
  afterEach(() => end.abort());

  const show = async (...ids: string[]): Promise<TestParticipant[]> => {
    const members = call.join(...ids);
    for (const { transport } of members) await transport.send('camera', movingVideo('red', end.signal));
    await Promise.all(
      members.flatMap((one) =>
        members.filter((two) => two !== one).map(({ id }) => one.receivesVideo(id, 'camera', 'red')),
      ),
    );
    return members;
  };

  /** Frames that all connections of the page have encoded of pictures. */
  const encoded = async (): Promise<number> => {
    let frames = 0;
    for (const connection of connections.open())
      (await connection.getStats()).forEach((report: RTCOutboundRtpStreamStats) => {
        if (report.type === 'outbound-rtp' && report.kind === 'video') frames += report.framesEncoded ?? 0;
      });
    return frames;
  };
  /** Resolves when nothing more was counted for a second. */
  const standsStill = async (what: string, count: () => number | Promise<number>): Promise<void> => {
    let last = -1;
    let since = 0;
    await until(what, async () => {
      const now = await count();
      if (now !== last) [last, since] = [now, performance.now()];
      return performance.now() - since > 1000;
    });
  };
  const goesOn = async (what: string, count: () => number | Promise<number>): Promise<void> => {
    const before = await count();
    await until(what, async () => (await count()) > before + 3);
  };

  it('spares only the picture that is not looked at, and sends it at once when it is again', async () => {
    const [ann, bob, cas] = await show('ann', 'bob', 'cas');
    await ann!.transport.send('microphone', tone(end.signal));
    bob!.transport.setWanted!(new Map([['ann', 'none']]));
    await standsStill('bob gets no picture of ann', () => bob!.frames('ann', 'camera'));
    await goesOn('cas does', () => cas!.frames('ann', 'camera'));
    await goesOn('bob still sees cas', () => bob!.frames('cas', 'camera'));
    await goesOn('ann still sees bob', () => ann!.frames('bob', 'camera'));
    await bob!.receivesAudio('ann', 'microphone');
    bob!.transport.setWanted!(new Map());
    await goesOn('bob sees ann again', () => bob!.frames('ann', 'camera'));
    expect(bob!.link('ann')).to.equal('connected');
    expect(bob!.links.get('ann')).to.eql(['connecting', 'connected']);
  });

  it('encodes nothing while neither looks, whatever else changes, and a new picture is sent once they do', async () => {
    const [ann, bob] = await show('ann', 'bob');
    ann!.transport.setWanted!(new Map([['bob', 'none']]));
    bob!.transport.setWanted!(new Map([['ann', 'none']]));
    await standsStill('nothing is encoded', encoded);
    await ann!.transport.send('camera', movingVideo('blue', end.signal));
    call.join('cas');
    await until('cas is there', () => ann!.link('cas') === 'connected' && bob!.link('cas') === 'connected');
    await standsStill('bob gets no picture of ann', () => bob!.frames('ann', 'camera'));
    bob!.transport.setWanted!(new Map());
    await bob!.receivesVideo('ann', 'camera', 'blue');
  });

  it('sends a picture no larger than it is shown, and in full again', async () => {
    const [ann, bob] = await show('ann', 'bob');
    const height = (): number => bob!.track('ann', 'camera')?.getSettings().height ?? 0;
    await ann!.transport.send('camera', movingVideo('blue', end.signal));
    await bob!.receivesVideo('ann', 'camera', 'blue');
    await until('it is full size', () => height() >= 110);
    bob!.transport.setWanted!(new Map([['ann', { width: 80, height: 60 }]]));
    await until('it is small', () => height() > 0 && height() <= 70);
    bob!.transport.setWanted!(new Map());
    await until('it is full size again', () => height() >= 110);
  });

  it('remembers it in the next connection', async () => {
    const [ann, bob] = await show('ann', 'bob');
    bob!.transport.setWanted!(new Map([['ann', 'none']]));
    await standsStill('bob gets no picture of ann', () => bob!.frames('ann', 'camera'));
    const old = bob!.track('ann', 'camera');
    connections.open()[0]!.close();
    await until(
      'another track',
      () => bob!.track('ann', 'camera') !== old && ann!.link('bob') === 'connected',
    );
    await standsStill('bob gets no picture of ann', () => bob!.frames('ann', 'camera'));
    bob!.transport.setWanted!(new Map());
    await bob!.receivesVideo('ann', 'camera', 'red');
  });
});
