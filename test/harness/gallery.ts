// The page that test/tools/shots.mjs photographs: one situation, as the address says.
import '../../src/ui/call-view.js';
import '../../src/ui/menu/menu.js';
import '../../src/ui/notices/idle-warning.js';
import '../../src/ui/notices/notice-list.js';
import '../../src/ui/participants/participant-panel.js';
import { galleryStates } from '../fakes/gallery-states.js';
import { FakeCallMedia } from '../fakes/fake-call-media.js';
import { spyCommands } from '../fakes/spy-commands.js';
import '../../src/ui/lobby/lobby.js';
import { localeOf } from '../../src/ui/locale-rows.js';
import { wordsWith } from '../../src/ui/words.js';
import { defaultSettings } from '../../src/settings/setting-rows.js';
import { framed } from './framed.js';

const asked = new URLSearchParams(location.search);
const situation = galleryStates[asked.get('state') ?? 'pair'];
if (!situation) throw new Error('There is no such state.');
const state = situation.state();
const media = new FakeCallMedia();
// Right to left is shown in a language that is written so.
const { tag, rtl, templates } = await localeOf(
  asked.get('lang') ?? (asked.get('dir') === 'rtl' ? 'ar' : 'en'),
);
const dir = rtl ? 'rtl' : 'ltr';
const words = wordsWith({}, tag, templates);
const view = Object.assign(document.createElement('cometchat-call-view'), {
  state,
  media,
  words,
  commands: spyCommands().commands,
  settings: { ...defaultSettings, showRecordingButton: true },
  lobby: () =>
    Object.assign(document.createElement('cometchat-call-lobby'), {
      state,
      media,
      words,
      name: 'Ada',
      commands: spyCommands().commands,
    }),
});
document.body.style.setProperty('margin', '0');
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
document.documentElement.lang = tag;
await framed(view, { width: innerWidth, height: innerHeight, theme, dir });
setInterval(() => media.setLevels({ p1: 0.3, p2: 0.12, p4: 0.4 }), 100);
const stage = view.renderRoot.querySelector('cometchat-call-stage');
const videos = [...(stage?.renderRoot.querySelectorAll('cometchat-call-tile') ?? [])].flatMap((tile) => {
  const video = tile.renderRoot.querySelector('video');
  return video && tile.model?.picture ? [video] : [];
});
const seen = videos.filter(({ readyState }) => readyState < 2);
await Promise.all(seen.map((video) => new Promise((done) => video.addEventListener('loadeddata', done))));
const open = asked.get('open') ?? situation.open;
if (open) {
  const controls = view.renderRoot.querySelector('cometchat-call-controls');
  controls?.renderRoot.querySelector<HTMLElement>(`[data-control='${open}'], [data-control='more']`)?.click();
}
await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
document.documentElement.dataset['ready'] = '';
