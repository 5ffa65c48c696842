import { expect } from '@open-wc/testing';
import type { TransportGrant } from '../../src/domain/call/transport-grant.js';
import type { TransportFactory } from '../../src/transports/transport.js';
import { CallInOnePage, until } from '../fakes/session/call-in-one-page.js';
import { movingVideo, tone } from '../fakes/media/test-tracks.js';

/** What every transport must do, seen through the port only. */
export function transportContract(
  name: string,
  load: () => Promise<TransportFactory>,
  /** Gets a participant's grant for a room; `null` if this browser cannot reach what the transport needs. */
  grantFor?: (room: string, id: string) => Promise<TransportGrant | null>,
): void {
  describe(`the ${name} transport`, function () {
    this.timeout(60_000);
    let end: AbortController;
    let call: CallInOnePage;
    const picture = (colour: string): MediaStreamTrack => movingVideo(colour, end.signal);
    const sound = (): MediaStreamTrack => tone(end.signal);

    before(async function () {
      if (!grantFor || (await grantFor('none', 'nobody'))) return;
      console.warn(
        `!!! THE ${name.toUpperCase()} TRANSPORT IS NOT TESTED: its server is missing or out of reach.`,
      );
      this.skip();
    });
    beforeEach(async () => {
      end = new AbortController();
      call = new CallInOnePage(await load(), end.signal);
      const room = crypto.randomUUID();
      if (grantFor) await call.grant((id) => grantFor(room, id));
    });
    afterEach(() => end.abort());

    const pair = async () => {
      const [ann, bob] = call.join('ann', 'bob');
      await until('connected', () => ann!.link('bob') === 'connected' && bob!.link('ann') === 'connected');
      return { ann: ann!, bob: bob! };
    };

    it('carries sound and picture both ways', async () => {
      const [ann, bob] = call.join('ann', 'bob');
      await ann!.transport.send('microphone', sound());
      await ann!.transport.send('camera', picture('red'));
      await bob!.transport.send('microphone', sound());
      await bob!.transport.send('camera', picture('blue'));
      await Promise.all([
        ann!.receivesVideo('bob', 'camera', 'blue'),
        bob!.receivesVideo('ann', 'camera', 'red'),
        ann!.receivesAudio('bob', 'microphone'),
        bob!.receivesAudio('ann', 'microphone'),
      ]);
    });

    it('sends what it was given before the first peer came', async () => {
      const [ann] = call.join('ann');
      await ann!.transport.send('camera', picture('red'));
      const [bob] = call.join('bob');
      await bob!.receivesVideo('ann', 'camera', 'red');
    });

    it('connects without a single track', async () => {
      const { ann, bob } = await pair();
      expect(ann.links.get('bob')).to.eql(['connecting', 'connected']);
      expect(bob.links.get('ann')).to.eql(['connecting', 'connected']);
    });

    it('adds and replaces tracks of either side without a word between them', async () => {
      const { ann, bob } = await pair();
      await until('candidates are said', quiet(call));
      const before = call.hub.sent.length;
      await ann.transport.send('microphone', sound());
      await ann.transport.send('camera', picture('red'));
      await bob.transport.send('camera', picture('blue'));
      await Promise.all([
        bob.receivesAudio('ann', 'microphone'),
        bob.receivesVideo('ann', 'camera', 'red'),
        ann.receivesVideo('bob', 'camera', 'blue'),
      ]);
      await ann.transport.send('camera', picture('lime'));
      await bob.receivesVideo('ann', 'camera', 'green');
      expect(call.hub.sent.length).to.equal(before);
    });

    it('stops sending, and starts again', async () => {
      const { ann, bob } = await pair();
      await ann.transport.send('microphone', sound());
      await bob.receivesAudio('ann', 'microphone');
      await ann.transport.send('microphone', null);
      await bob.receivesAudio('ann', 'microphone', false);
      await ann.transport.send('microphone', sound());
      await bob.receivesAudio('ann', 'microphone');
    });

    it('lets the last of several calls win', async () => {
      const { ann, bob } = await pair();
      const calls = [picture('red'), null, picture('lime'), picture('blue')];
      await Promise.all(calls.map((track) => ann.transport.send('camera', track)));
      await bob.receivesVideo('ann', 'camera', 'blue');
    });

    it('carries camera and screen, voice and the sound of the screen, side by side', async () => {
      const { ann, bob } = await pair();
      await bob.transport.send('camera', picture('red'));
      await bob.transport.send('screen', picture('blue'));
      await bob.transport.send('screen-audio', sound());
      await Promise.all([
        ann.receivesVideo('bob', 'camera', 'red'),
        ann.receivesVideo('bob', 'screen', 'blue'),
        ann.receivesAudio('bob', 'screen-audio'),
      ]);
      await ann.receivesAudio('bob', 'microphone', false);
    });

    it('says how loud each one is', async () => {
      const { ann, bob } = await pair();
      await ann.transport.send('microphone', sound());
      await bob.receivesAudio('ann', 'microphone'); // As in a call, where it is played: browsers measure what they play.
      await until('ann is loud', () => (bob.transport.levels().get('ann') ?? 0) > 0.05);
      expect(ann.transport.levels().get('bob') ?? 0).to.be.below(0.05);
      await ann.transport.send('microphone', null);
      await until('ann is silent', () => (bob.transport.levels().get('ann') ?? 0) < 0.01);
    });

    it('grades the connection', async () => {
      const { ann, bob } = await pair();
      await ann.transport.send('microphone', sound());
      await until('graded', () => (bob.qualities.get('ann')?.at(-1) ?? 0) > 0);
    });

    it('connects three with each other, and goes on when one leaves', async () => {
      const [ann, bob, cas] = call.join('ann', 'bob', 'cas');
      await ann!.transport.send('camera', picture('red'));
      await bob!.transport.send('camera', picture('lime'));
      await cas!.transport.send('camera', picture('blue'));
      await Promise.all([
        ann!.receivesVideo('bob', 'camera', 'green'),
        ann!.receivesVideo('cas', 'camera', 'blue'),
        bob!.receivesVideo('ann', 'camera', 'red'),
        bob!.receivesVideo('cas', 'camera', 'blue'),
        cas!.receivesVideo('ann', 'camera', 'red'),
        cas!.receivesVideo('bob', 'camera', 'green'),
      ]);
      call.leave('bob');
      expect(ann!.track('bob', 'camera')).to.equal(null);
      await Promise.all([
        ann!.receivesVideo('cas', 'camera', 'blue'),
        cas!.receivesVideo('ann', 'camera', 'red'),
      ]);
      expect([...ann!.transport.levels().keys()]).to.eql(['cas']);
    });

    it('leaves a healthy connection alone when asked to recover', async () => {
      const { ann, bob } = await pair();
      await ann.transport.send('camera', picture('red'));
      await bob.receivesVideo('ann', 'camera', 'red');
      const track = bob.track('ann', 'camera');
      ann.transport.recover();
      bob.transport.recover();
      const frames = bob.frames('ann', 'camera');
      await until('two seconds of picture', () => bob.frames('ann', 'camera') > frames + 30);
      expect(bob.track('ann', 'camera')).to.equal(track);
      expect(bob.links.get('ann')).to.eql(['connecting', 'connected']);
    });

    it('is silent once it is aborted', async () => {
      const { ann, bob } = await pair();
      ann.leaving.abort();
      ann.transport.setPeers([{ id: 'bob', order: bob.order, connection: 'connected' }]);
      await ann.transport.send('camera', null);
      ann.transport.recover();
      expect([...ann.transport.levels()]).to.eql([]);
    });
  });
}

/** True once nothing was said for half a second. */
function quiet(call: CallInOnePage): () => boolean {
  let since = { sentBefore: -1, at: 0 };
  return () => {
    const sentBefore = call.hub.sent.length;
    if (sentBefore !== since.sentBefore) since = { sentBefore, at: performance.now() };
    return performance.now() - since.at > 500;
  };
}
