import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkConfig, ConfigError, readOptions } from '../../../src/server/config/server-config.js';
import { serverOptions, variables } from '../../../src/server/config/server-options.js';
import { testSecret as secret } from '../harness/test-server.js';

const problems = (environment: Record<string, string>): readonly string[] => {
  try {
    checkConfig(readOptions(environment));
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    for (const problem of error.problems) assert.ok(error.message.includes(problem));
    return error.problems;
  }
};

describe('Configuration', () => {
  it('needs a secret and nothing else', () => {
    const config = checkConfig(readOptions({ CALL_SECRET: secret }));
    assert.equal(config.meshLimit, 8);
    assert.equal(config.graceMs, 30_000);
    assert.equal(config.sessionsPerUser, 10);
    assert.deepEqual(config.generated, []);
    assert.deepEqual(config.turnUrls, []);
    assert.equal(config.apiKey, undefined);
  });

  it('makes up secrets in development mode only, and says which', () => {
    const config = checkConfig({ dev: true });
    assert.deepEqual(config.generated, ['secret', 'apiKey']);
    assert.ok(Buffer.byteLength(config.secret) >= 32);
    assert.notEqual(config.secret, checkConfig({ dev: true }).secret);
    assert.deepEqual(checkConfig({ dev: true, secret }).generated, ['apiKey']);
  });

  it('reads lists, numbers and flags from the environment; flags of the command line win', () => {
    const config = checkConfig(
      readOptions(
        {
          CALL_SECRET: secret,
          PORT: '81',
          PUBLIC_URL: 'https://a.example, https://b.example',
          DEV: '0',
          GRACE_MS: '',
        },
        { port: '82' },
      ),
    );
    assert.equal(config.port, 82);
    assert.deepEqual(config.publicUrls, ['https://a.example', 'https://b.example']);
    assert.equal(config.dev, false);
    assert.equal(config.graceMs, 30_000);
  });

  it('reads public URLs as they are pasted, and refuses what is no whole URL', () => {
    const read = (publicUrls: string): readonly string[] => checkConfig({ secret, publicUrls }).publicUrls;
    assert.deepEqual(read('https://A.example/calls/, wss://b.example/signal'), [
      'https://a.example/calls',
      'https://b.example',
    ]);
    for (const wrong of [
      'a.example',
      '/calls',
      'https://ada:pw@a.example',
      'ftp://a.example',
      'localhost:3000',
    ])
      assert.match(problems({ CALL_SECRET: secret, PUBLIC_URL: wrong }).join(), /^PUBLIC_URL/, wrong);
  });

  it('switches flags off and on as people write it, and refuses any other word', () => {
    const config = (word: string) =>
      checkConfig(readOptions({ CALL_SECRET: secret, DEV: word, METRICS_OPEN: word }));
    for (const word of ['0', 'false', 'False', ' FALSE ', 'no', 'off', ''])
      assert.deepEqual([config(word).dev, config(word).metricsOpen], [false, false], word);
    for (const word of ['1', 'true', 'TRUE', 'yes', 'on'])
      assert.deepEqual([config(word).dev, config(word).metricsOpen], [true, true], word);
    for (const word of ['maybe', 'disabled', '-', 'fasle', '2'])
      assert.equal(problems({ CALL_SECRET: secret, DEV: word, METRICS_OPEN: word }).length, 2, word);
    assert.match(problems({ DEV: 'fasle' }).join(), /CALL_SECRET.*is missing/);
  });

  it('names the public URL that is wrong, unless it may hold a password', () => {
    const named = (urls: string): string => problems({ CALL_SECRET: secret, PUBLIC_URL: urls }).join();
    assert.match(named('https://a.example, http//b.example'), /"http\/\/b\.example" is not/);
    assert.match(named("'https://a.example'"), /"'https:\/\/a\.example'" is not/);
    assert.ok(!named('https://ada:hunter2@a.example').includes('hunter2'));
  });

  it('lists everything that is wrong at once', () => {
    const found = problems({
      CALL_SECRET: 'short',
      PORT: 'eighty',
      MESH_LIMIT: '1',
      PUBLIC_URL: 'calls.example',
      TURN_URLS: 'stun:x',
      LOG_LEVEL: 'loud',
    });
    for (const variable of ['CALL_SECRET', 'PORT', 'MESH_LIMIT', 'PUBLIC_URL', 'TURN_URLS', 'LOG_LEVEL'])
      assert.ok(
        found.some((problem) => problem.startsWith(variable)),
        variable,
      );
    assert.ok(!found.join().includes('short'), 'and quotes no secret');
  });

  const cases: readonly [string, Record<string, string>, RegExp][] = [
    ['no secret', {}, /CALL_SECRET .* is missing/],
    ['a secret of 31 bytes', { CALL_SECRET: 'x'.repeat(31) }, /at least 32 bytes/],
    ['a weak API key', { CALL_SECRET: secret, API_KEY: 'key' }, /API_KEY .*32 bytes/],
    [
      'a weak TURN secret',
      { CALL_SECRET: secret, TURN_URLS: 'turn:t', TURN_SECRET: 'x' },
      /TURN_SECRET .*32 bytes/,
    ],
    ['TURN without its secret', { CALL_SECRET: secret, TURN_URLS: 'turn:t' }, /together/],
    ['a port that does not exist', { CALL_SECRET: secret, PORT: '65536' }, /from 0 to 65535/],
    ['a secret of blanks', { CALL_SECRET: ' '.repeat(40) }, /at least 32 bytes/],
    ['a blank port', { CALL_SECRET: secret, PORT: ' ' }, /from 0 to 65535/],
    ['a port in hexadecimal', { CALL_SECRET: secret, PORT: '0x10' }, /from 0 to 65535/],
    ['a number with an exponent', { CALL_SECRET: secret, GRACE_MS: '1e3' }, /whole number/],
    ['a Redis that is none', { CALL_SECRET: secret, REDIS_URL: 'http://redis' }, /REDIS_URL .*redis:\/\//],
    ['a Redis without a host', { CALL_SECRET: secret, REDIS_URL: 'redis://' }, /REDIS_URL .*redis:\/\//],
    [
      'Redis in development mode without a secret, which each server would make up',
      { DEV: '1', REDIS_URL: 'redis://127.0.0.1' },
      /CALL_SECRET .* is missing\. With REDIS_URL/,
    ],
    ['half a participant', { CALL_SECRET: secret, MESH_LIMIT: '2.5' }, /whole number/],
  ];
  for (const [title, environment, message] of cases)
    it(`refuses ${title}`, () => assert.match(problems(environment).join('\n'), message));

  it('refuses options it does not know', () => {
    const wrong: object = { secret, gracePeriod: 3 };
    assert.throws(() => checkConfig(wrong), /Unknown option: gracePeriod/);
  });

  it('has a variable for every option', () =>
    assert.deepEqual(Object.keys(variables).sort(), Object.keys(serverOptions.entries).sort()));
});
