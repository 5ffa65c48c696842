import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { UnsecuredJWT } from 'jose';
import { CallError } from '../../../src/domain/call-error.js';
import { callTokenAudience, readCallToken } from '../../../src/protocol/tokens/token-claims.js';
import {
  createAuthToken,
  createCallToken,
  signToken,
  verifyAuthToken,
  verifyCallToken,
} from '../../../src/server/auth/call-tokens.js';
import { iceServersFor } from '../../../src/server/rooms/transport/ice-servers.js';
import { acceptsIssuer } from '../../../src/server/auth/issuers.js';
import { createResumeSecret, verifyResumeSecret } from '../../../src/server/auth/resume-secret.js';
import { testSecret as secret } from '../harness/test-server.js';
import { expiredToken } from '../harness/expired-token.js';

const user = { uid: 'ada', name: 'Ada', avatar: 'https://example.com/ada.png' };
const anyIssuer = (): boolean => true;
const callToken = (more: object = {}): Promise<string> =>
  createCallToken({ secret, sessionId: 's', user, ...more });
const rejectsWith = (promise: Promise<unknown>, code: string): Promise<void> =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof CallError, String(error));
    assert.equal(error.code, code);
    return true;
  });

describe('Call tokens', () => {
  it('carry session, user and issuer, which browsers can read too', async () => {
    const token = await callToken({ issuer: 'https://calls.example' });
    const { claims, validity } = await verifyCallToken(token, secret, anyIssuer);
    assert.deepEqual(claims.data, { sessionId: 's', user });
    assert.equal(validity, 'valid');
    assert.equal(readCallToken(token).iss, 'https://calls.example');
    assert.ok(claims.jti);
    assert.ok(Math.abs((claims.exp ?? 0) - Date.now() / 1000 - 3600) < 10, 'valid for an hour');
  });

  it('show the uid of a user without a name', async () => {
    const token = await createCallToken({ secret, sessionId: 's', user: { uid: 'ada' } });
    assert.equal(readCallToken(token).data.user.name, 'ada');
  });

  it('tell the caller that the token has expired, and leave the decision to it', async () => {
    const { validity, claims } = await verifyCallToken(
      await expiredToken(callToken(), secret, 61),
      secret,
      anyIssuer,
    );
    assert.equal(validity, 'expired');
    assert.equal(claims.data.sessionId, 's');
  });

  const otherSecret = 'another secret that has enough bytes';
  const unsigned = new UnsecuredJWT({ data: { sessionId: 's', user } })
    .setAudience(callTokenAudience)
    .encode();
  const refusals: readonly { title: string; token: () => Promise<string>; code: string }[] = [
    { title: 'nothing', token: async () => '', code: 'TOKEN_MISSING' },
    { title: 'something else', token: async () => 'not a token', code: 'TOKEN_MALFORMED' },
    { title: 'three parts of nonsense', token: async () => 'a.b.c', code: 'TOKEN_MALFORMED' },
    {
      title: 'another secret',
      token: () => callToken({ secret: otherSecret }),
      code: 'TOKEN_SIGNATURE_INVALID',
    },
    {
      title: 'a changed payload',
      token: async () => (await callToken()).replace(/\.(.)/, (_, c) => `.${c === 'e' ? 'f' : 'e'}`),
      code: 'TOKEN_SIGNATURE_INVALID',
    },
    { title: 'no signature at all', token: async () => unsigned, code: 'TOKEN_SIGNATURE_INVALID' },
    {
      title: 'an auth token',
      token: () => createAuthToken({ secret, user }),
      code: 'TOKEN_AUDIENCE_INVALID',
    },
    {
      title: 'an expired auth token',
      token: () => expiredToken(createAuthToken({ secret, user }), secret),
      code: 'TOKEN_AUDIENCE_INVALID',
    },
    {
      title: 'no user',
      token: () => signToken({ data: { sessionId: 's' } }, { secret, audience: callTokenAudience }),
      code: 'TOKEN_MALFORMED',
    },
    {
      title: 'another issuer',
      token: () => callToken({ issuer: 'https://elsewhere.example' }),
      code: 'TOKEN_ISSUER_INVALID',
    },
    {
      title: 'another issuer, expired',
      token: () => expiredToken(callToken({ issuer: 'https://elsewhere.example' }), secret),
      code: 'TOKEN_ISSUER_INVALID',
    },
  ];
  for (const { title, token, code } of refusals)
    it(`are refused for ${title}: ${code}`, async () =>
      rejectsWith(
        verifyCallToken(await token(), secret, () => false),
        code,
      ));

  it('are not made without a user, or without a session', async () => {
    const noArgument = { code: 'INVALID_ARGUMENT' };
    await assert.rejects(createCallToken({ secret, sessionId: '', user }), noArgument);
    await assert.rejects(createCallToken({ secret, sessionId: 's', user: { uid: '' } }), noArgument);
    await assert.rejects(createAuthToken({ secret, user: { uid: 'x'.repeat(101) } }), noArgument);
    await assert.rejects(createAuthToken({ secret, user, expiresIn: 'soon' }), noArgument);
    await assert.rejects(createAuthToken({ secret, user, expiresIn: NaN }), noArgument);
  });

  it('live as long as a span or a number of seconds says, and for no point in time', async () => {
    const spans = [3600, '3600', '1h', '1 hour', '60 min', ' 60 Minutes ', '0.5h', '1d', '2 weeks'];
    const minutes = [60, 60, 60, 60, 60, 60, 30, 1440, 20_160];
    for (const [at, expiresIn] of spans.entries()) {
      const { exp } = readCallToken(await callToken({ expiresIn }));
      assert.equal(Math.round((exp - Date.now() / 1000) / 60), minutes[at], String(expiresIn));
    }
    const seconds = Math.floor(Date.now() / 1000);
    for (const wrong of [
      'soon',
      '1 fortnight',
      '-1h',
      '0s',
      0,
      -5,
      0.5,
      '1h ago',
      '',
      NaN,
      Infinity,
      seconds + 3600,
      Date.now(),
    ])
      await assert.rejects(
        callToken({ expiresIn: wrong }),
        { code: 'INVALID_ARGUMENT', message: /^expiresIn must be/, details: { argument: 'expiresIn' } },
        String(wrong),
      );
  });

  it('name an issuer that a server accepts, or none', async () => {
    const issuerOf = async (issuer: string | null): Promise<string | undefined> =>
      readCallToken(await callToken({ issuer })).iss;
    assert.equal(await issuerOf('wss://calls.example/base/signal'), 'https://calls.example/base');
    assert.equal(await issuerOf(null), undefined);
    for (const wrong of ['my-backend', 'calls.example', 5])
      await assert.rejects(callToken({ issuer: wrong }), {
        code: 'INVALID_ARGUMENT',
        message: /^issuer must be the URL/,
        details: { argument: 'issuer' },
      });
  });

  it('are not made with a secret that no server would start with', async () => {
    const refused = {
      code: 'INVALID_ARGUMENT',
      message: /CALL_SECRET.*32 bytes/,
      details: { argument: 'secret' },
    };
    const none = [undefined, null, 12345, new Uint8Array(32)] as unknown as string[];
    for (const bad of ['', 'short', 'x'.repeat(31), ' '.repeat(40), ...none]) {
      await assert.rejects(createCallToken({ secret: bad, sessionId: 's', user }), refused);
      await assert.rejects(createAuthToken({ secret: bad, user }), refused);
    }
    await createAuthToken({ secret: 'é'.repeat(16), user });
  });
});

