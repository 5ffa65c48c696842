import { expect } from '@open-wc/testing';
import '../../../src/ui/view/call-view.js';
import type { CallView } from '../../../src/ui/view/call-view.js';
import type { CallFact } from '../../../src/domain/call/call-facts.js';
import { after, callOf, participantAt } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { spyCommands } from '../../fakes/ui/spy-commands.js';
import { framed, nextFrame, unframe } from '../../harness/framed.js';
import { defaultSettings } from '../../../src/settings/setting-rows.js';

/** What has the focus, in the innermost shadow tree. */
function focused(): Element | null {
  let found = document.activeElement;
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
  return found;
}

/** Short: a whole element in a message takes chai minutes to write. */
function nameOf(element: Element | null): string {
  return element?.getAttribute('aria-label') ?? element?.localName ?? 'nothing';
}

async function show(count: number, width = 1000): Promise<CallView> {
  const view = Object.assign(document.createElement('cometchat-call-view'), {
    state: callOf(count),
    commands: spyCommands().commands,
    media: new FakeCallMedia(),
    settings: defaultSettings,
  });
  await framed(view, { width, height: 640 });
  await nextFrame();
  return view;
}

async function happens(view: CallView, ...facts: readonly CallFact[]): Promise<void> {
  view.state = after(view.state, ...facts);
  await nextFrame();
  await nextFrame();
}

function control(view: CallView, id: string): HTMLElement {
  const bar = view.renderRoot.querySelector('cometchat-call-controls');
  const found = bar?.renderRoot.querySelector<HTMLElement>(`[data-control='${id}']`);
  if (!found) throw new Error(`There is no control ${id}.`);
  return found;
}

/** The options button on a remote tile. */
function tileButton(view: CallView, id: string): HTMLElement {
  const stage = view.renderRoot.querySelector('cometchat-call-stage');
  const tiles = [...(stage?.renderRoot.querySelectorAll('cometchat-call-tile') ?? [])];
  const tile = tiles.find(({ model }) => model?.participant.id === id);
  const found = tile?.renderRoot.querySelector<HTMLElement>('button');
  if (!found) throw new Error(`There is no button on the tile of ${id}.`);
  return found;
}

const changes: readonly { title: string; facts: readonly CallFact[] }[] = [
  { title: 'the layout becomes a spotlight', facts: [{ type: 'mode-set', mode: 'SPOTLIGHT' }] },
  { title: 'the layout becomes a sidebar', facts: [{ type: 'mode-set', mode: 'SIDEBAR' }] },
  { title: 'another one speaks', facts: [{ type: 'speaker-changed', id: 'p2' }] },
  { title: 'a participant joins', facts: [{ type: 'participant-joined', participant: participantAt(8) }] },
  { title: 'a participant leaves', facts: [{ type: 'participant-left', id: 'p3' }] },
  {
    title: 'a participant is pinned',
    facts: [{ type: 'tile-pinned', tile: { participantId: 'p2', source: 'camera' } }],
  },
  {
    title: 'a participant shares a screen',
    facts: [{ type: 'participant-updated', id: 'p2', changes: { screenSharing: true }, by: 'p2' }],
  },
  { title: 'the connection is lost', facts: [{ type: 'connection-lost' }] },
];

describe('the focus', () => {
  afterEach(unframe);

  for (const { title, facts } of changes) {
    it(`stays on a button of the bar while ${title}`, async () => {
      const view = await show(5);
      const button = control(view, 'mode');
      button.focus();
      await happens(view, ...facts);
      expect(focused() === button, nameOf(focused())).to.equal(true);
    });

    it(`stays on a tile's button while ${title}`, async () => {
      const view = await show(5);
      const button = tileButton(view, 'p1');
      button.focus();
      expect(focused() === button, nameOf(focused())).to.equal(true);
      await happens(view, ...facts);
      expect(focused() === button, nameOf(focused())).to.equal(true);
    });
  }

  it('goes to another tile when its own has gone', async () => {
    const view = await show(5);
    tileButton(view, 'p1').focus();
    await happens(view, { type: 'participant-left', id: 'p1' });
    expect(focused()?.localName).to.equal('button');
  });

  it('moves to "more" with a button that there is no more room for', async () => {
    const view = await show(3);
    control(view, 'raise-hand').focus();
    view.parentElement?.style.setProperty('inline-size', '320px');
    await nextFrame();
    await nextFrame();
    expect(focused() === control(view, 'more'), nameOf(focused())).to.equal(true);
  });

  it('is not taken by the bar when it had not been there', async () => {
    const view = await show(3);
    tileButton(view, 'p1').focus();
    view.parentElement?.style.setProperty('inline-size', '320px');
    await nextFrame();
    await nextFrame();
    expect(focused() === tileButton(view, 'p1'), nameOf(focused())).to.equal(true);
  });
});
