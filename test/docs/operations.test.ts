import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { format } from 'prettier';
import { variables } from '../../src/server/config/server-options.js';
import { startServer } from '../server/harness/test-server.js';
import { withRedis } from '../server/harness/store-kinds.js';
import { root } from '../tools/bootstrap.mjs';

const folder = path.join(root, 'demo/docs/operations');
const files = readdirSync(folder);
const contents = (file: string): string => readFileSync(path.join(folder, file), 'utf8');

/** Names of the stack that the call server does not read. */
const others = new Set([
  ...['DOMAIN', 'PUBLIC_IP', 'NODE_ENV'],
  // Of LiveKit.
  'LIVEKIT_KEYS',
]);

/** The names of variables in a file, of which each has one of these forms. */
function namesIn(text: string): readonly string[] {
  const forms = [
    /^\s*([A-Z][A-Z0-9_]+)\s*[:=]/gm,
    /\$\{?([A-Z][A-Z0-9_]+)/g,
    /name: ([A-Z][A-Z0-9_]+),/g,
    /(?:Environment=|\s)([A-Z][A-Z0-9_]+)=/g,
    /^\s*# (?:\S+ \(mode 0600\) has )?((?:[A-Z][A-Z0-9_]*_[A-Z0-9_]+(?:, | and )?)+)/gm,
  ];
  return forms.flatMap((form) =>
    [...text.matchAll(form)].flatMap(([, names = '']) => names.match(/[A-Z][A-Z0-9_]+/g) ?? []),
  );
}

describe('the files for operators', () => {
  it('are what they say, in their formats', async () => {
    for (const file of files) {
      if (file.endsWith('.yaml')) await format(contents(file), { parser: 'yaml' });
      if (file.endsWith('.json')) JSON.parse(contents(file));
    }
    await assert.rejects(format('a: [', { parser: 'yaml' }), 'the parser finds nothing wrong');
  });

  for (const file of files.filter((name) => !/dashboard|turnserver|livekit\.yaml/.test(name)))
    it(`name variables that there are: ${file}`, () => {
      const known = new Set<string>([...Object.values(variables), ...others]);
      const names = namesIn(contents(file));
      assert.deepEqual(
        [...new Set(names)].filter((name) => !known.has(name)),
        [],
      );
      if (/compose|env|cometchat|kubernetes/.test(file)) assert.ok(names.includes('CALL_SECRET'), file);
    });

  it('start a server with all that the compose file gives it', async () => {
    const [, block = ''] = /environment:\n((?: {6}\S.*\n)+)/.exec(contents('compose.yaml')) ?? [];
    const values: Record<string, string> = { DOMAIN: 'example.com', LIVEKIT_API_KEY: 'calls' };
    const environment = Object.fromEntries(
      [...block.matchAll(/^ {6}([A-Z_]+): '?(.*?)'?$/gm)].map(([, name = '', value = '']) => [
        name,
        value.replace(/\$\{([A-Z_]+)(?::\?)?\}/g, (_, given: string) => values[given] ?? 's'.repeat(32)),
      ]),
    );
    assert.ok(Object.keys(environment).length >= 10);
    const { checkConfig, readOptions } = await import('../../src/server/config/server-config.js');
    const config = checkConfig(readOptions(environment));
    assert.deepEqual([config.hasSfu, config.publicUrls], [true, ['https://calls.example.com']]);
    assert.equal(config.turnUrls.length, 2);
  });

  it('are units that systemd accepts', (test) => {
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) return test.skip('no systemd');
    const copies = mkdtempSync(path.join(tmpdir(), 'units-'));
    test.after(() => rmSync(copies, { recursive: true }));
    const units = files.filter((name) => name.endsWith('.service'));
    assert.equal(units.length, 2);
    const paths = units.map((unit) => {
      const copy = path.join(copies, unit.replace('@.', '@3000.'));
      copyFileSync(path.join(folder, unit), copy);
      return copy;
    });
    const { stderr } = spawnSync('systemd-analyze', ['verify', ...paths], { encoding: 'utf8' });
    const complaints = stderr.split('\n').filter((line) => /cometchat-call@|livekit\.service/.test(line));
    assert.deepEqual(complaints, []);
  });
});

describe('the dashboard', () => {
  const redis = withRedis();

  it('asks for metrics that the server has', async () => {
    const server = await startServer({
      redisUrl: redis().url,
      metricsOpen: true,
      processMetrics: true,
    });
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const names = new Set([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '']) => name));
    const { panels } = JSON.parse(contents('dashboard.json')) as {
      readonly panels: readonly {
        readonly targets: readonly { readonly expr: string }[];
      }[];
    };
    const asked = panels.flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => expr.match(/\b(?:cometchat|process|nodejs)_[a-z0-9_]+/g) ?? []),
    );
    assert.ok(asked.length >= panels.length);
    assert.deepEqual(
      asked.filter((name) => !names.has(name) && !names.has(name.replace(/_bucket$/, ''))),
      [],
    );
    const own = [...names].filter((name) => name.startsWith('cometchat_'));
    const shown = new Set(asked.map((name) => name.replace(/_bucket$/, '')));
    assert.deepEqual(
      own.filter((name) => !shown.has(name) && name !== 'cometchat_history_entries_total'),
      [],
      'not on the dashboard',
    );
  });
});
