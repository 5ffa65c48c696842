import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { ringCards, shownRing } from '../fakes/ui/ring-cards.js';
import { galleryState } from '../fakes/ui/gallery-states.js';
import { situationIn } from './situation.js';
import { endMotion, nextFrame, unframe } from './framed.js';
import { spokenLanguages } from './spoken-languages.js';
import { elementsIn, overflowsIn } from './walk-text.js';
import { within } from './within.js';
import type { CallView } from '../../src/ui/view/call-view.js';
import { openShortcutHelp } from '../../src/ui/controls/shortcut-help.js';
import { words, type Words } from '../../src/ui/words/words.js';

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

/** Tests that nothing said in any language is cut off in an interface of `width` pixels. */
export function hasRoomForEveryLanguage(width: number): void {
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
        const view = await situationIn(galleryState(name), words, size);
        expect(await tooLong(view)).to.eql([]);
      });

    for (const name of Object.keys(ringCards))
      it(`has room for the words of every language: a ring card, ${name}`, async () => {
        for (const { tag, dir, words: said } of spokenLanguages) {
          const ring = await shownRing(name, said, { tag, dir });
          const card = ring.renderRoot.querySelector('[part=card]');
          expect(card && overflowsIn(card), tag).to.eql([]);
          ring.remove();
        }
      });

    it('has room for the words of every language: the list of shortcuts', async function () {
      this.timeout(60_000);
      const view = await situationIn(galleryState('pair'), words, size);
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
}

/** What does not fit in some language, with that language. */
async function tooLong(view: CallView, speak: (words: Words) => void = () => undefined): Promise<string[]> {
  const found: string[] = [];
  for (const { tag, dir, words: said } of spokenLanguages) {
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
