// `npm test`: everything, on a machine that has nothing but Node. Every stage runs, whatever the result of the one before it; the last
// line is the sum. `npm test -- --only=node,e2e` runs some stages; further words are the test files to run.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureInstalled, root } from './bootstrap.mjs';

const minute = 60_000;
const words = process.argv.slice(2);
const only = words
  .find((word) => word.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const chosenFiles = words.filter((word) => !word.startsWith('-'));
const mustHaveAll = ['1', 'true'].includes(process.env.CI ?? '');
const scratch = mkdtempSync(join(tmpdir(), 'cometchat-call-'));
const browsers = {};

/** Runs Node with `args`; resolves with its exit code and, when `quiet`, what it said. */
function node(args, { env = {}, timeout = 40 * minute, quiet = false } = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    const end = (signal) => {
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
      } catch {
        // It has already ended.
      }
    };
    const interrupt = () => end('SIGINT');
    process.once('SIGINT', interrupt);
    const timer = setTimeout(() => {
      console.error(`Not finished after ${timeout / minute} minutes: stopped.`);
      end('SIGKILL');
    }, timeout);
    child.on('error', (error) => done({ code: 1, output: error.message }));
    child.on('close', (code) => {
      clearTimeout(timer);
      process.removeListener('SIGINT', interrupt);
      done({ code: code ?? 1, output });
    });
  });
}

const tool = (path) => join('node_modules', path);
const passed = { passed: 1, failed: 0, skipped: 0 };
const failed = { passed: 0, failed: 1, skipped: 0 };
const sum = (counts) =>
  counts.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    {
      passed: 0,
      failed: 0,
      skipped: 0,
    },
  );

/** Reads the counts that a runner left; a crash, or a run without a test, is a failure of its own. */
function countsOf(file, code) {
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error('The test runner ended without a result.');
    return sum([counts, failed]);
  }
  for (const empty of counts.empty ?? []) console.error(`No test in ${empty}.`);
  if (counts.passed + counts.failed === 0) console.error('No test ran.');
  else if (code === 0 || counts.failed > 0) return counts;
  else console.error(`The test runner failed (${code}) although no test did.`);
  return sum([counts, failed]);
}

/** The test files of some folders below test/. */
function testFiles(folders) {
  const files = folders.flatMap((folder) => {
    const path = join(root, 'test', folder);
    if (!existsSync(path)) return [];
    const names = readdirSync(path, { recursive: true });
    return names.filter((name) => name.endsWith('.test.ts')).map((name) => relative(root, join(path, name)));
  });
  return files
    .filter((file) => chosenFiles.length === 0 || chosenFiles.some((chosen) => file.includes(chosen)))
    .sort();
}

