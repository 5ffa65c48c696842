import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { CallError } from '../../../src/domain/call-error.js';
import { createAuthToken, verifyAuthToken, verifyCallToken } from '../../../src/server/auth/call-tokens.js';
import { createResumeSecret } from '../../../src/server/auth/resume-secret.js';
import { clockLeeway } from '../../../src/server/auth/token-validity.js';
import { readCallToken } from '../../../src/protocol/tokens/token-claims.js';
import { testSecret as secret } from '../harness/test-server.js';

// What backends of other makers sign, written as they write it: with a JSON text of their own and any header.

const now = Date.parse('2026-03-01T12:00:00Z');
const seconds = now / 1000;

interface Claims {
  data?: unknown;
  [claim: string]: unknown;
}

const claims = (change: Claims = {}): Claims => ({
  data: { sessionId: 'standup', user: { uid: 'ada', name: 'Ada', avatar: '' } },
  aud: 'cometchat-call',
  exp: seconds + 3600,
  ...change,
});

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function jwt(
  payload: unknown,
  { header = { alg: 'HS256', typ: 'JWT' } as object, key = secret, hash = 'sha256' } = {},
): string {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`;
}

const verify = (token: string) =>
  verifyCallToken(token, secret, (issuer) => issuer === 'https://calls.example', now);

const withUser = (user: unknown, sessionId: unknown = 'standup'): Claims =>
  claims({ data: { sessionId, user } });

async function refusal(token: string): Promise<CallError> {
  try {
    await verify(token);
  } catch (error) {
    if (error instanceof CallError) return error;
    throw error;
  }
  return assert.fail('the token was accepted');
}

describe('Call tokens of other backends are accepted', () => {
  const ada = { uid: 'ada', name: 'Ada', avatar: '' };
  const accepted: readonly [title: string, payload: unknown, user?: object, sessionId?: string][] = [
    ['numbers for ids', withUser({ uid: 42, name: 'Ada' }, 7), { ...ada, uid: '42' }, '7'],
    ['zero for an id', withUser({ uid: 0 }), { uid: '0', name: '0', avatar: '' }],
    [
      'null for what is only shown',
      withUser({ uid: 'ada', name: null, avatar: null }),
      { ...ada, name: 'ada' },
    ],
    ['the false of PHP', withUser({ uid: 'ada', name: false, avatar: false }), { ...ada, name: 'ada' }],
    ['the empty list of PHP', withUser({ uid: 'ada', name: [], avatar: [] }), { ...ada, name: 'ada' }],
    ['a uid alone', withUser({ uid: 'ada' }), { ...ada, name: 'ada' }],
    ['a number for a name', withUser({ uid: 'ada', name: 7 }), { ...ada, name: '7' }],
    ['a blank name', withUser({ uid: 'ada', name: '  ' }), { ...ada, name: 'ada' }],
    [
      'a name of any length',
      withUser({ uid: 'ada', name: '😀'.repeat(300) }),
      { ...ada, name: '😀'.repeat(100) },
    ],
    ['a long picture', withUser({ ...ada, avatar: 'x'.repeat(4096) }), { ...ada, avatar: 'x'.repeat(4096) }],
    ['a picture in the token', withUser({ ...ada, avatar: `data:${'x'.repeat(60_000)}` })],
    ['several audiences', claims({ aud: ['another', 'cometchat-call'] })],
    ['no audience', claims({ aud: undefined })],
    ['null for an audience', claims({ aud: null })],
    ['no audiences', claims({ aud: [] })],
    ['a fraction of a second', claims({ exp: seconds + 0.5, iat: seconds - 0.25, nbf: seconds - 0.75 })],
    ['times as text', claims({ exp: `${seconds + 9}`, iat: `${seconds}`, nbf: `${seconds - 1.5}` })],
    ['null for times that need not be', claims({ iat: null, nbf: null })],
    ['null for an issuer', claims({ iss: null })],
    ['a number for an id of the token', claims({ jti: 17 })],
    [
      'more claims',
      claims({ sub: 'ada', roles: ['a'], data: { ...(claims().data as object), roomId: 9, extra: {} } }),
    ],
    ['an exponent', `{"data":{"sessionId":"standup","user":{"uid":"ada","name":"Ada"}},"exp":1.7724e9}`],
    [
      'escaped slashes and letters',
      String.raw`{"data":{"sessionId":"stand\u0075p","user":{"uid":"ada","name":"\u0041da","avatar":""}},"exp":1772400000,"iss":"https:\/\/calls.example"}`,
    ],
  ];
  for (const [title, payload, user = ada, sessionId = 'standup'] of accepted)
    it(title, async () => {
      const token = jwt(payload);
      const { claims, validity } = await verify(token);
      assert.deepEqual(claims.data, { sessionId, user });
      assert.equal(validity, 'valid');
      assert.deepEqual(readCallToken(token), claims, 'and the page reads the same');
    });

  const surrounded: readonly [string, (token: string) => string][] = [
    ['a line end', (token) => `${token}\r\n`],
    ['spaces', (token) => `  ${token} `],
    ['the word of a header', (token) => `Bearer ${token}`],
    ['a small letter in it', (token) => `bearer  ${token}\n`],
    ['quotes', (token) => `"${token}"`],
    ['line ends within', (token) => token.replace(/(.{60})/g, '$1\n')],
    ['a byte order mark', (token) => `\uFEFF${token}`],
  ];
  for (const [title, around] of surrounded)
    it(`with ${title} around`, async () => {
      const token = around(jwt(claims()));
      assert.equal((await verify(token)).claims.data.sessionId, 'standup');
      assert.equal(readCallToken(token).data.user.uid, 'ada');
    });

  it('without the type in their header', async () => {
    assert.ok(await verify(jwt(claims(), { header: { alg: 'HS256' } })));
  });
});

describe('Call tokens that are not accepted name the claim', () => {
  const malformed: readonly [claim: string, payload: unknown][] = [
    ['data', claims({ data: undefined })],
    ['data', claims({ data: [] })],
    ['data', claims({ data: '{"sessionId":"s"}' })],
    ['data.sessionId', withUser({ uid: 'ada' }, null)],
    ['data.sessionId', withUser({ uid: 'ada' }, '')],
    ['data.sessionId', withUser({ uid: 'ada' }, true)],
    ['data.sessionId', withUser({ uid: 'ada' }, 's'.repeat(101))],
    ['data.user', withUser(undefined)],
    ['data.user', withUser('ada')],
    ['data.user', withUser([])],
    ['data.user.uid', withUser({ id: 'ada' })],
    ['data.user.uid', withUser({ uid: ' ' })],
    ['data.user.uid', withUser({ uid: {} })],
    ['data.user.uid', withUser({ uid: 'x'.repeat(101) })],
    ['exp', claims({ exp: undefined })],
    ['exp', claims({ exp: null })],
    ['exp', claims({ exp: 'tomorrow' })],
    ['exp', claims({ exp: '' })],
    ['exp', claims({ exp: '2026-03-01T13:00:00Z' })],
    ['exp', claims({ exp: now + 3_600_000 })],
    ['nbf', claims({ nbf: now })],
    ['iat', claims({ iat: {} })],
    ['iss', claims({ iss: 5 })],
  ];
  for (const [claim, payload] of malformed)
    it(`${claim}: ${JSON.stringify(payload).slice(0, 90)}`, async () => {
      const token = jwt(payload);
      const { code, details, message } = await refusal(token);
      assert.equal(code, 'TOKEN_MALFORMED');
      assert.equal((details as { claim: string }).claim, claim);
      assert.ok(message.includes(`\`${claim}\``), message);
      assert.throws(() => readCallToken(token), { code, message }, 'and the page tells it without asking');
    });

  it('a number that JSON cannot carry: two users would be the same', async () => {
    const token = jwt('{"data":{"sessionId":"s","user":{"uid":12345678901234567890}},"exp":1772400000}');
    assert.deepEqual(
      [(await refusal(token)).code, (await refusal(token)).details],
      [
        'TOKEN_MALFORMED',
        { claim: 'data.user.uid', problem: 'it is a number that is too large: write it as text' },
      ],
    );
  });

  const others: readonly [title: string, token: string, code: string, claim: string][] = [
    ['another audience', jwt(claims({ aud: 'my-app' })), 'TOKEN_AUDIENCE_INVALID', 'aud'],
    ['other audiences', jwt(claims({ aud: ['a', 'b'] })), 'TOKEN_AUDIENCE_INVALID', 'aud'],
    ['another issuer', jwt(claims({ iss: 'my-app' })), 'TOKEN_ISSUER_INVALID', 'iss'],
    ['a time to come', jwt(claims({ nbf: seconds + 61 })), 'TOKEN_NOT_YET_VALID', 'nbf'],
    ['a birth to come', jwt(claims({ iat: seconds + 61 })), 'TOKEN_NOT_YET_VALID', 'iat'],
  ];
  for (const [title, token, code, claim] of others)
    it(`${title}: ${code}`, async () => {
      const error = await refusal(token);
      assert.equal(error.code, code);
      assert.equal((error.details as { claim: string }).claim, claim);
    });
});