describe('Auth tokens', () => {
  it('say who their bearer is', async () => {
    const { data } = await verifyAuthToken(await createAuthToken({ secret, user }), secret);
    assert.deepEqual(data.user, user);
  });

  it('expire, and are no call tokens', async () => {
    await rejectsWith(
      verifyAuthToken(await expiredToken(createAuthToken({ secret, user }), secret), secret),
      'TOKEN_EXPIRED',
    );
    await rejectsWith(verifyAuthToken(await callToken(), secret), 'TOKEN_AUDIENCE_INVALID');
  });
});

describe('Resume secrets', () => {
  const place = {
    sessionId: 's',
    uid: 'ada',
    id: 'p1',
    order: 5,
    joinedAt: 1000,
    serverId: 'here',
    seenAt: 2000,
  };

  it('bring their owner back to the same place', async () => {
    const resume = await createResumeSecret(secret, place);
    assert.deepEqual(await verifyResumeSecret(resume, secret, place), place);
  });

  it('are worth nothing to others', async () => {
    const resume = await createResumeSecret(secret, place);
    for (const [title, attempt] of Object.entries({
      'another user': () => verifyResumeSecret(resume, secret, { ...place, uid: 'eve' }),
      'another call': () => verifyResumeSecret(resume, secret, { ...place, sessionId: 't' }),
      'another server': () => verifyResumeSecret(resume, `${secret}!`, place),
      'a call token': async () => verifyResumeSecret(await callToken(), secret, place),
      'no secret': () => verifyResumeSecret('x', secret, place),
    }))
      await assert.doesNotReject(rejectsWith(attempt(), 'RESUME_REFUSED'), title);
  });
});

describe('Issuers', () => {
  const origin = 'http://10.0.0.5:3000';
  const cases = [
    {
      title: 'the address that was used',
      config: { publicUrls: [], dev: false },
      issuer: `${origin}/`,
      good: true,
    },
    {
      title: 'another address',
      config: { publicUrls: [], dev: false },
      issuer: 'http://10.0.0.6:3000',
      good: false,
    },
    {
      title: 'a public URL',
      config: { publicUrls: ['https://a.example/', 'https://b.example'], dev: false },
      issuer: 'https://b.example/',
      good: true,
    },
    {
      title: 'the address that was used, where public URLs are configured',
      config: { publicUrls: ['https://a.example'], dev: false },
      issuer: origin,
      good: false,
    },
    {
      title: 'localhost',
      config: { publicUrls: [], dev: false },
      issuer: 'http://localhost:3000',
      good: false,
    },
    {
      title: 'localhost in development',
      config: { publicUrls: [], dev: true },
      issuer: 'http://127.0.0.1:1',
      good: true,
    },
    { title: 'no URL', config: { publicUrls: [], dev: true }, issuer: 'somebody', good: false },
  ];
  for (const { title, config, issuer, good } of cases)
    it(`${good ? 'accepted' : 'refused'}: ${title}`, () =>
      assert.equal(acceptsIssuer(config, issuer, origin), good));
});

describe('ICE servers', () => {
  const none = { stunUrls: [], turnUrls: [], turnTtl: 60 };

  it('are none unless configured', () => assert.deepEqual(iceServersFor('ada', none, 0), []));

  it('carry the credentials coturn computes itself', () => {
    const settings = {
      stunUrls: ['stun:s'],
      turnUrls: ['turn:t', 'turns:t'],
      turnSecret: 'north',
      turnTtl: 60,
    };
    const credential = createHmac('sha1', 'north').update('1060:ada').digest('base64');
    assert.deepEqual(iceServersFor('ada', settings, 1_000_500), [
      { urls: ['stun:s'] },
      { urls: ['turn:t', 'turns:t'], username: '1060:ada', credential },
    ]);
  });
});
