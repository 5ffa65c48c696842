/** Answers of `GET /v3.0/calls` for the user Bob. */
type Json = Readonly<Record<string, unknown>>;

const names: Readonly<Record<string, string>> = {
  ada: 'Ada Lovelace',
  bob: 'Bob Stone',
  gr: 'Grace Hopper',
  long: 'Bartholomew Maximilian Featherstonehaugh-Cholmondeley of Woolfardisworthy',
  he: 'עדה לאבלייס',
};

const entity = (uid: string) => ({
  entityType: 'user',
  entity: { uid, name: names[uid] ?? uid, avatar: '' },
});

/** One call. `to` and `from` are uids; the state is that of Bob. */
export function callJson(
  mid: string,
  {
    from = 'ada',
    to = 'bob',
    status = 'ended',
    state = 'ended',
    minutes = 1.5,
    type = 'video',
    at = Date.now(),
    ...more
  }: {
    from?: string;
    to?: string;
    status?: string;
    state?: string;
    minutes?: number;
    type?: string;
    at?: number;
    [field: string]: unknown;
  } = {},
): Json {
  return {
    ...{ mid, sessionId: `s-${mid}`, mode: 'call', type, status, receiverType: 'user' },
    ...{ initiator: from, receiver: to, initiatedAt: Math.floor(at / 1000), totalDurationInMinutes: minutes },
    participants: [
      { uid: from, state: 'ended' },
      { uid: 'bob', state },
    ],
    data: { entities: { initiator: entity(from), receiver: entity(to) } },
    ...more,
  };
}

const hour = 3_600_000;

/** Every outcome once, and names that are hard to show. */
export function variedCalls(now = Date.now()): readonly Json[] {
  const none = { minutes: 0 };
  return [
    callJson('1', { at: now - hour / 2, status: 'ongoing' }),
    callJson('2', { at: now - hour, ...none, status: 'unanswered', state: 'unanswered' }),
    callJson('3', { at: now - 2 * hour, minutes: 62.05 }),
    callJson('4', { at: now - 30 * hour, from: 'bob', to: 'gr', type: 'audio', minutes: 0.7 }),
    callJson('5', { at: now - 50 * hour, from: 'bob', to: 'long', ...none, status: 'busy' }),
    callJson('6', {
      at: now - 70 * hour,
      from: 'bob',
      to: 'he',
      ...none,
      status: 'unanswered',
      type: 'audio',
    }),
    callJson('7', { at: now - 80 * hour, from: 'gr', ...none, status: 'rejected', state: 'rejected' }),
    callJson('8', { at: now - 90 * hour, from: 'bob', to: 'gr', ...none, status: 'cancelled' }),
    callJson('9', {
      ...{ at: now - 400 * 24 * hour, from: 'gr', receiverType: 'group', receiver: 'standup', mode: 'meet' },
      data: { entities: { receiver: { entity: { guid: 'standup', name: 'Stand-up', icon: '' } } } },
    }),
  ];
}

/** Answers requests for the history with what a test wants, until `restore`. */
export class FakeHistoryServer {
  readonly asked: URL[] = [];
  readonly #fetch = window.fetch;

  constructor(public answer: (url: URL) => { readonly status?: number; readonly body: object }) {
    window.fetch = (input, init) => {
      const url = new URL(input as string, location.href);
      if (!url.pathname.endsWith('/v3.0/calls')) return this.#fetch(input, init);
      this.asked.push(url);
      const { status = 200, body } = this.answer(url);
      return Promise.resolve(new Response(JSON.stringify(body), { status }));
    };
  }

  restore(): void {
    window.fetch = this.#fetch;
  }
}

/** An auth token of Bob that can be read. */
export const bobsToken = `x.${btoa(JSON.stringify({ data: { user: { uid: 'bob' } } }))}.x`;
