import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { aptInstall } from '../tools/run/apt-install.mjs';
import { createCallServer, type CallServer } from '../../src/server/call-server.js';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'demo/docs/security.md'), 'utf8');
const secret = 'a secret for tests, of enough bytes';
/** A machine of continuous integration has every interpreter: to skip one there would be a test that cannot fail. */
const isComplete = ['1', 'true'].includes(process.env['CI'] ?? '');

interface Claims {
  readonly iat: number;
  readonly exp: number;
}

interface Backend {
  readonly file: string;
  /** The command that runs the file; it is skipped on a machine without it. */
  readonly command: readonly [string, ...string[]];
  readonly version: string;
  /** Debian's package. */
  readonly debian?: string;
}

const run = promisify(execFile);

const backends: Readonly<Record<string, Backend>> = {
  node: { file: 'token.mjs', command: [process.execPath], version: '--version' },
  python: { file: 'token.py', command: ['python3'], version: '--version' },
  php: { file: 'token.php', command: ['php'], version: '--version', debian: 'php-cli' },
  go: { file: 'token.go', command: ['go', 'run'], version: 'version' },
};

const exampleOf = (name: string): string => {
  const [, code] = new RegExp(`<!-- backend ${name} -->\\s*\`\`\`\\w+\\n(.*?)\`\`\``, 's').exec(page) ?? [];
  assert.ok(code, `security.md has no example for ${name}`);
  return code;
};

describe('the examples of backends in security.md', () => {
  let folder: string;
  let server: CallServer;
  before(async () => {
    server = createCallServer({
      secret,
      host: '127.0.0.1',
      port: 0,
      publicUrls: ['https://calls.example.com'],
      log: () => undefined,
    });
    await server.listen();
    folder = mkdtempSync(join(tmpdir(), 'cometchat-call-backends-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.close();
  });

  it('are as many as are tested', () => {
    const named = [...page.matchAll(/<!-- backend (\w+) -->/g)].map(([, name]) => name);
    assert.deepEqual(named, Object.keys(backends));
  });

  for (const [name, { file, command, version, debian }] of Object.entries(backends)) {
    const [program, ...args] = command;
    const isThere = (): boolean => spawnSync(program, [version]).status === 0;
    if (isComplete && debian && !isThere()) aptInstall(debian);
    const isMissing = !isComplete && !isThere();
    it(`${name}: the server accepts its token`, { skip: isMissing && `no ${program} here` }, async () => {
      writeFileSync(join(folder, file), exampleOf(name));
      const env = { ...process.env, CALL_SECRET: secret };
      // Meanwhile the server closes the connection of the request before, which has to be noticed.
      const { stdout } = await run(program, [...args, file], { cwd: folder, env });
      const token = stdout.trim();
      const response = await fetch(`${server.url}/v3.0/call_tokens`, { headers: { callToken: token } });
      assert.equal(response.status, 200, await response.clone().text());
      const [, payload = ''] = token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
      assert.equal(claims.exp - claims.iat, 3600);
      assert.deepEqual(
        { ...claims, iat: 0, exp: 0 },
        {
          iss: 'https://calls.example.com',
          aud: 'cometchat-call',
          iat: 0,
          exp: 0,
          data: { sessionId: 'standup', user: { uid: 'ada', name: 'Ada' } },
        },
      );
    });
  }
});
