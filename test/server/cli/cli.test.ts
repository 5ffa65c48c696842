import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, describe, it } from 'node:test';
import { readCallToken } from '../../../src/protocol/tokens/token-claims.js';
import { verifyAuthToken, verifyCallToken } from '../../../src/server/auth/call-tokens.js';
import { eraseUserCommand } from '../../../src/server/cli/erase-user.js';
import { printToken } from '../../../src/server/cli/token.js';
import { CallClient } from '../harness/call-client.js';
import { testSecret as secret } from '../harness/test-server.js';

const cli = fileURLToPath(new URL('../../../src/server/cli.ts', import.meta.url));
const children = new Set<ChildProcess>();
after(() => children.forEach((child) => child.kill('SIGKILL')));

interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (output.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output.err += data.toString()));
  const finished = once(child, 'close').then(([code]): Finished => {
    children.delete(child);
    return { code: code as number | null, ...output };
  });
  return { child, output, finished };
}

const run = (args: readonly string[], environment: Record<string, string> = {}): Promise<Finished> =>
  start(args, environment).finished;

const withSecret = { CALL_SECRET: secret };

describe('cometchat-call token', { concurrency: 2 }, () => {
  it('prints a call token', async () => {
    const { code, out } = await run(
      [
        'token',
        '--session',
        'standup',
        '--uid',
        'ada',
        '--name',
        'Ada',
        '--avatar',
        'https://example.com/a.png',
        '--expires',
        '2h',
        '--issuer',
        'https://calls.example',
      ],
      withSecret,
    );
    assert.equal(code, 0);
    const { claims, validity } = await verifyCallToken(out.trim(), secret, () => true);
    assert.equal(validity, 'valid');
    assert.deepEqual(claims.data, {
      sessionId: 'standup',
      user: { uid: 'ada', name: 'Ada', avatar: 'https://example.com/a.png' },
    });
    assert.equal(claims.iss, 'https://calls.example');
    assert.ok(Math.abs((claims.exp ?? 0) - Date.now() / 1000 - 7200) < 60);
  });

  it('prints an auth token', async () => {
    const { out } = await run(['token', '--auth', '--uid', 'ada'], withSecret);
    assert.equal((await verifyAuthToken(out.trim(), secret)).data.user.name, 'ada');
  });

  const refusals: readonly [string, string[], NodeJS.ProcessEnv, RegExp][] = [
    ['no secret', ['--session', 's', '--uid', 'u'], {}, /CALL_SECRET is missing/],
    ['a short secret', ['--session', 's', '--uid', 'u'], { CALL_SECRET: 'x' }, /at least 32 bytes/],
    ['no uid', ['--session', 's'], withSecret, /--uid is missing/],
    ['no session', ['--uid', 'u'], withSecret, /--session is missing/],
    ['too long a name', ['--session', 's', '--uid', 'u', '--name', 'x'.repeat(101)], withSecret, /--name/],
    ['an unclear time', ['--session', 's', '--uid', 'u', '--expires', 'soon'], withSecret, /--expires/],
    ['no time at all', ['--session', 's', '--uid', 'u', '--expires', '0s'], withSecret, /--expires/],
    ['an issuer that is no URL', ['--session', 's', '--uid', 'u', '--issuer', 'me'], withSecret, /--issuer/],
    ['a session for an auth token', ['--auth', '--session', 's', '--uid', 'u'], withSecret, /--session/],
  ];
  for (const [title, args, environment, message] of refusals)
    it(`refuses ${title}`, () => assert.rejects(printToken(args, environment), message));

  it('does not call a token that it refuses to make a server that cannot start', async () => {
    for (const CALL_SECRET of ['', 'short', ' '.repeat(40)])
      await assert.rejects(
        printToken(['--session', 's', '--uid', 'u'], { CALL_SECRET }),
        /No token can be made/,
      );
  });

  it('erases no user from a folder that does not exist, and makes none', async () => {
    const folder = join(tmpdir(), `no-such-history-${process.pid}`);
    await assert.rejects(eraseUserCommand(['--uid', 'ada', '--data', folder], {}), /it does not exist/);
    assert.ok(!existsSync(folder));
  });

  it('tells a wrong command line from a wrong configuration, without a stack trace', async () => {
    const typo = await run(['token', '--sesion', 's'], withSecret);
    assert.equal(typo.code, 2);
    assert.match(typo.err, /--sesion/);
    const unset = await run(['token', '--session', 's', '--uid', 'u']);
    assert.equal(unset.code, 1);
    assert.match(unset.err, /CALL_SECRET is missing/);
    for (const { err, out } of [typo, unset]) {
      assert.equal(out, '');
      assert.ok(!/^\s+at /m.test(err));
    }
  });
});

