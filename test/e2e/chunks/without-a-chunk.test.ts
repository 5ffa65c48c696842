import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { folderOfBuild } from '../../tools/checks/check-size.mjs';
import type { ActiveCall } from '../../../src/domain/call/call-state.js';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import type { CallPage } from '../world/call-page.js';
import { press, set, untilPart, untilText } from '../world/interface.js';
import { world, notLoaded, without, join, untilFailure } from './chunk-setup.js';

interface ChunkRow {
  readonly attributes?: Readonly<Record<string, string>>;
  /** What asks for the chunk, once the call is joined; else it is asked for by the join. */
  readonly ask?: (ada: CallPage, bob: CallPage) => Promise<unknown>;
  /** Default: CHUNK_LOAD_FAILED. */
  readonly code?: string;
  /** Shown to the user, who pressed for it. */
  readonly reported?: true;
  /** Shows that asking once more, when the file can be had again, helps. */
  readonly works?: (ada: CallPage) => Promise<unknown>;
}

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

/** Chooses a device that is not in use; `taken`: until it is the one in use. */
async function choose(
  { page }: CallPage,
  list: 'getAudioInputDevices' | 'getAudioOutputDevices',
  set: 'setAudioInputDevice' | 'setAudioOutputDevice',
  taken = false,
): Promise<void> {
  await page.waitForFunction(
    (get, choice, wanted) => {
      const call = document.querySelector('cometchat-call') as CometChatCall;
      const devices = call[get]();
      const other = devices.findLast(({ deviceId }) => deviceId !== 'default');
      if (!other) return false;
      if (!other.active) call[choice](other.deviceId);
      return !wanted || other.active;
    },
    { timeout: 30_000, polling: 300 },
    list,
    set,
    taken,
  );
}

/** By file. What is not here stands in `elsewhere`. */
const rows: Readonly<Record<string, ChunkRow>> = {
  'chunks/element-host-advice-advice-check': {},
  'chunks/element-host-advice-host-advice': { attributes: { 'show-end-cal-button': '' } },
  'chunks/element-diagnostics-wanted-video': {
    ask: async (ada) => {
      const call = await ada.page.$('cometchat-call');
      const session = await call?.evaluate(({ callState }) => (callState as ActiveCall).sessionId);
      return world.caller('cyd', session ?? '');
    },
  },
  'chunks/media-capture-speaker': {
    ask: (ada) => choose(ada, 'getAudioOutputDevices', 'setAudioOutputDevice'),
    works: (ada) => choose(ada, 'getAudioOutputDevices', 'setAudioOutputDevice', true),
  },
  'chunks/media-capture-get-user-media-fallback': {
    ask: async (ada) => {
      await ada.page.evaluate(() => {
        const { mediaDevices } = navigator;
        const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
        mediaDevices.getUserMedia = () => {
          mediaDevices.getUserMedia = getUserMedia;
          return Promise.reject(new DOMException('', 'NotReadableError'));
        };
      });
      await choose(ada, 'getAudioInputDevices', 'setAudioInputDevice');
    },
    reported: true,
  },
  'chunks/element-diagnostics-diagnostics': {},
  'chunks/element-commands-hotkeys': { ask: hover },
  'chunks/element-commands-push-to-talk': {
    attributes: { 'push-to-talk': '' },
    ask: key('Space'),
    reported: true,
  },
  'chunks/ui-controls-shortcut-help': { ask: key('?'), reported: true },
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
    reported: true,
  },
  'chunks/ui-participants-participant-panel': {
    ask: (ada) => press(ada, 'button-participants'),
    reported: true,
    works: (ada) => untilPart(ada, 'panel'),
  },
  'chunks/ui-notices-notice-list': { ask: (_, bob) => bob.call('startRecording') },
  'chunks/element-call-backgrounds': {
    ask: (ada) => ada.call('openVirtualBackground'),
    reported: true,
    works: async (ada) => {
      const panel = 'cometchat-call >>> cometchat-call-backgrounds';
      await ada.page.waitForSelector(panel);
      await ada.call('closeVirtualBackground');
      await ada.page.waitForSelector(panel, { hidden: true });
    },
  },
  'chunks/element-pip-pip-window': { ask: (ada) => ada.call('enterPictureInPicture'), reported: true },
  'chunks/element-recording-recording': {
    ask: (ada) => ada.call('startRecording'),
    reported: true,
    works: (ada) => ada.untilState('recording'),
  },
  'chunks/ui-stage-drag-dock': {
    ask: async ({ page }) =>
      (await page.waitForSelector('cometchat-call >>> [part~="tile-self-view"]'))?.click(),
  },
  'chunks/media-capture-screen-capture': { ask: (ada) => ada.call('startScreenShare') },
};

/** Those that have a test of their own here, or elsewhere. */
const elsewhere: Readonly<Record<string, string>> = {
  'chunks/ui-view-screens-ended-screen': 'below',
  'chunks/element-call-call-runtime': 'below',
  'chunks/element-call-encryption': 'below',
  'chunks/element-call-lobby': 'below',
  'chunks/signaling-broadcast-broadcast-channel': 'below',
  'chunks/element-button-button-actions': 'below',
  'chunks/facade-session-calls-runtime': 'below',
  'chunks/facade-v5-v5-runtime': 'below',
  'chunks/protocol-tokens-token-claims': 'below',
  'chunks/settings-presentation': 'below',
  'chunks/signaling-websocket-unopened-socket': 'below',
  'chunks/media-capture-media-failure': 'below',
  'chunks/ui-notices-idle-warning': 'below',
  'chunks/transports-sfu-sfu-transport': 'test/session/call-session.test.ts',
  'chunks/session-media-transport-browser-handover': 'test/session/call-session.test.ts',
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

it('every late file of the build is kept from a call here', () => {
  assert.deepEqual(lateFiles(), [...Object.keys(rows), ...Object.keys(elsewhere)].sort());
});

describe('a call goes on without', () => {
  for (const [file, { attributes, ask, code = 'CHUNK_LOAD_FAILED', reported, works }] of Object.entries(rows))
    it(file, async () => {
      const session = file.replace('/', '-');
      const bob = await world.caller('bob', session, { attributes: { 'start-with-audio-muted': 'false' } });
      const { ada, giveBack } = await without(file);
      await join(ada, 'ada', session, attributes);
      await ada.until(2);
      await ask?.(ada, bob);
      await untilFailure(ada, code);
      if (reported) await untilText(ada, notLoaded);
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
