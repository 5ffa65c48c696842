import { initialParticipantState } from '../../../src/domain/call/participant.js';
import { protocolVersion } from '../../../src/protocol/messages.js';
import { createAuthToken } from '../../../src/server/auth/call-tokens.js';
import { testSecret as secret, type TestServer } from '../harness/test-server.js';
import { describeRefusals, forged, hs256, signed, type Refusal } from './refusal.js';

async function codeOfJoin(server: TestServer, join: object): Promise<unknown> {
  const client = await server.connect();
  const message = { type: 'join', protocol: protocolVersion, token: '', state: initialParticipantState };
  return (await client.rejected({ ...message, ...join } as never)).code;
}

const tokens: readonly Refusal[] = (
  [
    ['no token', () => '', 'TOKEN_MISSING'],
    ['nonsense for a token', () => 'a.b.c', 'TOKEN_MALFORMED'],
    ['a token without a signature', () => forged({ alg: 'none' }, {}, () => ''), 'TOKEN_SIGNATURE_INVALID'],
    [
      'a token that names another algorithm',
      () => forged({ alg: 'RS256' }, {}, signed),
      'TOKEN_SIGNATURE_INVALID',
    ],
    [
      'a token signed with another key',
      () => forged(hs256, {}, () => signed('other')),
      'TOKEN_SIGNATURE_INVALID',
    ],
    [
      'a token for another purpose',
      () => forged(hs256, { aud: 'another' }, signed),
      'TOKEN_AUDIENCE_INVALID',
    ],
    [
      'a token of another server',
      () => forged(hs256, { iss: 'https://other.example' }, signed),
      'TOKEN_ISSUER_INVALID',
    ],
    ['an expired token', () => forged(hs256, { exp: Date.now() / 1000 - 90 }, signed), 'TOKEN_EXPIRED'],
    ['a token that never expires', () => forged(hs256, { exp: undefined }, signed), 'TOKEN_MALFORMED'],
    [
      'a token that is not valid yet',
      () => forged(hs256, { nbf: Date.now() / 1000 + 900 }, signed),
      'TOKEN_NOT_YET_VALID',
    ],
    ['an auth token', () => createAuthToken({ secret, user: { uid: 'eve' } }), 'TOKEN_AUDIENCE_INVALID'],
  ] as const
).map(([title, token, code]) => ({
  ...{ title, code },
  attempt: async (server) => codeOfJoin(server, { token: await token() }),
}));

const places: readonly Refusal[] = [
  {
    title: 'a place that was left',
    code: 'RESUME_REFUSED',
    attempt: async (server) => {
      const { client, token, answer } = await server.member('ada');
      await server.member('bob');
      await client.request({ type: 'leave' });
      return codeOfJoin(server, { token, resume: answer.resume });
    },
  },
  {
    title: 'a place in a session that was ended for all',
    code: 'SESSION_ENDED',
    attempt: async (server) => {
      const [ada, bob] = [await server.member('ada'), await server.member('bob')];
      await ada.client.request({ type: 'end-session' });
      return codeOfJoin(server, { token: bob.token, resume: bob.answer.resume });
    },
  },
  {
    title: 'the place of another user',
    code: 'RESUME_REFUSED',
    attempt: async (server) => {
      const { answer } = await server.member('ada');
      return codeOfJoin(server, { token: await server.token('eve'), resume: answer.resume });
    },
  },
  {
    title: 'a place in another session',
    code: 'RESUME_REFUSED',
    attempt: async (server) => {
      const { answer } = await server.member('ada');
      return codeOfJoin(server, { token: await server.token('ada', 'other'), resume: answer.resume });
    },
  },
  {
    title: 'a place in a full call',
    code: 'ROOM_FULL',
    options: { meshLimit: 2 },
    attempt: async (server) => {
      await server.member('ada');
      await server.member('bob');
      return codeOfJoin(server, { token: await server.token('eve') });
    },
  },
  {
    title: 'a sixth presenter',
    code: 'PRESENTERS_FULL',
    attempt: async (server) => {
      const state = { ...initialParticipantState, isPresenter: true };
      for (const uid of ['ada', 'bob', 'cleo', 'dan', 'eli'])
        await (await server.connect()).join(await server.token(uid), { state });
      return codeOfJoin(server, { token: await server.token('eve'), state });
    },
  },
  {
    title: 'more calls than a user may be in',
    code: 'TOO_MANY_SESSIONS',
    options: { sessionsPerUser: 1 },
    attempt: async (server) => {
      await server.member('eve', 'one');
      return codeOfJoin(server, { token: await server.token('eve', 'two') });
    },
  },
  {
    title: 'a call to which the application does not admit the user',
    code: 'NOT_ALLOWED',
    options: { authorize: ({ action }) => action !== 'join' },
    attempt: async (server) => codeOfJoin(server, { token: await server.token('eve') }),
  },
];

describeRefusals({ tokens, places });
