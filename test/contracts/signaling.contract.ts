import { CallError } from '../../src/domain/call-error.js';
import { initialParticipantState, type ParticipantState } from '../../src/domain/call/participant.js';
import type { ServerPush } from '../../src/protocol/messages.js';
import type { SignalingChannel } from '../../src/signaling/signaling-channel.js';

/** One participant's channel in a test, with what it heard. */
export interface TestParticipant {
  readonly channel: SignalingChannel;
  readonly received: ServerPush[];
  /** Changes what the channel tells of this participant at a join. */
  state: ParticipantState;
  /** Ends without a word, as a crash does. */
  abort(): void;
  /** The next message of a type, from the first that was heard on; each is given once. */
  next<Type extends ServerPush['type']>(type: Type): Promise<Extract<ServerPush, { type: Type }>>;
}

export interface ChannelUnderTest {
  readonly name: string;
  /** A channel of a participant of this name in this session. */
  open(options: {
    readonly sessionId: string;
    readonly name: string;
    readonly state: () => ParticipantState;
    readonly signal: AbortSignal;
  }): SignalingChannel | Promise<SignalingChannel>;
}

interface Case {
  readonly title: string;
  readonly run: (call: TestCall) => Promise<void>;
}

type TestCall = (name: string, state?: Partial<ParticipantState>) => Promise<TestParticipant>;

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
    title: 'the second one finds the first, and the first is told; the order is that of joining',
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
    title: 'a signal reaches the one it is for, and nobody else',
    run: async (call) => {
      const { ann, bob, cleo, ids } = await three(call);
      const data = { type: 'offer', sdp: 'v=0' } as const;
      equal(await ann.channel.request({ type: 'signal', to: ids.bob, epoch: 3, data }), { delivered: true });
      equal(await bob.next('signal'), { type: 'signal', from: ids.ann, epoch: 3, data });
      await ann.channel.request({ type: 'signal', to: ids.cleo, epoch: 4, data: { type: 'rebuild' } });
      equal((await cleo.next('signal')).epoch, 4);
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
      const heard: number[] = [];
      for (const _ of epochs) heard.push((await bob.next('signal')).epoch);
      equal(heard, epochs);
      await Promise.all(sent);
    },
  },
  {
    title: 'a signal to nobody is refused',
    run: async (call) => {
      const { ann } = await three(call);
      const signal = { type: 'signal', to: 'nobody', epoch: 0, data: { type: 'rebuild' } } as const;
      equal(await codeOf(ann.channel.request(signal)), 'PARTICIPANT_NOT_FOUND');
    },
  },
  {
    title: 'an update is told to the others, and to those who come later',
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
    title: 'muting another is told to everybody, the muted and the muting one too',
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
    title: 'whoever is not there cannot be muted',
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
    title: 'leaving is told at once, and a newcomer does not find the one who left',
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
    title: 'whoever ends the call for everybody ends it: the others are told why, and the call is empty',
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
    title: 'ending while joining rejects the join, and nobody stays behind',
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

function listenTo(
  channel: SignalingChannel,
  signal: AbortSignal,
): Pick<TestParticipant, 'channel' | 'received' | 'next'> {
  const received: ServerPush[] = [];
  const given = new Set<ServerPush>();
  channel.events.on('message', (push) => received.push(push), { signal });
  const next = <Type extends ServerPush['type']>(
    type: Type,
  ): Promise<Extract<ServerPush, { type: Type }>> => {
    const isIt = (push: ServerPush): push is Extract<ServerPush, { type: Type }> =>
      push.type === type && !given.has(push);
    return new Promise((resolve, reject) => {
      const messagesOf = new AbortController();
      const check = (): void => {
        const push = received.find(isIt);
        if (!push) return;
        given.add(push);
        messagesOf.abort();
        resolve(push);
      };
      const late = setTimeout(
        () => reject(new Error(`no ${type}; heard ${JSON.stringify(received)}`)),
        5_000,
      );
      messagesOf.signal.addEventListener('abort', () => clearTimeout(late));
      channel.events.on('message', check, { signal: messagesOf.signal });
      check();
    });
  };
  return { channel, received, next };
}

async function three(call: TestCall) {
  const [ann, bob, cleo] = [await call('Ann'), await call('Bob'), await call('Cleo')];
  const ids = {
    ann: (await ann.channel.join()).self.id,
    bob: (await bob.channel.join()).self.id,
    cleo: (await cleo.channel.join()).self.id,
  };
  await ann.next('participant-joined');
  await ann.next('participant-joined');
  await bob.next('participant-joined');
  return { ann, bob, cleo, ids };
}

/** Why the channel was closed for good. */
function closed({ events }: SignalingChannel): Promise<string> {
  const { signal } = new AbortController();
  return new Promise((resolve) => events.on('closed', ({ code }) => resolve(code), { signal }));
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'fulfilled',
    (error: unknown) => (error instanceof CallError ? error.code : String(error)),
  );
}

function equal(actual: unknown, expected: unknown): void {
  const [is, should] = [inOrder(actual), inOrder(expected)];
  if (is !== should) throw new Error(`expected ${should}, got ${is}`);
}

/** As JSON, whatever the order in which the fields were set. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
