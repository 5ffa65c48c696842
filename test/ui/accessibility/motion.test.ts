import { expect } from '@open-wc/testing';
import '../../../src/ui/stage/stage.js';
import type { CallStage } from '../../../src/ui/stage/stage.js';
import type { ActiveCall } from '../../../src/domain/call/call-state.js';
import type { CallTile } from '../../../src/ui/tile/tile.js';
import { callOf, type CallOfOptions } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { spyCommands } from '../../fakes/ui/spy-commands.js';
import { endMotion, framed, nextFrame, unframe } from '../../harness/framed.js';
import { within } from '../../harness/within.js';

async function show(call: ActiveCall): Promise<CallStage> {
  const { commands } = spyCommands();
  const stage = Object.assign(document.createElement('cometchat-call-stage'), {
    call,
    commands,
    media: new FakeCallMedia(),
  });
  await framed(stage, { width: 900, height: 500 });
  endMotion(stage.parentElement!);
  return stage;
}

const tileOf = ({ renderRoot }: CallStage, id: string): CallTile =>
  [...renderRoot.querySelectorAll('cometchat-call-tile')].find(({ model }) => model?.participant.id === id)!;

const placeOf = (tile: Element) => {
  const { x, y, width, height } = tile.getBoundingClientRect();
  return [x, y, width, height].map(Math.round);
};

const speaks = (id: string): CallOfOptions => ({ facts: [{ type: 'speaker-changed', id }] });
const pins = (participantId: string): CallOfOptions => ({
  facts: [{ type: 'tile-pinned', tile: { participantId, source: 'camera' } }],
});
const without = (call: ActiveCall, id: string): ActiveCall => ({
  ...call,
  participants: new Map([...call.participants].filter(([each]) => each !== id)),
});

const changes: readonly [string, () => ActiveCall, () => ActiveCall][] = [
  ['a participant joins', () => callOf(3), () => callOf(4)],
  ['a participant leaves', () => callOf(5), () => without(callOf(5), 'p1')],
  ['a participant is pinned', () => callOf(4), () => callOf(4, pins('p3'))],
  ['the pin is taken away', () => callOf(4, pins('p3')), () => callOf(4)],
  [
    'the layout becomes a spotlight',
    () => callOf(4),
    () => callOf(4, { mode: 'SPOTLIGHT', ...speaks('p2') }),
  ],
  [
    'another participant speaks in the spotlight',
    () => callOf(4, { mode: 'SPOTLIGHT', ...speaks('p1') }),
    () => callOf(4, { mode: 'SPOTLIGHT', ...speaks('p3') }),
  ],
];

describe('the motion of tiles', () => {
  afterEach(unframe);

  for (const [title, before, next] of changes)
    it(`leads each from its old place to its new one when ${title}; nothing is drawn anew`, async () => {
      const stage = await show(before());
      const stay = [...before().participants.keys()].filter((id) => next().participants.has(id));
      const tiles = stay.map((id) => tileOf(stage, id));
      const from = tiles.map(placeOf);
      stage.call = next();
      await stage.updateComplete;
      expect(stay.map((id) => tileOf(stage, id))).to.eql(tiles);
      const started = tiles.map(placeOf);
      expect(started, 'they start where they were').to.eql(from);
      const moving = tiles.filter((tile) => tile.getAnimations().length > 0);
      expect(moving).to.not.be.empty;
      for (const tile of tiles) for (const animation of tile.getAnimations()) animation.pause();
      for (const tile of tiles) for (const animation of tile.getAnimations()) animation.currentTime = 60;
      const onTheWay = tiles.map(placeOf);
      endMotion(stage.parentElement!);
      const to = tiles.map(placeOf);
      for (const [index, tile] of tiles.entries()) {
        expect(getComputedStyle(tile).opacity, 'none appears out of nothing').to.equal('1');
        if (String(from[index]) === String(to[index])) continue;
        expect(onTheWay[index], tile.model!.participant.id).to.not.eql(from[index]);
        expect(onTheWay[index], tile.model!.participant.id).to.not.eql(to[index]);
      }
      expect(to).to.not.eql(from);
    });

  it('moves no tile about in the document: videos play on and the focus stays', async () => {
    const stage = await show(callOf(4, { mode: 'SPOTLIGHT', ...speaks('p1') }));
    const focused = within(tileOf(stage, 'p3'), 'button')!;
    focused.focus();
    let lost = 0;
    focused.addEventListener('blur', () => (lost += 1));
    stage.call = callOf(4, { mode: 'SPOTLIGHT', ...speaks('p3') });
    await stage.updateComplete;
    stage.call = callOf(5, pins('p2'));
    await stage.updateComplete;
    await nextFrame();
    expect(lost).to.equal(0);
    expect(tileOf(stage, 'p3').shadowRoot!.activeElement).to.equal(focused);
  });

  it('is none for who asked for less of it', async () => {
    const stage = await show(callOf(4));
    // What the tokens say under `prefers-reduced-motion`; see tokens.styles.ts.
    stage.style.setProperty('--cometchat-duration', '0s');
    const tiles = ['p0', 'p1', 'p2', 'p3'].map((id) => tileOf(stage, id));
    const from = tiles.map(placeOf);
    stage.call = callOf(4, pins('p3'));
    await stage.updateComplete;
    const to = tiles.map(placeOf);
    expect(to).to.not.eql(from);
    expect(tiles.flatMap((tile) => tile.getAnimations())).to.be.empty;
    await nextFrame();
    expect(tiles.map(placeOf)).to.eql(to);
  });

  it('is none while the container is resized', async () => {
    const stage = await show(callOf(4));
    stage.parentElement!.style.setProperty('inline-size', '700px');
    await nextFrame();
    const tiles = ['p0', 'p1', 'p2', 'p3'].map((id) => tileOf(stage, id));
    expect(tiles.flatMap((tile) => tile.getAnimations())).to.be.empty;
  });
});
