// Tests that need a real browser. BROWSERS=chromium or BROWSERS=firefox runs them in one of the two.
import { writeFileSync } from 'node:fs';
import rollupAlias from '@rollup/plugin-alias';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { fromRollup } from '@web/dev-server-rollup';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import { launchChromium, launchFirefox, newWindow } from './test/tools/run/browser-options.mjs';
import { ensureChromium, ensureFirefox } from './test/tools/run/ensure-browser.mjs';
import { processorFile } from './test/tools/build/processor-files.mjs';
import { liveKitToken, startLiveKit } from './test/tools/run/services/livekit-server.mjs';
import { simplePeerAliases, slimSimplePeer } from './test/tools/build/simple-peer-slim.mjs';

const wanted = (name) => (process.env.BROWSERS ?? name).split(',').includes(name);
const page = { concurrency: 2, createPage: ({ context }) => context.newPage(newWindow) };
const browsers = [];
if (wanted('chromium'))
  browsers.push(chromeLauncher({ ...page, launchOptions: launchChromium(await ensureChromium()) }));
const firefox = wanted('firefox') ? await ensureFirefox() : undefined;
if (firefox)
  browsers.push(chromeLauncher({ ...page, puppeteer: puppeteerCore, launchOptions: launchFirefox(firefox) }));

const everyTest = (suite) => [...suite.tests, ...suite.suites.flatMap(everyTest)];

/** Leaves the counts where run-tests.mjs asks for them. */
const counts = {
  onTestRunFinished({ sessions }) {
    if (!process.env.TEST_COUNTS) return;
    const total = { passed: 0, failed: 0, skipped: 0 };
    for (const { testResults, errors, passed, testFile } of sessions) {
      const tests = testResults ? everyTest(testResults) : [];
      const isEmpty = passed && tests.length === 0;
      if (isEmpty) console.error(`No test in ${testFile}.`);
      for (const test of tests) total[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
      const blamed = tests.some((test) => !test.passed && !test.skipped);
      if (isEmpty || (!blamed && (errors.length > 0 || !passed))) total.failed += 1;
    }
    writeFileSync(process.env.TEST_COUNTS, JSON.stringify(total));
  },
};

/** Room for a server the tests talk to: `serverStart` may start one, `serve` may tell the page its address. */
const testServer = {
  name: 'test-server',
  serve: ({ path }) =>
    path === '/test-server.js' ? { body: 'export const url = location.origin;', type: 'js' } : undefined,
};

/** The files that track processors load are where the build puts them. */
const processors = {
  name: 'processors',
  async serve({ path }) {
    const [, name] = path.split('/dist/cdn/processors/');
    const body = name && (await processorFile(name));
    return body && { body, type: name.split('.').at(-1) };
  },
};

let liveKit;

/** Starts a LiveKit server for the first test that asks, and gives every participant its grant. */
const mediaServer = {
  name: 'media-server',
  async serve({ path, query: { room, identity } }) {
    if (path !== '/livekit-grant') return undefined;
    liveKit ??= startLiveKit();
    const server = await liveKit;
    if (!server && ['1', 'true'].includes(process.env.CI ?? ''))
      throw new Error('With CI set, LiveKit is needed.');
    const grant = server && { transport: 'sfu', url: server.url, token: await liveKitToken(room, identity) };
    return { body: JSON.stringify(grant ?? null), type: 'json' };
  },
  serverStop: async () => (await liveKit)?.stop(),
};

/** `bring-to-front` gives a test's window the focus. */
const windowFocus = {
  name: 'window-focus',
  async executeCommand({ command, session }) {
    if (command !== 'bring-to-front') return undefined;
    await session.browser.getPage(session.id).bringToFront();
    return true;
  },
};

export default {
  files: [
    ...['media', 'transports', 'ui', 'element', 'facade', 'signaling'].map(
      (layer) => `test/${layer}/**/*.test.ts`,
    ),
    '!test/signaling/node/**',
    '!test/media/encryption/**',
  ],
  nodeResolve: { exportConditions: ['browser', 'development'] },
  plugins: [
    fromRollup(rollupAlias)({ entries: simplePeerAliases }),
    fromRollup(() => slimSimplePeer)(),
    // Without the tsconfig, decorators on fields are refused.
    esbuildPlugin({
      ts: true,
      tsconfig: new URL('tsconfig.json', import.meta.url).pathname,
      target: 'es2022',
    }),
    testServer,
    processors,
    mediaServer,
    windowFocus,
  ],
  browsers,
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: process.stdout.isTTY }), counts],
  testsStartTimeout: 60_000,
  testsFinishTimeout: 300_000,
  testFramework: { config: { timeout: 15_000 } },
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  coverage: process.argv.includes('--coverage'),
  coverageConfig: {
    include: ['src/**/*.ts'],
    reporters: ['text-summary', 'lcovonly'],
    reportDir: 'coverage',
  },
};
