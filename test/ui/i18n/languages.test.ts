import { expect } from '@open-wc/testing';
import { galleryState } from '../../fakes/ui/gallery-states.js';
import { shownRing } from '../../fakes/ui/ring-cards.js';
import { situationIn } from '../../harness/situation.js';
import { unframe } from '../../harness/framed.js';
import { spokenLanguages } from '../../harness/spoken-languages.js';
import { elementsIn } from '../../harness/walk-text.js';
import { words } from '../../../src/ui/words/words.js';

describe('an interface from right to left', () => {
  const size = { width: 900, height: 600 };
  const arabic = spokenLanguages.find(({ tag }) => tag === 'ar')?.words ?? words;
  afterEach(unframe);

  /** Where things are along a line, from its start, whichever side that is. */
  const fromStart = async (situation: string, dir: 'ltr' | 'rtl', selectors: readonly string[]) => {
    const view = await situationIn(galleryState(situation), arabic, { ...size, dir });
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
    for (const { tag, dir, words: said } of spokenLanguages) {
      const view = await situationIn(galleryState('dropped-both'), said, {
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
