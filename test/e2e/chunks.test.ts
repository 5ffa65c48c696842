import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, before, describe, it } from 'node:test';
import { folderOfBuild } from '../tools/checks/check-size.mjs';
import type { CallPage } from './world/call-page.js';
import { CallWorld, type BrowserName } from './world/call-world.js';
import { press, pressText, set, untilPart, untilText } from './world/interface.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

interface ChunkRow {
  readonly attributes?: Readonly<Record<string, string>>;
  /** What asks for the chunk, once the call is joined; else it is asked for by the join. */
  readonly ask?: (ada: CallPage, bob: CallPage) => Promise<unknown>;
  /** Default: CHUNK_LOAD_FAILED. */
  readonly code?: string;
  /** Shown to the user, who pressed for it. */
  readonly said?: true;
  /** Shows that asking once more, when the file can be had again, helps. */
  readonly works?: (ada: CallPage) => Promise<unknown>;
}

const notLoaded = 'Part of the call could not be loaded';
const hover = ({ page }: CallPage): Promise<unknown> => page.hover('cometchat-call');
const key =
  (name: 'Space' | '?') =>
  async (ada: CallPage): Promise<void> => {
    await hover(ada);
    // The keys are obeyed when their code is there: pressed until it is.
    for (let tries = 0; tries < 40 && !(await ada.eventNames()).includes('onError'); tries++) {
      await ada.page.keyboard.press(name);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };

/** By file. What is not here stands in `elsewhere`. */
const rows: Readonly<Record<string, ChunkRow>> = {
  'chunks/element-call-post-join-extras': {},
  'chunks/element-diagnostics-freeze-detector': {},
  'chunks/element-commands-hotkeys': { ask: hover },
  'chunks/element-commands-push-to-talk': {
    attributes: { 'push-to-talk': '' },
    ask: key('Space'),
    said: true,
  },
  'chunks/ui-controls-shortcut-help': { ask: key('?'), said: true },
  'chunks/element-call-processing': { attributes: { 'background-blur': '50' } },
  'chunks/media-processors-background-background-processor': {
    attributes: { 'background-blur': '50' },
    code: 'PROCESSING_DROPPED',
  },
  'chunks/media-processors-noise-noise-processor': {
    attributes: { 'noise-suppression': '' },
    code: 'PROCESSING_DROPPED',
  },
  'chunks/ui-i18n-locale-rows': { attributes: { lang: 'de' } },
  'locales/de': { attributes: { lang: 'de' } },
  'chunks/element-i18n-localized-strings': {
    ask: (ada) => set(ada, { localizedStrings: { endCall: 'Bye' } }),
  },
  'chunks/ui-menu-menu': {
    ask: (ada) => press(ada, 'button-more'),
    said: true,
  },
  'chunks/ui-participants-participant-panel': {
    ask: (ada) => press(ada, 'button-participants'),
    said: true,
    works: (ada) => untilPart(ada, 'panel'),
  },
  'chunks/ui-notices-notice-list': { ask: (_, bob) => bob.call('startRecording') },
  'chunks/element-call-backgrounds': {
    ask: (ada) => ada.call('openVirtualBackground'),
    said: true,
    works: async (ada) => {
      const panel = 'cometchat-call >>> cometchat-call-backgrounds';
      await ada.page.waitForSelector(panel);
      await ada.call('closeVirtualBackground');
      await ada.page.waitForSelector(panel, { hidden: true });
    },
  },
  'chunks/element-pip-pip-window': { ask: (ada) => ada.call('enterPictureInPicture'), said: true },
  'chunks/element-recording-recording': {
    ask: (ada) => ada.call('startRecording'),
    said: true,
    works: (ada) => ada.untilState('recording'),
  },
  'chunks/media-capture-screen-capture': { ask: (ada) => ada.call('startScreenShare') },
};

/** Without these there is no call yet; and those that a call of two does not ask for. */
const elsewhere: Readonly<Record<string, string>> = {
  'chunks/element-call-call-runtime': 'below',
  'chunks/transports-mesh-mesh-transport': 'below',
  'chunks/element-call-lobby': 'below',
  'chunks/signaling-broadcast-broadcast-channel': 'below',
  'chunks/element-button-button-actions': 'for a button outside of a call: it stays disabled and tries again',
  'chunks/facade-session-calls-runtime': 'test/facade',
  'chunks/facade-v5-v5-runtime': 'test/facade',
  'chunks/element-diagnostics-pause-offscreen-video':
    'as the freeze detector, for tiles that are not visible',
  'chunks/element-host-advice-check': 'as the advice itself',
  'chunks/protocol-token-claims': 'for a token out of the ordinary: the server reads it',
  'chunks/element-host-host-advice': 'as the post-join extras, for a page with a mistake',
  'chunks/signaling-websocket-unopened-socket':
    'for a server that is not reached: it is told without it, a little later',
  'chunks/media-capture-media-failure': 'as the getUserMedia fallback, for a prompt that is not answered',
  'chunks/media-capture-speaker': 'for a speaker that is chosen: the old one stays',
  'chunks/media-capture-get-user-media-fallback': 'as the screen capture, for a device that does not open',
  'chunks/ui-notices-idle-warning': 'test/ui/view/call-view.test.ts: for a call of one',
};

/** Every file that some other one may import late. */
function lateFiles(): readonly string[] {
  const folder = `dist/cdn/${folderOfBuild()}`;
  const files = readdirSync(`${folder}/chunks`).filter((name) => name.endsWith('.js'));
  const text = files.map((name) => readFileSync(`${folder}/chunks/${name}`, 'utf8')).join('\n');
  const found = [...text.matchAll(/import\(\w+\s*\+\s*["'`]([^"'`]+)\.js["'`]\)/g)].map(
    ([, file = '']) => file,
  );
  return [...new Set(found)].filter((file) => !file.startsWith('locales/') || file === 'locales/de').sort();
}

/** Keeps a file from the page, by whatever address; returns what gives it back. */
async function block({ page }: CallPage, file: string): Promise<() => void> {
  let blocked = true;
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (blocked && new URL(request.url()).pathname.endsWith(`/${file}.js`))
      void request.respond({ status: 404, contentType: 'text/plain', body: 'gone' });
    else void request.continue();
  });
  return () => (blocked = false);
}

/** A page that cannot have the file. */
async function without(file: string, browser: BrowserName = 'chromium') {
  const ada = await world.page(browser);
  const giveBack = await block(ada, file);
  return { ada, giveBack };
}

async function join(page: CallPage, uid: string, session: string, attributes = {}): Promise<void> {
  await page.join({ token: await world.token(uid, session), ...attributes });
}

async function untilFailure(ada: CallPage, code: string): Promise<void> {
  await ada.page.waitForFunction(
    (wanted) =>
      window.observed.events.some(
        ({ name, detail }) =>
          (name === 'onError' || name === 'onConnectionFailed') &&
          (detail as { readonly code: string }).code === wanted,
      ),
    { timeout: 40_000 },
    code,
  );
}

it('every late file of the build is kept from a call here', () => {
  assert.deepEqual(lateFiles(), [...Object.keys(rows), ...Object.keys(elsewhere)].sort());
});

describe('a call goes on without', () => {
  for (const [file, { attributes, ask, code = 'CHUNK_LOAD_FAILED', said, works }] of Object.entries(rows))
    it(file, async () => {
      const session = file.replace('/', '-');
      const bob = await world.caller('bob', session, { attributes: { 'start-with-audio-muted': 'false' } });
      const { ada, giveBack } = await without(file);
      await join(ada, 'ada', session, attributes);
      await ada.until(2);
      await ask?.(ada, bob);
      await untilFailure(ada, code);
      if (said) await untilText(ada, notLoaded);
      await ada.untilReceiving({ video: 1, audio: 1 });
      if (works) {
        giveBack();
        await ask?.(ada, bob);
        await works(ada);
      }
      assert.deepEqual(await ada.errors(), []);
      await press(ada, 'button-end-call');
      await ada.untilState('ended');
    });
});

describe('no call yet without', () => {
  for (const browser of ['chromium', 'firefox'] as const)
    for (const file of ['chunks/element-call-call-runtime', 'chunks/transports-mesh-mesh-transport'])
      it(`${file}, and the next try works (${browser})`, async () => {
        const session = `${browser}-${file.replace('/', '-')}`;
        const bob = await world.caller('bob', session);
        const { ada, giveBack } = await without(file, browser);
        await join(ada, 'ada', session);
        await untilFailure(ada, 'CHUNK_LOAD_FAILED');
        assert.ok(!JSON.stringify(await ada.eventNames()).includes('SERVER_UNREACHABLE'));
        giveBack();
        if (file.includes('mesh')) await press(ada, 'rejoin');
        else await ada.call('startSession');
        await ada.untilReceiving({ video: 1, audio: 1 });
        await bob.untilReceiving({ video: 1, audio: 1 });
        // What this browser imports from the file that failed is there as well.
        await press(ada, 'button-participants');
        await untilPart(ada, 'panel');
        await press(ada, 'button-end-call');
        await ada.untilState('ended');
        assert.deepEqual(await ada.errors(), []);
      });

  it('the lobby: nobody is taken in, and the next try shows it', async () => {
    const { ada, giveBack } = await without('chunks/element-call-lobby');
    await join(ada, 'ada', 'no-lobby', { lobby: '' });
    await untilFailure(ada, 'CHUNK_LOAD_FAILED');
    await untilText(ada, notLoaded);
    assert.equal(await ada.liveTracks(), 0);
    giveBack();
    await pressText(ada, 'Try again');
    await press(ada, 'join');
    await ada.until(1);
    assert.deepEqual(await ada.errors(), []);
  });

  it('the channel between tabs: the application is told', async () => {
    const { ada, giveBack } = await without('chunks/signaling-broadcast-broadcast-channel');
    await ada.join({ signaling: 'broadcast', 'session-id': 'tabs', 'user-name': 'Ada' });
    await untilFailure(ada, 'CHUNK_LOAD_FAILED');
    giveBack();
    await ada.call('startSession');
    await ada.until(1);
    assert.deepEqual(await ada.errors(), []);
  });
});