describe('Nobody gets in without the secret', () => {
  const none = `${part({ alg: 'none', typ: 'JWT' })}.${part(claims())}.`;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rs256 = `${part({ alg: 'RS256' })}.${part(claims())}`;
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const valid = jwt(claims());
  const [head = '', , signature = ''] = valid.split('.');
  const attempts: readonly [string, string, string][] = [
    ['no algorithm', none, 'TOKEN_SIGNATURE_INVALID'],
    ['no algorithm in capitals', none.replace(head, part({ alg: 'NONE' })), 'TOKEN_SIGNATURE_INVALID'],
    ['no algorithm and a signature', `${none}${signature}`, 'TOKEN_SIGNATURE_INVALID'],
    [
      'a key of their own',
      `${rs256}.${sign('sha256', Buffer.from(rs256), privateKey).toString('base64url')}`,
      'TOKEN_SIGNATURE_INVALID',
    ],
    ['a public key as the secret', jwt(claims(), { key: pem }), 'TOKEN_SIGNATURE_INVALID'],
    [
      'a key in the header',
      jwt(claims(), { header: { alg: 'HS256', jwk: { kty: 'oct', k: part('mine') } }, key: 'mine' }),
      'TOKEN_SIGNATURE_INVALID',
    ],
    ['another hash', jwt(claims(), { header: { alg: 'HS512' }, hash: 'sha512' }), 'TOKEN_SIGNATURE_INVALID'],
    ['an empty key', jwt(claims(), { key: '' }), 'TOKEN_SIGNATURE_INVALID'],
    [
      'the signature of another payload',
      `${head}.${part(withUser({ uid: 'eve' }))}.${signature}`,
      'TOKEN_SIGNATURE_INVALID',
    ],
    ['half a signature', valid.slice(0, -20), 'TOKEN_SIGNATURE_INVALID'],
    [
      'an extension that must be understood',
      jwt(claims(), { header: { alg: 'HS256', crit: ['x'], x: 1 } }),
      'TOKEN_MALFORMED',
    ],
    ['two parts', valid.split('.').slice(0, 2).join('.'), 'TOKEN_MALFORMED'],
    ['five parts', `${valid}.a.b`, 'TOKEN_MALFORMED'],
    ['a list', jwt('[]'), 'TOKEN_MALFORMED'],
    ['nothing in it', jwt('null'), 'TOKEN_MALFORMED'],
    ['no JSON', jwt('{'), 'TOKEN_MALFORMED'],
    ['a word alone', 'Bearer ', 'TOKEN_MISSING'],
  ];
  for (const [title, token, code] of attempts)
    it(`${title}: ${code}`, async () => assert.equal((await refusal(token)).code, code));

  it('what was made for another purpose is no call token, and a call token is nothing else', async () => {
    const auth = await createAuthToken({ secret, user: { uid: 'ada' } });
    const place = { sessionId: 's', uid: 'ada', id: 'p', order: 1, joinedAt: 0, serverId: 'x', seenAt: 0 };
    for (const token of [auth, await createResumeSecret(secret, place)])
      assert.equal((await refusal(token)).code, 'TOKEN_AUDIENCE_INVALID');
    for (const token of [jwt(claims()), jwt(claims({ aud: undefined }))])
      await assert.rejects(verifyAuthToken(token, secret, now), { code: 'TOKEN_AUDIENCE_INVALID' });
  });
});

