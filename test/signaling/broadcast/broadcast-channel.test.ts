import { expect } from '@open-wc/testing';
import type { CallError } from '../../../src/domain/call-error.js';
import { initialParticipantState, type Participant } from '../../../src/domain/call/participant.js';
import type { ServerPush } from '../../../src/protocol/messages.js';
import { createBroadcastChannel } from '../../../src/signaling/broadcast/broadcast-channel.js';
import type { SignalingChannel } from '../../../src/signaling/signaling-channel.js';
import { runSignalingCase, signalingContract } from '../../contracts/signaling.contract.js';
import { junk } from '../../fakes/signaling/junk.js';

describe('the channel between tabs', () => {
  for (const contract of signalingContract)
    it(contract.title, () =>
      runSignalingCase(contract, {
        open: ({ name, ...options }) =>
          createBroadcastChannel({ ...options, user: { uid: name.toLowerCase(), name, avatar: '' } }),
      }),
    );

  let lifetime: AbortController;
  let sessionId: string;
  let nameOfCall: string;
  beforeEach(() => {
    lifetime = new AbortController();
    sessionId = `tabs ${Math.random()}`;
    nameOfCall = `cometchat-call:${encodeURIComponent(sessionId)}:`;
  });
  afterEach(() => lifetime.abort());

  const open = (name = 'Ann', signal = lifetime.signal): SignalingChannel =>
    createBroadcastChannel({
      sessionId,
      user: { uid: name, name, avatar: '' },
      state: () => initialParticipantState,
      signal,
    });

  const received = (channel: SignalingChannel, type: ServerPush['type']): Promise<ServerPush> =>
    new Promise((resolve) =>
      channel.events.on('message', (push) => push.type === type && resolve(push), {
        signal: lifetime.signal,
      }),
    );

  /** What a member hears from now on until everything that was posted meanwhile must have arrived. */
  const collect = (channel: SignalingChannel): (() => Promise<ServerPush[]>) => {
    const pushes: ServerPush[] = [];
    channel.events.on('message', (push) => pushes.push(push), { signal: lifetime.signal });
    return async () => {
      const marker = open('Marker');
      const { id } = (await marker.join()).self;
      const left = new Promise<void>((resolve) =>
        channel.events.on(
          'message',
          (push) => push.type === 'participant-left' && push.participantId === id && resolve(),
          { signal: lifetime.signal },
        ),
      );
      marker.leave();
      await left;
      return pushes.filter((push) => !JSON.stringify(push).includes(id));
    };
  };

  /** A tab that can be killed: it joins the call and tells so. */
  const openTab = async (): Promise<HTMLIFrameElement> => {
    const frame = document.createElement('iframe');
    const source = new URL('../../../src/signaling/broadcast/broadcast-channel.ts', import.meta.url).href;
    const state = JSON.stringify(initialParticipantState);
    frame.srcdoc = `<script type="module">
      import { createBroadcastChannel } from '${source}';
      createBroadcastChannel({
        sessionId: ${JSON.stringify(sessionId)},
        user: { uid: 'tab', name: 'Tab', avatar: '' },
        state: () => (${state}),
        signal: new AbortController().signal,
      }).join();
    </script>`;
    document.body.append(frame);
    return frame;
  };

  /** ms of the fastest of some joins: a busy machine may delay one. */
  const fastestJoin = async (): Promise<number> => {
    const times: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      const channel = open('Bob');
      const before = performance.now();
      await channel.join();
      times.push(performance.now() - before);
      channel.leave();
    }
    return Math.min(...times);
  };

  it('being alone is known at once', async () => {
    expect(await fastestJoin()).to.be.below(140);
  });

  it('no join waits longer than for the answers of those who are there', async () => {
    await open('Ann').join();
    expect(await fastestJoin()).to.be.below(140);
  });

  it('a tab that is there but does not answer is not waited for', async () => {
    void navigator.locks.request(
      `${nameOfCall}7:frozen`,
      () => new Promise((release) => lifetime.signal.addEventListener('abort', release)),
    );
    const { participants, self } = await open().join();
    expect(participants).to.eql([]);
    expect(self.order).to.be.above(7);
  });

  it('a tab that dies without a word has left', async () => {
    const ann = open('Ann');
    await ann.join();
    const joined = received(ann, 'participant-joined');
    const frame = await openTab();
    const { participant } = (await joined) as Extract<ServerPush, { type: 'participant-joined' }>;
    expect(participant.name).to.equal('Tab');
    const left = received(ann, 'participant-left');
    frame.remove();
    expect(await left).to.eql({ type: 'participant-left', participantId: participant.id });
    expect((await open('Bob').join()).participants.map(({ name }) => name)).to.eql(['Ann']);
  });

  it('ends without a word when its signal is aborted: the others learn it all the same', async () => {
    const ann = open('Ann');
    await ann.join();
    const end = new AbortController();
    const bob = open('Bob', end.signal);
    const closed: CallError[] = [];
    bob.events.on('closed', (error) => closed.push(error), { signal: lifetime.signal });
    const { self } = await bob.join();
    const left = received(ann, 'participant-left');
    end.abort();
    expect(await left).to.eql({ type: 'participant-left', participantId: self.id });
    expect(closed).to.eql([]);
  });

  it('the earlier of two requests for video made at the same time counts, and both have agreed', async () => {
    const [ann, bob] = [open('Ann'), open('Bob')];
    const annId = (await ann.join()).self.id;
    const bobId = (await bob.join()).self.id;
    const switched = [ann, bob].map((channel) => received(channel, 'switched-to-video'));
    await Promise.all([ann, bob].map((channel) => channel.request({ type: 'request-video' })));
    const outcome = { type: 'switched-to-video', initiator: annId, responder: bobId };
    expect(await Promise.all(switched)).to.eql([outcome, outcome]);
  });

  it('a request for video ends when the only one who was asked leaves', async () => {
    const [ann, bob] = [open('Ann'), open('Bob')];
    await ann.join();
    await bob.join();
    const [asked, ended] = [received(bob, 'video-requested'), received(ann, 'video-request-ended')];
    await ann.request({ type: 'request-video' });
    await asked;
    bob.leave();
    await ended;
  });

  it('a request for video is accepted when no one else is there', async () => {
    const ann = open('Ann');
    const { self } = await ann.join();
    const switched = received(ann, 'switched-to-video');
    await ann.request({ type: 'request-video' });
    expect(await switched).to.include({ initiator: self.id, responder: self.id });
  });

  describe('with strangers on it', () => {
    let stranger: BroadcastChannel;
    beforeEach(() => (stranger = new BroadcastChannel(nameOfCall)));
    afterEach(() => stranger.close());

    it('no posted message disturbs the call', async () => {
      const [ann, bob] = [open('Ann'), open('Bob')];
      const joined = received(ann, 'participant-joined');
      const annId = (await ann.join()).self.id;
      const answer = await bob.join();
      await joined;
      const receivedByAnn = collect(ann);
      for (const thing of junk([annId, answer.self.id])) stranger.postMessage(thing);
      expect(await receivedByAnn()).to.eql([]);
      const { participants } = await open('Cleo').join();
      expect(participants.map(({ name }) => name)).to.eql(['Ann', 'Bob']);
    });

    it('a tab cannot speak for another', async () => {
      const [ann, bob, cleo] = [open('Ann'), open('Bob'), open('Cleo')];
      const annId = (await ann.join()).self.id;
      const bobId = (await bob.join()).self.id;
      const cleoId = (await cleo.join()).self.id;
      const by = cleoId;
      const data = { type: 'rebuild' };
      const forged = [
        { type: 'participant-updated', participantId: bobId, changes: { audioMuted: false }, by },
        { type: 'participant-updated', participantId: bobId, changes: { audioMuted: true }, by: bobId },
        { type: 'participant-updated', participantId: bobId, changes: { handRaisedAt: 1 }, by },
        { type: 'signal', from: bobId, epoch: 0, data },
        { type: 'video-requested', by: bobId },
        { type: 'video-request-ended' },
        { type: 'switched-to-video', initiator: bobId, responder: cleoId },
        { type: 'switched-to-video', initiator: cleoId, responder: bobId },
        { type: 'video-answer', accept: true },
        { type: 'closing', error: { code: 'SESSION_ENDED', message: '' } },
        { type: 'participant-left', participantId: bobId },
      ];
      const receivedByAnn = collect(ann);
      for (const message of forged) stranger.postMessage({ from: cleoId, to: annId, message });
      stranger.postMessage({ from: 'nobody', to: null, message: { type: 'video-requested', by: 'nobody' } });
      expect(await receivedByAnn()).to.eql([]);
      expect((await open('Dan').join()).participants.map(({ name }) => name)).to.eql(['Ann', 'Bob', 'Cleo']);
    });

    it('a participant who is not alive does not stay', async () => {
      const ann = open('Ann');
      await ann.join();
      const ghost: Participant = {
        ...initialParticipantState,
        id: 'ghost',
        uid: 'ghost',
        name: 'Ghost',
        avatar: '',
        order: 3,
        joinedAt: 0,
        connection: 'connected',
      };
      const left = received(ann, 'participant-left');
      stranger.postMessage({
        from: 'ghost',
        to: null,
        message: { type: 'participant-joined', participant: ghost },
      });
      expect(await left).to.include({ participantId: 'ghost' });
    });
  });
});
