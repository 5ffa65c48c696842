import { initialParticipantState } from '../../src/domain/call/participant.js';
import {
  closed,
  codeOf,
  equal,
  listenTo,
  three,
  type ChannelUnderTest,
  type TestCall,
} from './signaling-participants.js';

interface Case {
  readonly title: string;
  readonly run: (call: TestCall) => Promise<void>;
}

/** What every signalling channel does, whatever is behind it. Runs in any test framework. */
export const signalingContract: readonly Case[] = [
  {
    title: 'the first one is alone',
    run: async (call) => {
      const ann = await call('Ann', { audioMuted: true });
      const answer = await ann.channel.join();
      equal(answer.participants, []);
      equal([answer.self.name, answer.self.audioMuted, answer.self.connection], ['Ann', true, 'connected']);
      equal(answer.transport, 'mesh');
    },
  },
  {
    title: 'the second one finds the first, and the first is notified; the order is that of joining',
    run: async (call) => {
      const [ann, bob] = [await call('Ann'), await call('Bob', { videoPaused: true })];
      const first = await ann.channel.join();
      const second = await bob.channel.join();
      equal(second.participants, [first.self]);
      equal((await ann.next('participant-joined')).participant, second.self);
      equal(second.self.order > first.self.order, true);
      equal(second.sessionId, first.sessionId);
      // Who is in the answer is not announced again.
      equal(bob.received, []);
    },
  },
  {
    title: 'all who join in the same moment find each other, once, and in different places',
    run: async (call) => {
      const members = await Promise.all(['Ann', 'Bob', 'Cleo', 'Dan'].map((name) => call(name)));
      const answers = await Promise.all(members.map(({ channel }) => channel.join()));
      for (const [index, { participants, self }] of answers.entries()) {
        const known = participants.map(({ id }) => id);
        const member = members[index];
        while (member && known.length < 3)
          known.push((await member.next('participant-joined')).participant.id);
        const others = answers.map((answer) => answer.self.id).filter((id) => id !== self.id);
        equal([...known].sort(), others.sort());
      }
      equal(new Set(answers.map(({ self }) => self.order)).size, 4);
    },
  },
  {
    title: 'calls of other sessions are not heard',
    run: async (call) => {
      const [ann, bob] = [await call('Ann'), await call('Bob@elsewhere')];
      await ann.channel.join();
      equal((await bob.channel.join()).participants, []);
    },
  },
  {
    title: 'a signal reaches only its addressee',
    run: async (call) => {
      const { ann, bob, cleo, ids } = await three(call);
      const data = { type: 'offer', sdp: 'v=0' } as const;
      const sent = ann.channel.request({ type: 'signal', to: ids.bob, epoch: 3, data });
      equal(await bob.next('signal'), { type: 'signal', from: ids.ann, epoch: 3, data });
      void ann.channel.request({ type: 'signal', to: ids.cleo, epoch: 4, data: { type: 'rebuild' } });
      equal((await cleo.next('signal')).epoch, 4);
      // Confirmed by the answer to a later request.
      await ann.channel.request({ type: 'update', changes: {} });
      equal(await sent, { delivered: true });
    },
  },
  {
    title: 'signals arrive in the order in which they were sent',
    run: async (call) => {
      const { ann, bob, ids } = await three(call);
      const epochs = [1, 2, 3, 4, 5, 6, 7, 8];
      const sent = epochs.map((epoch) =>
        ann.channel.request({ type: 'signal', to: ids.bob, epoch, data: { type: 'rebuild' } }),
      );
      const received: number[] = [];
      for (const _ of epochs) received.push((await bob.next('signal')).epoch);
      equal(received, epochs);
      await Promise.all(sent);
    },
  },
  {
    title: 'a signal to an unknown participant is refused',
    run: async (call) => {
      const { ann } = await three(call);
      const signal = { type: 'signal', to: 'nobody', epoch: 0, data: { type: 'rebuild' } } as const;
      equal(await codeOf(ann.channel.request(signal)), 'PARTICIPANT_NOT_FOUND');
    },
  },
  {
    title: 'an update reaches the others, and those who join later',
    run: async (call) => {
      const { ann, bob, ids } = await three(call);
      await ann.channel.request({ type: 'update', changes: { handRaisedAt: 5, audioMuted: true } });
      const { participantId, changes, by } = await bob.next('participant-updated');
      equal([participantId, changes.handRaisedAt, changes.audioMuted, by], [ids.ann, 5, true, ids.ann]);
      const dan = await call('Dan');
      const { participants } = await dan.channel.join();
      const raised = participants.find(({ id }) => id === ids.ann);
      equal([raised?.handRaisedAt, raised?.audioMuted], [5, true]);
    },
  },
  {
    title: 'muting another notifies all, including the muted and the muting participant',
    run: async (call) => {
      const { ann, bob, cleo, ids } = await three(call);
      await ann.channel.request({ type: 'mute-participant', participantId: ids.bob, source: 'microphone' });
      for (const member of [ann, bob, cleo]) {
        const { participantId, changes, by } = await member.next('participant-updated');
        equal([participantId, changes.audioMuted, by], [ids.bob, true, ids.ann]);
      }
    },
  },
  {
    title: 'a participant who is not there cannot be muted',
    run: async (call) => {
      const { ann } = await three(call);
      const muted = ann.channel.request({
        type: 'mute-participant',
        participantId: 'nobody',
        source: 'camera',
      });
      equal(await codeOf(muted), 'PARTICIPANT_NOT_FOUND');
    },
  },
  {
    title: 'the call becomes a video call when all others accept',
    run: async (call) => {
      const { ann, bob, cleo, ids } = await three(call);
      await ann.channel.request({ type: 'request-video' });
      for (const member of [bob, cleo]) equal((await member.next('video-requested')).by, ids.ann);
      await bob.channel.request({ type: 'answer-video', accept: true });
      await cleo.channel.request({ type: 'answer-video', accept: true });
      for (const member of [ann, bob, cleo])
        equal((await member.next('switched-to-video')).initiator, ids.ann);
    },
  },
  {
    title: 'one who declines ends the request for all',
    run: async (call) => {
      const { ann, bob, cleo } = await three(call);
      await ann.channel.request({ type: 'request-video' });
      for (const member of [bob, cleo]) await member.next('video-requested');
      await bob.channel.request({ type: 'answer-video', accept: false });
      for (const member of [ann, cleo]) await member.next('video-request-ended');
    },
  },
  {
    title: 'a request for video ends when its author leaves',
    run: async (call) => {
      const { ann, bob } = await three(call);
      await ann.channel.request({ type: 'request-video' });
      await bob.next('video-requested');
      ann.channel.leave();
      await bob.next('video-request-ended');
    },
  },
  {
    title: 'a leave notifies the others at once, and a newcomer does not find that participant',
    run: async (call) => {
      const { ann, bob, cleo, ids } = await three(call);
      bob.channel.leave();
      for (const member of [ann, cleo]) equal((await member.next('participant-left')).participantId, ids.bob);
      const dan = await call('Dan');
      const { participants } = await dan.channel.join();
      equal(
        participants.map(({ name }) => name),
        ['Ann', 'Cleo'],
      );
    },
  },
  {
    title: 'ending the call for everyone ends it: the others receive the reason, and the call is empty',
    run: async (call) => {
      const { ann, bob, cleo } = await three(call);
      const ends = [bob, cleo].map(({ channel }) => closed(channel));
      await ann.channel.request({ type: 'end-session' });
      equal(await Promise.all(ends), ['SESSION_ENDED', 'SESSION_ENDED']);
      ann.channel.leave();
      equal((await (await call('Dan')).channel.join()).participants, []);
    },
  },
  {
    title: 'before the join and after the end nothing can be asked, except what the join tells anyway',
    run: async (call) => {
      const { ann, bob, ids } = await three(call);
      const dan = await call('Dan');
      const signal = { type: 'signal', to: ids.bob, epoch: 0, data: { type: 'rebuild' } } as const;
      ann.channel.leave();
      bob.abort();
      for (const { channel } of [dan, ann, bob]) {
        equal(await codeOf(channel.request(signal)), 'CONNECTION_LOST');
        equal(await channel.request({ type: 'update', changes: { audioMuted: true } }), undefined);
      }
    },
  },
  {
    title: 'ending while joining rejects the join, and leaves no participant behind',
    run: async (call) => {
      const [ann, bob, cleo] = [await call('Ann'), await call('Bob'), await call('Cleo')];
      const joining = [ann.channel.join(), bob.channel.join()];
      ann.abort();
      bob.channel.leave();
      for (const join of joining) equal(await codeOf(join), 'CONNECTION_LOST');
      equal((await cleo.channel.join()).participants, []);
    },
  },
];

/** Runs one case of the contract on one kind of channel. */
export async function runSignalingCase(
  { run }: Case,
  { open }: Pick<ChannelUnderTest, 'open'>,
): Promise<void> {
  const lifetime = new AbortController();
  const session = `contract ${Math.random()}`;
  const call: TestCall = async (name, state = {}) => {
    const end = new AbortController();
    const signal = AbortSignal.any([lifetime.signal, end.signal]);
    const [participant = '', where = ''] = name.split('@');
    const filtered = { state: { ...initialParticipantState, ...state } };
    const sessionId = session + where;
    const channel = await open({ sessionId, name: participant, state: () => filtered.state, signal });
    return Object.assign(filtered, listenTo(channel, lifetime.signal), { abort: () => end.abort() });
  };
  try {
    await run(call);
  } finally {
    lifetime.abort();
  }
}
