import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { galleryStates, type Situation } from '../../fakes/ui/gallery-states.js';
import { ringCards, shownRing } from '../../fakes/ui/ring-cards.js';
import { situationIn } from '../../harness/situation.js';
import { endMotion, nextFrame, unframe } from '../../harness/framed.js';
import { elementsIn, overflowsIn } from '../../harness/walk-text.js';
import { within } from '../../harness/within.js';
import type { CallView } from '../../../src/ui/view/call-view.js';
import { openShortcutHelp } from '../../../src/ui/controls/shortcut-help.js';
import { localeOf, localeRows } from '../../../src/ui/i18n/locale-rows.js';
import { words, wordsWith, type Words } from '../../../src/ui/words/words.js';

const spoken = await Promise.all(
  Object.keys(localeRows).map(async (tag) => {
    const { rtl, templates } = await localeOf(tag);
    return { tag, dir: rtl ? ('rtl' as const) : ('ltr' as const), words: wordsWith({}, tag, templates) };
  }),
);

/** Where there is much to say: bar, dialogs, notices, menus, panel, lobby, the end. */
const wordy: readonly string[] = [
  ...['pair-muted', 'camera-denied', 'idle-warning', 'video-request', 'reconnecting', 'failed'],
  ...['lobby-refused', 'participant-list', 'menu-devices', 'own-screen-share'],
  ...['hint-speaking', 'hint-silent', 'tap-to-hear', 'not-joined-offline', 'menu-tile', 'recording'],
  ...['dropped-slow', 'dropped-both', 'backgrounds', 'lobby-backgrounds'],
];

/** Labels that show beside a button in focus. */
function tipsBeyond(view: CallView): readonly string[] {
  const { left, right } = view.getBoundingClientRect();
  return elementsIn(view)
    .filter((each) => each.matches('.tip') && each.getClientRects().length > 0)
    .filter((tip) => tip.getBoundingClientRect().left < left || tip.getBoundingClientRect().right > right)
    .map((tip) => tip.textContent ?? '');
}

for (const width of [320, 1440])
  describe(`an interface of ${width} px`, () => {
    const size = { width, height: 800 };
    before(async () => {
      document.body.style.setProperty('margin', '0');
      await setViewport(size);
    });
    afterEach(unframe);
    after(() => setViewport({ width: 800, height: 600 }));

    for (const name of wordy)
      it(`has room for the words of every language: ${name}`, async function () {
        this.timeout(60_000);
        const view = await situationIn(situationOf(name), words, size);
        expect(await tooLong(view)).to.eql([]);
      });

    for (const name of Object.keys(ringCards))
      it(`has room for the words of every language: a ring card, ${name}`, async () => {
        for (const { tag, dir, words: said } of spoken) {
          const ring = await shownRing(name, said, { tag, dir });
          const card = ring.renderRoot.querySelector('[part=card]');
          expect(card && overflowsIn(card), tag).to.eql([]);
          ring.remove();
        }
      });

    it('has room for the words of every language: the list of shortcuts', async function () {
      this.timeout(60_000);
      const view = await situationIn(situationOf('pair'), words, size);
      const { signal } = new AbortController();
      openShortcutHelp(view, { on: true, setEnabled: () => undefined, signal });
      const help = within(view, 'cometchat-call-shortcuts');
      if (!help?.context) throw new Error('There is no list of shortcuts.');
      const { context } = help;
      expect(await tooLong(view, (spokenHere) => (help.context = { ...context, words: spokenHere }))).to.eql(
        [],
      );
    });
  });

describe('an interface from right to left', () => {
  const size = { width: 900, height: 600 };
  const arabic = spoken.find(({ tag }) => tag === 'ar')?.words ?? words;
  afterEach(unframe);

  /** Where things are along a line, from its start, whichever side that is. */
  const fromStart = async (situation: string, dir: 'ltr' | 'rtl', selectors: readonly string[]) => {
    const view = await situationIn(situationOf(situation), arabic, { ...size, dir });
    const { left, right } = view.getBoundingClientRect();
    const places = selectors.flatMap((selector) =>
      elementsIn(view)
        .filter((each) => each.matches(selector) && each.getClientRects().length > 0)
        .map((each) => each.getBoundingClientRect())
        .map((box) => Math.round(dir === 'ltr' ? box.left - left : right - box.right)),
    );
    unframe();
    return places;
  };

  const mirrored: Readonly<Record<string, readonly string[]>> = {
    pair: ['[data-control]', 'cometchat-call-tile', 'cometchat-call-timer'],
    nine: ['cometchat-call-tile', '[part~=name]'],
    'screen-share': ['cometchat-call-tile'],
    'participant-list': ['cometchat-call-participants', 'cometchat-call-participants .tool', '.name'],
    'camera-denied': ['.notice .sign', '.dismiss'],
    lobby: ['.look', '.choices', '.switch'],
    'idle-warning': ['.stay'],
  };
  for (const [name, selectors] of Object.entries(mirrored))
    it(`is the mirror of one from left to right: ${name}`, async () => {
      const leftToRight = await fromStart(name, 'ltr', selectors);
      expect(leftToRight.length).to.be.greaterThan(0);
      expect(await fromStart(name, 'rtl', selectors)).to.eql(leftToRight);
    });
});

describe('beside one another', () => {
  afterEach(unframe);

  it('stand the sign and the words of a notice, however little it says', async function () {
    this.timeout(60_000);
    for (const { tag, dir, words: said } of spoken) {
      const view = await situationIn(situationOf('dropped-both'), said, {
        ...{ width: 900, height: 600, dir },
      });
      const [signs, texts] = ['.sign', '.words'].map((selector) =>
        elementsIn(view)
          .filter((each) => each.matches(`.notice ${selector}`))
          .map((each) => each.getBoundingClientRect()),
      );
      expect(signs?.length, tag).to.equal(2);
      signs?.forEach((sign, at) => expect(sign.top, tag).to.be.above(texts?.[at]?.top ?? Infinity));
      unframe();
    }
  });

  it('begin a name in Latin letters and the line under it, from right to left', async () => {
    const ring = await shownRing('missed', words, { tag: 'ar', dir: 'rtl' });
    const [name, line] = ['name', 'line'].map((part) => {
      const range = document.createRange();
      range.selectNodeContents(ring.renderRoot.querySelector(`[part=${part}]`) ?? ring);
      return range.getBoundingClientRect();
    });
    expect(name?.right).to.be.closeTo(line?.right ?? 0, 1);
    ring.remove();
  });
});

function situationOf(name: string): Situation {
  const situation = galleryStates[name];
  if (!situation) throw new Error(`There is no situation ${name}.`);
  return situation;
}

/** What does not fit in some language, with that language. */
async function tooLong(view: CallView, speak: (words: Words) => void = () => undefined): Promise<string[]> {
  const found: string[] = [];
  for (const { tag, dir, words: said } of spoken) {
    view.words = said;
    view.dir = dir;
    speak(said);
    await view.updateComplete;
    await nextFrame();
    endMotion();
    found.push(...[...overflowsIn(view), ...tipsBeyond(view)].map((text) => `${tag} ${text}`));
  }
  return found;
}
