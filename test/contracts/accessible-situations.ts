import { expect } from '@open-wc/testing';
import { words } from '../../src/ui/words/words.js';
import { galleryStates } from '../fakes/ui/gallery-states.js';
import { ringCards, shownRing } from '../fakes/ui/ring-cards.js';
import { endMotion, unframe } from '../harness/framed.js';
import { situationIn } from '../harness/situation.js';

/** Axe finds nothing in any state of the interface. A file for each theme: they take their time. */
export function situationsAreAccessible(theme: 'light' | 'dark'): void {
  describe(`in its ${theme} theme, it is accessible:`, function () {
    this.timeout(30_000);
    afterEach(unframe);

    for (const [name, situation] of Object.entries(galleryStates))
      it(name, async () => {
        const view = await situationIn(situation, words, { theme });
        endMotion();
        await expect(view).to.be.accessible();
      });

    for (const name of Object.keys(ringCards))
      it(`a ring card, ${name}`, async () => {
        const ring = await shownRing(name, words, { theme });
        endMotion();
        await expect(ring).to.be.accessible();
        ring.remove();
      });
  });
}
