import { expect } from '@open-wc/testing';
import type { ActiveCall } from '../../../src/domain/call/call-state.js';
import { computeLayout, type Layout, type PlacedTile } from '../../../src/ui/stage/layout.js';
import type { LayoutInput } from '../../../src/ui/stage/layout-input.js';
import { callOf } from '../../fakes/ui/call-states.js';

const wide: LayoutInput = { width: 1200, height: 700, gap: 10, page: 0, dock: 'bottom-end' };
const upright: LayoutInput = { ...wide, width: 380, height: 700 };
const screen = { screenSharing: true };
const presents = { isPresenter: true };
const watches = { isPresenter: false };
const pin = (id: string, source: 'camera' | 'screen' = 'camera') =>
  ({ type: 'tile-pinned', tile: { participantId: id, source } }) as const;
const speaks = (id: string) => ({ type: 'speaker-changed', id }) as const;

const seen = ({ tiles }: Layout): string =>
  tiles
    .map(({ tile, role }) => `${tile.participantId}${tile.source === 'screen' ? ' screen' : ''}:${role}`)
    .join(' ');

const cases: readonly { title: string; call: ActiveCall; room?: LayoutInput; shows: string }[] = [
  { title: 'alone, one sees oneself large', call: callOf(1), shows: 'p0:front' },
  { title: 'two see each other, oneself floats', call: callOf(2), shows: 'p1:front p0:self-view' },
  { title: 'two in TILE are a grid', call: callOf(2, { mode: 'TILE' }), shows: 'p1:grid p0:grid' },
  {
    title: 'of two, pinning oneself swaps the places',
    call: callOf(2, { facts: [pin('p0')] }),
    shows: 'p0:front p1:self-view',
  },
  {
    title: 'three are a grid in the order of joining, oneself last',
    call: callOf(3, { facts: [speaks('p2')] }),
    shows: 'p1:grid p2:grid p0:grid',
  },
  {
    title: 'a shared screen is in front, its owner beside',
    call: callOf(3, { participants: { 2: screen } }),
    shows: 'p2 screen:front p1:filmstrip p2:filmstrip p0:filmstrip',
  },
  {
    title: 'the own screen is not in front',
    call: callOf(3, { participants: { 0: screen } }),
    shows: 'p0 screen:grid p1:grid p2:grid p0:grid',
  },
  {
    title: 'a pinned camera wins over a shared screen',
    call: callOf(3, { participants: { 2: screen }, facts: [pin('p1')] }),
    shows: 'p1:front p2 screen:filmstrip p2:filmstrip p0:filmstrip',
  },
  {
    title: 'a pin on a participant without that video is ignored',
    call: callOf(3, { facts: [pin('p1', 'screen')] }),
    shows: 'p1:grid p2:grid p0:grid',
  },
  {
    title: 'a presenter does not see viewers',
    call: callOf(3, { participants: { 0: presents, 1: watches, 2: watches } }),
    shows: 'p0:front',
  },
  {
    title: 'a viewer has no tile: the presenter is all there is',
    call: callOf(3, { participants: { 0: watches, 1: presents, 2: watches } }),
    shows: 'p1:front',
  },
  {
    title: 'a viewer sees the screen in front and the presenters beside it',
    call: callOf(3, { participants: { 0: watches, 1: { ...presents, ...screen }, 2: presents } }),
    shows: 'p1 screen:front p1:filmstrip p2:filmstrip',
  },
  {
    title: 'a viewer sees several presenters in a grid',
    call: callOf(3, { participants: { 0: watches, 1: presents, 2: presents } }),
    shows: 'p1:grid p2:grid',
  },
  {
    title: 'a viewer sees one of several presenters in SINGLE',
    call: callOf(3, { mode: 'SINGLE', participants: { 0: watches, 1: presents, 2: presents } }),
    shows: 'p1:front',
  },
  {
    title: 'a viewer sees nothing before there is a presenter',
    call: callOf(2, { participants: { 0: watches, 1: watches } }),
    shows: '',
  },
  {
    title: 'SPOTLIGHT shows the speaker in front',
    call: callOf(4, { mode: 'SPOTLIGHT', facts: [speaks('p3')] }),
    shows: 'p3:front p1:filmstrip p2:filmstrip p0:filmstrip',
  },
  {
    title: 'SPOTLIGHT shows the first remote participant in front during silence',
    call: callOf(3, { mode: 'SPOTLIGHT' }),
    shows: 'p1:front p2:filmstrip p0:filmstrip',
  },
  {
    title: 'SINGLE shows one, and oneself small',
    call: callOf(5, { mode: 'SINGLE', facts: [speaks('p4')] }),
    shows: 'p4:front p0:self-view',
  },
];