async function nodeTests(files, concurrency) {
  const counts = join(scratch, 'node.json');
  rmSync(counts, { force: true });
  if (files.length === 0) {
    console.error('There is no test file.');
    return failed;
  }
  const { code } = await node([
    '--import',
    'tsx',
    '--test',
    `--test-concurrency=${concurrency}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./test/tools/run/count-reporter.mjs',
    `--test-reporter-destination=${counts}`,
    ...files,
  ]);
  return countsOf(counts, code);
}

async function browserTests(name) {
  const counts = join(scratch, `${name}.json`);
  const files = chosenFiles.length > 0 ? ['--files', ...chosenFiles] : [];
  const { code } = await node([tool('@web/test-runner/dist/bin.js'), ...files], {
    env: { BROWSERS: name, TEST_COUNTS: counts },
  });
  return countsOf(counts, code);
}

function firefoxMissing(what) {
  const line = `!!! NO FIREFOX: ${what} not run in it. ${mustHaveAll ? 'With CI set, this is a failure.' : ''}`;
  console.error(`\n${'!'.repeat(line.length)}\n${line}\n${'!'.repeat(line.length)}`);
  return mustHaveAll ? failed : { passed: 0, failed: 0, skipped: 1 };
}

const checks = {
  types: ['typescript/bin/tsc', '-p', 'tsconfig.json'],
  'types of Node code': ['typescript/bin/tsc', '-p', 'test/tools/tsconfig.node.json'],
  'server without the DOM': ['typescript/bin/tsc', '-p', 'test/tools/tsconfig.server.json'],
  lint: ['eslint/bin/eslint.js', '-c', '.eslint.config.mjs', '--max-warnings=0', '.'],
  format: ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  manifest: ['../test/tools/manifest/manifest.mjs', '--check'],
  reference: ['../test/tools/docs/reference.mjs', '--check'],
  architecture: ['../test/tools/docs/architecture.mjs', '--check'],
  sizes: ['../test/tools/checks/check-size.mjs'],
};

/** Two at a time; what each says is shown when it has ended. */
async function check() {
  const waiting = Object.entries(checks);
  const results = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [title, [script, ...args]] = next;
      const started = Date.now();
      const { code, output } = await node([tool(script), ...args], { quiet: true });
      console.log(`${code === 0 ? '✔' : '✖'} ${title} (${seconds(started)})`);
      if (code !== 0 || title === 'sizes') console.log(output.trimEnd());
      results.push(code === 0 ? passed : failed);
    }
  };
  await Promise.all([work(), work()]);
  return sum(results);
}

const nodeFolders = [
  ...['docs', 'structure', 'signaling/node', 'base', 'domain', 'protocol', 'settings', 'session'],
  'media/encryption',
  ...['server', 'fuzz', 'tools'],
];

const stages = {
  build: async () => ((await node(['test/tools/build.mjs'])).code === 0 ? passed : failed),
  check,
  node: async () => {
    // Once, rather than by several test files at the same time. Without it, they say what is missing.
    (await import('./run/services/ensure-postgres.mjs')).ensurePostgres();
    (await import('./run/services/ensure-redis.mjs')).ensureRedis();
    return nodeTests(testFiles(nodeFolders), 2);
  },
  chromium: () => browserTests('chromium'),
  firefox: () => (browsers.firefox ? browserTests('firefox') : firefoxMissing('the browser tests were')),
  e2e: async () => {
    (await import('./run/services/coturn.mjs')).ensureCoturn();
    // Files named after Firefox are about Firefox.
    const files = testFiles(['e2e']).filter((file) => browsers.firefox || !file.includes('firefox'));
    const counts = await nodeTests(files, 1);
    return browsers.firefox ? counts : sum([counts, firefoxMissing('calls between browsers were')]);
  },
};

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
const line = ({ passed: good, failed: bad, skipped: left }) =>
  `${good} passed, ${bad} failed${left > 0 ? `, ${left} skipped` : ''}`;

/** Finds the browsers and LiveKit once, and tells every stage of the browsers by the environment. */
async function prepareBrowsers() {
  const { ensureChromium, ensureFirefox } = await import('./run/ensure-browser.mjs');
  browsers.chromium = await ensureChromium();
  browsers.firefox = await ensureFirefox();
  process.env.CHROME_PATH = browsers.chromium.path;
  if (browsers.chromium.shell) process.env.CHROME_SHELL = '1';
  if (browsers.firefox) process.env.FIREFOX_PATH = browsers.firefox.path;
  for (const [name, { path } = { path: 'none' }] of Object.entries(browsers)) console.log(`${name}: ${path}`);
  // Built here, where no test waits for it. Some files alone may not need it.
  if (chosenFiles.length > 0) return;
  const { ensureLiveKit } = await import('./run/services/ensure-livekit.mjs');
  console.log(`livekit: ${(await ensureLiveKit()) ?? 'none'}`);
}

async function main() {
  const names = only ?? Object.keys(stages);
  const unknown = names.filter((name) => !(name in stages));
  if (unknown.length > 0)
    throw new Error(`No stage ${unknown.join(', ')}; there are ${Object.keys(stages).join(', ')}.`);
  ensureInstalled();
  const results = {};
  if (names.some((name) => ['chromium', 'firefox', 'e2e'].includes(name))) await prepareBrowsers();
  for (const name of names) {
    console.log(`\n=== ${name} ===`);
    const started = Date.now();
    try {
      results[name] = await stages[name]();
    } catch (error) {
      console.error(error);
      results[name] = failed;
    }
    console.log(`=== ${name}: ${line(results[name])} (${seconds(started)}) ===`);
  }
  console.log(`\n${names.map((name) => `${name.padEnd(10)}${line(results[name])}`).join('\n')}\n`);
  return sum(Object.values(results));
}

let result = failed;
try {
  result = await main();
} catch (error) {
  console.error(error.message);
}
rmSync(scratch, { recursive: true, force: true });
console.log(line(result));
process.exitCode = result.failed > 0 || result.passed === 0 ? 1 : 0;
