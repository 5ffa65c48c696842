// The page that test/tools/shots/shots.mjs photographs: one situation, as the address says.
import { galleryStates } from '../fakes/ui/gallery-states.js';
import { FakeCallMedia } from '../fakes/ui/fake-call-media.js';
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
await (name.startsWith('ring-') ? showRing(name.slice('ring-'.length)) : showCall());
await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
document.documentElement.dataset['ready'] = '';

async function showCall(): Promise<void> {
  const situation = galleryStates[name];
  if (!situation) throw new Error('There is no such state.');
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

async function showRing(which: string): Promise<void> {
  document.documentElement.style.setProperty('color-scheme', theme);
  await shownRing(which, wordsWith({}, tag, templates), { tag, dir, theme });
}