describe('cometchat-call serve', { concurrency: 2 }, () => {
  async function serving(args: readonly string[], environment: Record<string, string> = {}) {
    const server = start(['serve', '--port', '0', ...args], environment);
    while (!/http:\S+/.test(server.output.out)) {
      await Promise.race([once(server.child.stdout, 'data'), server.finished]);
      assert.equal(server.child.exitCode, null, server.output.err);
    }
    return { ...server, url: /http:\S+/.exec(server.output.out)![0] };
  }

  it('shows a page with a call where no demo is given', async () => {
    const { url, output, child, finished } = await serving(['--dev']);
    assert.match(output.out, /in two tabs/);
    assert.match(await (await fetch(`${url}/`)).text(), /<cometchat-call /);
    for (const path of ['/page.js', '/page.css'])
      assert.equal((await fetch(url + path, { method: 'HEAD' })).status, 200);
    child.kill('SIGTERM');
    assert.equal((await finished).code, 0);
  });

  it('tells where, serves the demo, puts two into a call, and stops gracefully', async () => {
    const demo = fileURLToPath(new URL('.', import.meta.url));
    const { url, output, child, finished } = await serving(['--dev', '--demo', demo]);
    assert.match(output.out, /CALL_SECRET and API_KEY/);
    assert.match(output.out, /in two tabs/);
    const body = JSON.stringify({ sessionId: 's', name: 'Ada' });
    const response = await fetch(`${url}/dev/call_tokens`, { method: 'POST', body });
    const { data } = (await response.json()) as { data: { token: string } };
    assert.equal(readCallToken(data.token)?.data.user.name, 'Ada');
    const [first, second] = [await CallClient.connect(url), await CallClient.connect(url)];
    await first.join(data.token);
    assert.equal((await second.join(data.token)).participants.length, 1);
    child.kill('SIGTERM');
    assert.equal((await second.receives('closing')).error.code, 'SERVER_STOPPING');
    assert.equal((await finished).code, 0);
    assert.ok(
      !output.err.includes(data.token) && !output.err.includes('Ada'),
      'and logs neither tokens nor names',
    );
    for (const line of output.err.trim().split('\n')) assert.ok(JSON.parse(line), 'logs are lines of JSON');
  });

  it('stops with a connection that was refused and is kept half open', { timeout: 30_000 }, async () => {
    const { url, child, finished } = await serving(['--dev']);
    const client = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
    client.on('error', () => undefined);
    client.write('GET /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await once(client, 'data');
    child.kill('SIGTERM');
    assert.equal((await finished).code, 0);
    client.destroy();
  });

  it('accepts in production what the command `token` prints', async () => {
    const { url, child, finished } = await serving([], withSecret);
    const { out } = await run(['token', '--session', 's', '--uid', 'ada'], withSecret);
    const client = await CallClient.connect(url);
    assert.equal((await client.join(out.trim())).self.uid, 'ada');
    child.kill('SIGINT');
    assert.equal((await finished).code, 0);
  });

  it('says everything that is wrong', async () => {
    const { code, err } = await run(['serve'], { PORT: 'x', MESH_LIMIT: '0' });
    assert.equal(code, 1);
    for (const variable of ['CALL_SECRET', 'PORT', 'MESH_LIMIT']) assert.ok(err.includes(variable), variable);
    assert.match(err, /--dev/);
  });

  it('says in one line that Redis cannot be reached, and not with which password', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const redisUrl = `redis://user:password@127.0.0.1:${port}`;
    const { code, err } = await run(['serve'], { ...withSecret, PORT: '0', REDIS_URL: redisUrl });
    assert.equal(code, 1);
    const lines = err.split('\n').filter((line) => line.includes('REDIS_URL'));
    assert.equal(lines.length, 1);
    assert.match(lines.join(), new RegExp(`Redis at 127\\.0\\.0\\.1:${port} cannot be used: .*ECONNREFUSED`));
    assert.ok(!err.includes('password'));
  });

  it('says when the port is in use, or a folder is none', async () => {
    const { url, child } = await serving(['--dev']);
    const taken = await run(['serve', '--dev', '--port', new URL(url).port]);
    assert.equal(taken.code, 1);
    assert.match(taken.err, /is in use/);
    child.kill('SIGTERM');
    const missing = await run(['serve', '--dev', '--demo', 'no-such-folder']);
    assert.equal(missing.code, 1);
    assert.match(missing.err, /no-such-folder is not a directory/);
  });
});

describe('cometchat-call', () => {
  it('explains itself', async () => {
    const { code, out } = await run(['--help']);
    assert.equal(code, 0);
    for (const word of ['serve', 'token', '--session', 'CALL_SECRET', 'TURN_URLS'])
      assert.ok(out.includes(word), word);
  });

  it('tells its version', async () => {
    const { code, out } = await run(['--version']);
    assert.equal(code, 0);
    assert.match(out, /^\d+\.\d+\.\d+\S*\n$/);
  });

  for (const args of [
    ['serve', '--prot', '3000'],
    ['serve', '3000'],
    ['serve', '--demo', '.'],
    ['token', '--session', 's', '--uid', 'u', '--issuer', 'calls.example'],
    ['token', '--session', 's', '--uid', 'u', '--issuer', 'https://ada:secret@calls.example'],
  ])
    it(`refuses \`${args.join(' ')}\``, async () => {
      const { code, err } = await run(args, withSecret);
      assert.equal(code, 2);
      assert.doesNotMatch(err, /ada:secret/);
    });

  it('does not guess', async () => {
    const { code, err } = await run(['dance']);
    assert.equal(code, 2);
    assert.match(err, /Unknown command "dance"[^]*Usage/);
  });
});
