import { CallError } from '../../src/domain/call-error.js';
import type { ParticipantState } from '../../src/domain/call/participant.js';
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

export type TestCall = (name: string, state?: Partial<ParticipantState>) => Promise<TestParticipant>;

export function listenTo(
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

export async function three(call: TestCall) {
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
export function closed({ events }: SignalingChannel): Promise<string> {
  const { signal } = new AbortController();
  return new Promise((resolve) => events.on('closed', ({ code }) => resolve(code), { signal }));
}

export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'fulfilled',
    (error: unknown) => (error instanceof CallError ? error.code : String(error)),
  );
}

export function equal(actual: unknown, expected: unknown): void {
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
