import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type * as Package from '../../../src/index.js';
import { folderOfBuild } from '../../tools/checks/check-size.mjs';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';

declare global {
  interface Window {
    /** What the package has logged. */
    consoleLines: string[][];
  }
}

const world = new CallWorld({ files: { '/': 'test/e2e/pages', '/dist': 'dist', '/copy': 'dist' } });
before(() => world.start());
afterEach(() => world.clear());

const scripts = ({ page }: CallPage): Promise<readonly string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.startsWith('/dist/')),
  );

describe('the files for script tags', () => {
  it('the classic script gives CometChatCalls as a global, with all other exports on it', async () => {
    const { page } = await world.page('chromium', { path: '/umd.html' });
    const found = await page.evaluate(() => {
      const { CometChatCalls: api } = window as unknown as { CometChatCalls: Record<string, unknown> };
      return {
        itself: api['CometChatCalls'] === api,
        fallback: (api['default'] as Record<string, unknown>)['CometChatCalls'] === api,
        builder: typeof api['CallSettingsBuilder'],
        element: api['CometChatCall'] === customElements.get('cometchat-call'),
      };
    });
    assert.deepEqual(found, { itself: true, fallback: true, builder: 'function', element: true });
  });

  it('a page with the classic script is in a call with a page with the module', async () => {
    const classic = await world.page('chromium', { path: '/umd.html' });
    await classic.join({ token: await world.token('ada', 'mixed') });
    const modern = await world.caller('bob', 'mixed');
    await Promise.all([classic, modern].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    assert.deepEqual(await classic.errors(), []);
  });

  it('the classic script’s setLogSink hears the parts that are loaded late', async () => {
    const classic = await world.page('chromium', { path: '/umd.html' });
    const { page } = classic;
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      void (request.url().includes('background-processor') ? request.abort() : request.continue());
    });
    await page.evaluate(() => {
      const { CometChatCalls: api } = window as unknown as { CometChatCalls: typeof Package };
      const write = (...words: unknown[]): void =>
        void window.consoleLines.push(words.slice(0, 2).map(String));
      window.consoleLines = [];
      api.setLogSink({ debug: write, info: write, warn: write, error: write });
    });
    await classic.join({ token: await world.token('ada', 'logged'), 'background-blur': '50' });
    // The runtime, itself a chunk, reports what could not be loaded.
    await page.waitForFunction(
      () =>
        window.consoleLines.some((words) =>
          words.join(' ').startsWith('[cometchat-call:processing] The camera cannot'),
        ),
      { polling: 50 },
    );
  });

  for (const [first, second] of [
    ['module', 'module'],
    ['classic script', 'module'],
    ['module', 'classic script'],
  ] as const)
    it(`CometChatCalls of a second copy, a ${second} after a ${first}, joins with the element of the first`, async () => {
      const twice = await world.page('chromium', {
        path: first === 'module' ? '/call.html' : '/umd.html',
      });
      const { page } = twice;
      if (second === 'classic script') await page.addScriptTag({ url: '/copy/cdn/cometchat-call.umd.cjs' });
      const token = await world.token('ada', `twice ${first} ${second}`);
      const isOneClass = await page.evaluate(
        async ({ isModule, token }) => {
          const path = '/copy/cdn/cometchat-call.min.js';
          const given = isModule
            ? ((await import(path)) as typeof Package)
            : (window as unknown as { CometChatCalls: typeof Package }).CometChatCalls;
          const { CometChatCalls: api, CometChatCall: Call } = given;
          await api.init(
            new api.CallAppSettingsBuilder().setAppId('app').setRegion('eu').setHost(location.origin).build(),
          );
          await api.startSession(token, new api.CallSettingsBuilder().build(), document.body);
          return document.querySelector('cometchat-call') instanceof Call;
        },
        { isModule: second === 'module', token },
      );
      assert.equal(isOneClass, true);
      await page.waitForFunction(() => document.querySelector('cometchat-call')?.matches(':state(active)'));
    });

  it('a page without a call loads the shell alone', async () => {
    assert.deepEqual([...(await scripts(await world.page()))].sort(), [
      `/dist/cdn/${folderOfBuild()}/chunks/shell.js`,
      '/dist/cdn/cometchat-call-element.min.js',
    ]);
  });

  it('a page with the tag alone never loads the code of the SDK; its builders need none of it', async () => {
    const tag = await world.caller('ada', 'tag-alone');
    const sdk = await world.page();
    const built = await sdk.page.evaluate(async () => {
      const { CometChatCalls } = (await import(
        '/dist/cdn/cometchat-call.min.js' as string
      )) as typeof Package;
      const settings = new CometChatCalls.CallSettingsBuilder().setIsAudioOnlyCall(true).build();
      const app = new CometChatCalls.CallAppSettingsBuilder().setAppId('app').setRegion('us').build();
      Object.assign(window, { init: () => CometChatCalls.init(app) });
      return [settings.isAudioOnlyCall(), app.getRegion(), CometChatCalls.CALL_MODE.GRID];
    });
    assert.deepEqual(built, [true, 'us', 'TILE']);
    const [shell, names] = ['shell', 'sdk'].map((name) => `/dist/cdn/${folderOfBuild()}/chunks/${name}.js`);
    assert.deepEqual(await scripts(sdk), [
      '/dist/cdn/cometchat-call-element.min.js',
      shell,
      '/dist/cdn/cometchat-call.min.js',
      names,
    ]);
    await sdk.page.evaluate(() => (window as unknown as { init: () => Promise<void> }).init());
    const facade = `/dist/cdn/${folderOfBuild()}/chunks/facade-session-calls-runtime.js`;
    assert.ok((await scripts(sdk)).includes(facade));
    assert.ok(!(await scripts(tag)).some((path) => /facade|sdk/.test(path)));
  });
});
