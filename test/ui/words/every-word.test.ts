import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { callOf, someDevices } from '../../fakes/ui/call-states.js';
import { galleryStates, longNames } from '../../fakes/ui/gallery-states.js';
import { ringCards, shownRing, type TestRingCard } from '../../fakes/ui/ring-cards.js';
import { situationIn } from '../../harness/situation.js';
import { unframe } from '../../harness/framed.js';
import { pseudoWords, untranslated } from '../../harness/pseudo-words.js';
import { elementsIn, overflowsIn, textsIn } from '../../harness/walk-text.js';
import { initialsOf } from '../../../src/ui/tile/initials.js';

/** Text that comes from people and their machines, or is no language. */
const names = [...[...callOf(40).participants.values()].map(({ name }) => name), ...longNames];
const devices = [
  ...someDevices.audioInputDevices,
  ...someDevices.audioOutputDevices,
  ...someDevices.videoInputDevices,
];
const given = new Set([...names, ...names.map(initialsOf), ...devices.map(({ label }) => label)]);

const withoutNames = (text: string): string => names.reduce((rest, name) => rest.replace(name, ''), text);

/** Text and labels of an interface that are none of its phrases. */
function foreignTexts(element: Element, keys: ReadonlySet<string> = new Set()): readonly string[] {
  return textsIn(element)
    .filter(
      ({ text }) => !given.has(text) && !keys.has(text) && /\p{L}/u.test(withoutNames(untranslated(text))),
    )
    .map(({ text, where }) => `${where}: ${text}`);
}

for (const width of [320, 1440])
  describe(`every word of an interface of ${width} px, 40 % longer`, () => {
    const size = { width, height: 800 };
    before(async () => {
      // What opens over a call is as large as the window lets it be.
      document.body.style.setProperty('margin', '0');
      await setViewport(size);
    });
    afterEach(unframe);
    after(() => setViewport({ width: 800, height: 600 }));

    for (const name of Object.keys(ringCards))
      it(`is a phrase and fits: a ring card, ${name}`, async () => {
        const ring = await shownRing(name, pseudoWords);
        expect(foreignTexts(ring)).to.eql([]);
        expect(overflowsIn(cardOf(ring))).to.eql([]);
        expect(edgesBeyond(cardOf(ring), width)).to.eql([]);
        ring.remove();
      });

    for (const [name, situation] of Object.entries(galleryStates))
      it(`is a phrase and fits: ${name}`, async () => {
        const view = await situationIn(situation, pseudoWords, size);
        expect(textsIn(view).length).to.be.greaterThan(0);
        expect(foreignTexts(view, keysIn(view))).to.eql([]);
        expect(overflowsIn(view)).to.eql([]);
      });
  });

describe('the search for words', () => {
  afterEach(unframe);
  const size = { width: 320, height: 800 };

  it('finds text that is no phrase, visible or in a label', async () => {
    const words = { ...pseudoWords, controls: () => 'Call controls', alone: () => 'You alone' };
    const view = await situationIn({ state: () => callOf(1) }, words, size);
    expect(foreignTexts(view).map((text) => text.split(': ').at(-1))).to.have.members([
      'You alone',
      'Call controls',
    ]);
  });

  it('finds text that is too long', async () => {
    const view = await situationIn(
      { state: () => callOf(1) },
      { ...pseudoWords, aloneHint: () => 'x'.repeat(400) },
      size,
    );
    expect(overflowsIn(view).join()).to.contain('xxx');
  });
});

const cardOf = (ring: TestRingCard): Element => ring.renderRoot.querySelector('[part=card]') ?? ring;

/** What of a card that lies on the page is not in the window. */
function edgesBeyond(card: Element, width: number): readonly string[] {
  return elementsIn(card).flatMap((each) => {
    const { left, right } = each.getBoundingClientRect();
    return left < 0 || right > width ? [`${each.localName} from ${left} to ${right}`] : [];
  });
}

/** The keys that the list of shortcuts names, where it is open. */
function keysIn(view: Element): ReadonlySet<string> {
  return new Set(
    elementsIn(view)
      .filter(({ localName }) => localName === 'kbd')
      .map(keyOf),
  );
}

const keyOf = (key: Element): string => key.textContent ?? '';
