import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { eraseUserCommand } from '../../../src/server/cli/erase-user.js';
import { startPostgres } from '../../tools/run/services/ensure-postgres.mjs';
import { CallClient } from '../harness/call-client.js';
import { apiKey, serve } from '../harness/server-process.js';
import { startServer, testSecret } from '../harness/test-server.js';
import { createCallToken } from '../../../src/server/auth/call-tokens.js';

const folder = mkdtempSync(join(tmpdir(), 'erase-user-'));
const postgres = startPostgres();
after(async () => {
  await (await postgres)?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command in this process. Returns what it prints. */
async function erase(args: string[], environment: Record<string, string> = {}): Promise<string> {
  const { write } = process.stdout;
  let output = '';
  process.stdout.write = ((text: string) => ((output += text), true)) as typeof write;
  try {
    await eraseUserCommand(args, environment);
  } finally {
    process.stdout.write = write;
  }
  return output;
}

const token = (uid: string) => createCallToken({ secret: testSecret, sessionId: 'farewell', user: { uid } });

async function meet(url: string): Promise<void> {
  for (const uid of ['hal', 'ada']) {
    const client = await CallClient.connect(url);
    await client.join(await token(uid), { state: { recording: true, screenSharing: true } });
    await client.request({ type: 'leave' });
  }
}

const historyOf = async (url: string): Promise<string> =>
  (await fetch(`${url}/v3.0/calls`, { headers: { apiKey } })).text();

describe('cometchat-call erase-user', () => {
  it('erases from a folder, also what a killed server had yet to write', async () => {
    const data = join(folder, 'data');
    const first = serve({ DATA_DIR: data });
    await meet(await first.url);
    await assert.rejects(erase(['--uid', 'hal', '--data', data]), /in use by process .*DELETE \/v3\/users/s);
    await first.kill('SIGKILL');

    assert.equal(await erase(['--uid', 'hal', '--data', data]), 'Erased the user from 1 call.\n');
    assert.equal(await erase(['--uid', 'hal'], { DATA_DIR: data }), 'Erased the user from 0 calls.\n');
    const second = serve({ DATA_DIR: data });
    const history = await historyOf(await second.url);
    await second.kill('SIGTERM');
    assert.ok(!history.includes('"hal"'), history);
    assert.ok(history.includes('"ada"') && history.includes('erased-'), history);
  });

  it('erases from PostgreSQL while a server runs', async (context) => {
    const databaseUrl = (await postgres)?.url;
    if (databaseUrl === undefined) return context.skip('no PostgreSQL');
    const data = join(folder, 'outbox');
    const server = await startServer({ apiKey, databaseUrl, dataFolder: data });
    await meet(server.url);
    assert.match(await historyOf(server.url), /"hal"/);
    const environment = { DATABASE_URL: databaseUrl, DATA_DIR: data };
    assert.equal(await erase(['--uid', 'hal'], environment), 'Erased the user from 1 call.\n');
    assert.ok(!(await historyOf(server.url)).includes('"hal"'));
  });

  it('says what is missing', async () => {
    await assert.rejects(erase([], { DATA_DIR: folder }), /--uid is missing/);
    await assert.rejects(erase(['--uid', 'hal']), /DATABASE_URL, or add --data/);
  });
});
