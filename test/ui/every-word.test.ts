import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { callOf, someDevices } from '../fakes/call-states.js';
import { galleryStates } from '../fakes/gallery-states.js';
import { situationIn } from '../harness/situation.js';
import { unframe } from '../harness/framed.js';
import { pseudoWords, unsaid } from '../harness/pseudo-words.js';
import { overflowsIn, textsIn } from '../harness/walk-text.js';
import { within } from '../harness/within.js';
import { openShortcutHelp } from '../../src/ui/help/shortcut-help.js';
import { initialsOf } from '../../src/ui/tile/person.js';

/** Text that comes from people and their machines, or is no language. */
const names = [...callOf(40).participants.values()].map(({ name }) => name);
const devices = [
  ...someDevices.audioInputDevices,
  ...someDevices.audioOutputDevices,
  ...someDevices.videoInputDevices,
];
const given = new Set([...names, ...names.map(initialsOf), ...devices.map(({ label }) => label)]);

const withoutNames = (text: string): string => names.reduce((rest, name) => rest.replace(name, ''), text);

/** What is written or told in an interface and is none of its phrases. */
function foreignTexts(element: Element, keys: ReadonlySet<string> = new Set()): readonly string[] {
  return textsIn(element)
    .filter(({ text }) => !given.has(text) && !keys.has(text) && /\p{L}/u.test(withoutNames(unsaid(text))))
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

    for (const [name, situation] of Object.entries(galleryStates))
      it(`is a phrase and fits: ${name}`, async () => {
        const view = await situationIn(situation, pseudoWords, size);
        expect(textsIn(view).length).to.be.greaterThan(0);
        expect(foreignTexts(view)).to.eql([]);
        expect(overflowsIn(view)).to.eql([]);
      });

    it('is a phrase and fits: the list of shortcuts', async () => {
      const view = await situationIn({ state: () => callOf(3) }, pseudoWords, size);
      openShortcutHelp(view, { on: true, turn: () => undefined, signal: new AbortController().signal });
      const help = within(view, 'cometchat-call-shortcuts');
      await help?.updateComplete;
      const keys = new Set([...(help?.renderRoot.querySelectorAll('kbd') ?? [])].map(keyOf));
      expect(keys.size).to.be.greaterThan(5);
      expect(foreignTexts(view, keys)).to.eql([]);
      expect(overflowsIn(view)).to.eql([]);
    });
  });

describe('the search for words', () => {
  afterEach(unframe);
  const size = { width: 320, height: 800 };

  it('finds text that is no phrase, written or told', async () => {
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

const keyOf = (key: Element): string => key.textContent ?? '';
