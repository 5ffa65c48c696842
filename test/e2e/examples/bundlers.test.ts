import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Page, WebWorker } from 'puppeteer-core';
import { examples, prepareExamples, runTool } from '../../tools/run/example-workspace.mjs';
import { CallWorld } from '../world/call-world.js';

declare global {
  interface Window {
    /** Of the page: errors of the call. */
    dropped: string[];
  }
}

interface Bundler {
  /** The script in its package, and its arguments. */
  readonly command: string;
  /** What it says of a build without a warning; nothing by default. */
  readonly output?: string;
  /** It writes the script alone, as most do, or the page, too. */
  readonly writesPage?: true;
  /** It leaves `new URL('…', import.meta.url)` as it is: the folder of the processors must be copied. */
  readonly copiesProcessors?: true;
  /** It writes an import map into the page, which the policy of the server refuses. */
  readonly inline?: true;
}

const built = join(examples, 'dist-bundlers');
const to = (name: string): string => join(built, name);

const bundlers: Readonly<Record<string, Bundler>> = {
  vite: {
    command: `vite/bin/vite.js build --config bundlers/vite.config.js --emptyOutDir --logLevel warn --outDir ${to('vite')}`,
    writesPage: true,
  },
  // Minification takes a minute here, and adds no warning.
  webpack: {
    command: `webpack-cli/bin/cli.js --config bundlers/webpack.config.js --no-optimization-minimize --stats errors-warnings --output-path ${to('webpack')}`,
    output: 'webpack compiled successfully',
  },
  rollup: {
    command: `rollup/dist/bin/rollup --config bundlers/rollup.config.js --silent --failAfterWarnings --dir ${to('rollup')}`,
    copiesProcessors: true,
  },
  esbuild: { command: `../bundlers/esbuild.js ${to('esbuild')}`, copiesProcessors: true },
  parcel: {
    command: `parcel/lib/bin.js build bundlers/index.html --no-cache --cache-dir ${to('.parcel-cache')} --no-optimize --public-url ./ --log-level warn --dist-dir ${to('parcel')}`,
    writesPage: true,
    inline: true,
  },
};

const world = new CallWorld({ files: { '/': 'demo/examples/dist-bundlers', '/dist': 'dist' } });

/** The page that a developer writes beside the script of the bundler. */
function writePage(name: string, { copiesProcessors }: Bundler): void {
  const page = readFileSync(join(examples, 'bundlers/index.html'), 'utf8').replace('../shared/', '');
  const attribute = copiesProcessors
    ? '<cometchat-call processor-assets-url="processors/"'
    : '<cometchat-call';
  writeFileSync(join(to(name), 'index.html'), page.replace('<cometchat-call', attribute));
  cpSync(join(examples, 'shared/page.css'), join(to(name), 'page.css'));
  if (copiesProcessors)
    cpSync(join(examples, 'node_modules/cometchat-call/dist/cdn/processors'), join(to(name), 'processors'), {
      recursive: true,
    });
}

describe('the installed package in a bundle', () => {
  before(async () => {
    prepareExamples();
    rmSync(built, { recursive: true, force: true });
    mkdirSync(built);
    await world.start();
  });

  for (const [name, bundler] of Object.entries(bundlers))
    it(
      `${name}: builds without a warning; a call has its background and no noise`,
      { timeout: 120_000 },
      async () => {
        const [script = '', ...args] = bundler.command.split(' ');
        assert.equal(runTool(script, ...args).trim(), bundler.output ?? '');
        if (!bundler.writesPage) writePage(name, bundler);
        const { page } = await world.page('chromium', {
          path: `/${name}/`,
          inline: bundler.inline ?? false,
          before: keepDropped,
        });
        const worker = page.workers()[0] ?? (await untilWorker(page));
        await Promise.all([worker.evaluate(untilLoaded, '.tflite'), page.evaluate(untilLoaded, '.wasm')]);
        await page.waitForFunction(
          () =>
            document.querySelector('cometchat-call')?.matches(':state(active)') &&
            document.title === 'function',
          { timeout: 30_000, polling: 50 },
        );
        assert.deepEqual(await page.evaluate(() => window.dropped), []);
      },
    );
});

/** Runs before the page. A machine that is too slow for a background drops it: that says nothing of the bundle. */
const keepDropped = (): void => {
  window.dropped = [];
  addEventListener('cometchat-error', ({ detail }) => {
    const isSlow = (detail.details as { reason?: string } | undefined)?.reason === 'too-slow';
    if (!isSlow) window.dropped.push(`${detail.code} ${detail.message}`);
  });
};

const untilWorker = (page: Page): Promise<WebWorker> =>
  new Promise((resolve) => page.once('workercreated', resolve));

/** Runs in the page or in a worker. */
const untilLoaded = (ending: string): Promise<void> =>
  new Promise((resolve) => {
    new PerformanceObserver((list) => {
      if (list.getEntries().some(({ name }) => name.endsWith(ending))) resolve();
    }).observe({ type: 'resource', buffered: true });
  });
