// The page that test/tools/shots/shots.mjs photographs: one situation, as the address says.
import { galleryState } from '../fakes/ui/gallery-states.js';
import { FakeCallMedia } from '../fakes/ui/fake-call-media.js';
import { bobsToken, FakeHistoryServer, variedCalls } from '../fakes/ui/past-calls.js';
import { CometChatCallHistory } from '../../src/element/history/cometchat-call-history.js';
import { register } from '../../src/ui/base/define-element.js';
import { shownRing } from '../fakes/ui/ring-cards.js';
import { localeOf } from '../../src/ui/i18n/locale-rows.js';
import { wordsWith } from '../../src/ui/words/words.js';
import { framed } from './framed.js';
import { emptyView, showSituation, tilesIn } from './situation.js';

const asked = new URLSearchParams(location.search);
const name = asked.get('state') ?? 'pair';
// Right to left is shown in a language that is written so.
const { tag, rtl, templates } = await localeOf(
  asked.get('lang') ?? (asked.get('dir') === 'rtl' ? 'ar' : 'en'),
);
const dir = rtl ? 'rtl' : 'ltr';
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
document.body.style.setProperty('margin', '0');
document.documentElement.lang = tag;
if (name.startsWith('ring-')) await showRing(name.slice('ring-'.length));
else if (name.startsWith('history')) await showHistory(name);
else await showCall();
await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
document.documentElement.dataset['ready'] = '';

async function showCall(): Promise<void> {
  const situation = galleryState(name);
  const open = asked.get('open');
  const view = await framed(emptyView(), { width: innerWidth, height: innerHeight, theme, dir });
  await showSituation(view, { ...situation, ...(open && { open }) }, wordsWith({}, tag, templates));
  const { media } = view;
  if (media instanceof FakeCallMedia) setInterval(() => media.setLevels({ p1: 0.3, p2: 0.12, p4: 0.4 }), 100);
  const videos = tilesIn(view).flatMap(({ model, renderRoot }) =>
    model?.hasVideo ? [...renderRoot.querySelectorAll('video')] : [],
  );
  const unseen = videos.filter(({ readyState }) => readyState < 2);
  await Promise.all(unseen.map((video) => new Promise((done) => video.addEventListener('loadeddata', done))));
}

/** A column of the phone page. */
async function showHistory(which: string): Promise<void> {
  document.documentElement.style.setProperty('color-scheme', theme);
  document.body.style.setProperty('background', 'light-dark(#fff, #14171c)');
  document.documentElement.dir = dir;
  new FakeHistoryServer(() =>
    which === 'history-failed'
      ? { status: 503, body: { error: { code: 'X', message: 'no' } } }
      : { body: { data: which === 'history' ? variedCalls() : [], meta: {} } },
  );
  register('cometchat-call-history', CometChatCallHistory);
  const element = document.createElement('cometchat-call-history') as CometChatCallHistory;
  Object.assign(element, { token: bobsToken, theme });
  element.style.cssText = 'margin:1rem;inline-size:auto;max-inline-size:40rem';
  document.body.append(element);
  await element.refresh();
  await element.updateComplete;
}

async function showRing(which: string): Promise<void> {
  document.documentElement.style.setProperty('color-scheme', theme);
  await shownRing(which, wordsWith({}, tag, templates), { tag, dir, theme });
}