describe('arrange', () => {
  for (const { title, call, room = wide, shows } of cases)
    it(title, () => expect(seen(computeLayout(call, room))).to.equal(shows));

  for (const room of [
    wide,
    upright,
    { ...wide, width: 320, height: 420 },
    { ...wide, width: 3440, height: 900 },
  ])
    for (const mode of ['DEFAULT', 'TILE', 'SPOTLIGHT', 'SIDEBAR', 'SINGLE'] as const)
      it(`keeps every tile on a stage of ${room.width} x ${room.height} and apart from the others in ${mode}`, () => {
        for (const count of [1, 2, 3, 5, 9, 17, 30]) {
          const { tiles } = computeLayout(callOf(count, { mode }), room);
          for (const tile of tiles) expect(isOn(tile, room), `${count}: ${JSON.stringify(tile)}`).to.be.true;
          const flat = tiles.filter(({ role }) => role !== 'self-view');
          for (const [index, one] of flat.entries())
            for (const other of flat.slice(index + 1)) expect(overlap(one, other), `${count}`).to.be.false;
        }
      });

  it('does not let a single tile fill a very wide stage: the face would be cropped', () => {
    const [place] = computeLayout(callOf(1), { ...wide, width: 2560 }).tiles;
    expect([place?.x, place?.width, place?.height]).to.eql([580, 1400, 700]);
    expect(computeLayout(callOf(1), upright).tiles[0]?.width).to.equal(upright.width);
  });

  it('gives the last row of a grid its place in the middle', () => {
    const tiles = computeLayout(callOf(3), wide).tiles;
    const last = tiles[2]!;
    expect(last.x + last.width / 2).to.be.closeTo(600, 0.5);
  });

  it('puts the filmstrip at the side of a wide stage and below an upright one', () => {
    const call = callOf(4, { mode: 'SPOTLIGHT' });
    const beside = computeLayout(call, wide).tiles;
    expect(beside[1]!.x).to.be.greaterThan(beside[0]!.width);
    const below = computeLayout(call, upright).tiles;
    expect(below[1]!.y).to.be.greaterThan(below[0]!.height);
  });

  it('docks the floating tile to each corner', () => {
    const at = (dock: LayoutInput['dock']): PlacedTile =>
      computeLayout(callOf(2), { ...wide, dock }).tiles[1]!;
    expect(at('top-start').x).to.equal(at('bottom-start').x);
    expect(at('top-start').x).to.be.lessThan(at('top-end').x);
    expect(at('top-start').y).to.be.lessThan(at('bottom-start').y);
  });

  describe('with more people than fit', () => {
    const crowd = callOf(40);
    const small = { ...wide, width: 600, height: 400 };
    const ids = (arrangement: Layout): string[] => arrangement.tiles.map(({ tile }) => tile.participantId);

    it('shows each participant on exactly one page, the local one on the first', () => {
      const { pages } = computeLayout(crowd, small);
      const all = Array.from({ length: pages }, (_, page) => ids(computeLayout(crowd, { ...small, page })));
      expect(pages).to.be.greaterThan(1);
      expect(all[0]).to.include('p0');
      expect(all.flat().sort()).to.eql([...crowd.participants.keys()].sort());
    });

    it('gives the nearest page when people left', () => {
      const { page, pages } = computeLayout(crowd, { ...small, page: 99 });
      expect(page).to.equal(pages - 1);
    });

    it('lets a speaker take the last place of another, and moves no other tile', () => {
      const before = ids(computeLayout(crowd, small));
      const speaking = ids(computeLayout(callOf(40, { facts: [speaks('p39')] }), small));
      expect(speaking).to.include('p39');
      expect(speaking.filter((id, index) => id !== before[index])).to.eql(['p39']);
      expect(speaking.at(-1)).to.equal('p0');
    });

    it('moves no tile when a visible participant speaks', () => {
      const before = ids(computeLayout(crowd, small));
      expect(ids(computeLayout(callOf(40, { facts: [speaks('p1')] }), small))).to.eql(before);
    });
  });
});

const slack = 0.01;

function isOn({ x, y, width, height }: PlacedTile, room: LayoutInput): boolean {
  return (
    width > 0 &&
    height > 0 &&
    x >= -slack &&
    y >= -slack &&
    x + width <= room.width + slack &&
    y + height <= room.height + slack
  );
}

function overlap(a: PlacedTile, b: PlacedTile): boolean {
  return (
    a.x + slack < b.x + b.width &&
    b.x + slack < a.x + a.width &&
    a.y + slack < b.y + b.height &&
    b.y + slack < a.y + a.height
  );
}