describe('Clocks that differ', () => {
  const cases: readonly [title: string, change: Claims, expected: string][] = [
    ['expired just now', { exp: seconds }, 'leeway'],
    ['expired within the leeway', { exp: seconds - clockLeeway + 1 }, 'leeway'],
    ['expired before it', { exp: seconds - clockLeeway }, 'expired'],
    ['valid in a moment', { nbf: seconds + clockLeeway }, 'valid'],
    ['made in a moment', { iat: seconds + clockLeeway }, 'valid'],
  ];
  for (const [title, change, expected] of cases)
    it(`${title}: ${expected}`, async () =>
      assert.equal((await verify(jwt(claims(change)))).validity, expected));

  it('what is valid later says how much later, and may be tried again', async () => {
    const { retryable, details } = await refusal(jwt(claims({ nbf: seconds + clockLeeway + 5 })));
    assert.equal(retryable, true);
    assert.deepEqual(details, { claim: 'nbf', retryAfterMs: 5000 });
  });

  it('are allowed for in auth tokens too', async () => {
    const auth = (exp: number) => verifyAuthToken(jwt(claims({ aud: 'cometchat-auth', exp })), secret, now);
    assert.ok(await auth(seconds - clockLeeway + 1));
    await assert.rejects(auth(seconds - clockLeeway), { code: 'TOKEN_EXPIRED', details: { claim: 'exp' } });
  });
});
