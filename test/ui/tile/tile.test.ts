import { expect } from '@open-wc/testing';
import '../../../src/ui/tile/tile.js';
import type { CallTile } from '../../../src/ui/tile/tile.js';
import { hueOf, initialsOf } from '../../../src/ui/tile/initials.js';
import { tileModel } from '../../../src/ui/tile/tile-model.js';
import type { CallFact } from '../../../src/domain/call/call-facts.js';
import type { Participant } from '../../../src/domain/call/participant.js';
import { defaultSettings, type CallSettings } from '../../../src/settings/setting-rows.js';
import { callOf } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { spyCommands, type RecordedCommands } from '../../fakes/ui/spy-commands.js';
import { endMotion, framed, unframe } from '../../harness/framed.js';
import { within } from '../../harness/within.js';
import { waitUntil } from '../../harness/wait-until.js';

interface TileOptions {
  readonly id?: string;
  readonly person?: Partial<Participant>;
  readonly facts?: readonly CallFact[];
  readonly place?: CallTile['placement'];
  readonly settings?: Partial<CallSettings>;
}

async function show(
  options: TileOptions = {},
): Promise<{ readonly tile: CallTile; readonly given: RecordedCommands[] }> {
  const { id = 'p1', person = {}, facts = [], place = 'grid', settings = {} } = options;
  const { commands, recorded } = spyCommands();
  const call = callOf(2, { participants: { [id.slice(1)]: person }, facts });
  const tile = Object.assign(document.createElement('cometchat-call-tile'), {
    model: tileModel(call, { participantId: id, source: 'camera' }),
    stream: new FakeCallMedia().streamOf(id, 'camera'),
    commands,
    placement: place,
    settings: { ...defaultSettings, ...settings },
  });
  tile.style.setProperty('block-size', '100%');
  await framed(tile, { width: 480, height: 270 });
  return { tile, given: recorded };
}

const named = (tile: CallTile): string => within(tile, '[role=group]')!.ariaLabel ?? '';

const situations: readonly {
  title: string;
  options: TileOptions;
  label: string;
  states: readonly string[];
}[] = [
  { title: 'with a picture', options: {}, label: 'Grace Hopper', states: [] },
  {
    title: 'muted, camera off',
    options: { person: { audioMuted: true, videoPaused: true } },
    label: 'Grace Hopper, Muted, Camera off',
    states: ['muted', 'video-paused'],
  },
  {
    title: 'hand raised and recording',
    options: { person: { handRaisedAt: 1, recording: true } },
    label: 'Grace Hopper, Hand raised, Recording',
    states: [],
  },
  {
    title: 'reconnecting',
    options: { facts: [{ type: 'link-changed', id: 'p1', state: 'interrupted' }] },
    label: 'Grace Hopper, Reconnecting…',
    states: ['reconnecting'],
  },
  {
    title: 'speaking, pinned',
    options: {
      facts: [
        { type: 'speaker-changed', id: 'p1' },
        { type: 'tile-pinned', tile: { participantId: 'p1', source: 'camera' } },
      ],
    },
    label: 'Grace Hopper, Pinned',
    states: ['speaking', 'pinned'],
  },
  { title: 'oneself', options: { id: 'p0' }, label: 'Ada Lovelace (you)', states: ['own'] },
  { title: 'without a name', options: { person: { name: '' } }, label: 'Guest', states: [] },
];

describe('<cometchat-call-tile>', () => {
  afterEach(unframe);

  for (const { title, options, label, states } of situations)
    it(`${title}: says so, shows so, and is accessible`, async function () {
      this.timeout(30_000);
      const { tile } = await show(options);
      expect(named(tile)).to.equal(label);
      for (const state of ['muted', 'video-paused', 'reconnecting', 'speaking', 'pinned', 'own'])
        expect(tile.matches(`:state(${state})`), state).to.equal(states.includes(state));
      await expect(tile).to.be.accessible();
    });

  it('shows the initials in the colour of the user until the first frame', async () => {
    const { tile } = await show({ person: { videoPaused: true } });
    expect(within(tile, '.avatar')!.textContent.trim()).to.equal('GH');
    expect(getComputedStyle(within(tile, '.avatar')!).visibility).to.equal('visible');
    expect(getComputedStyle(within(tile, 'video')!).opacity).to.equal('0');
  });

  it('shows the picture as soon as there are frames', async () => {
    const { tile } = await show();
    await waitUntil(() => getComputedStyle(within(tile, 'video')!).opacity === '1', 'picture', {
      timeout: 10_000,
    });
    expect(getComputedStyle(within(tile, '.avatar')!).visibility).to.equal('hidden');
  });

  it('falls back to the initials when the picture of a user cannot be loaded', async () => {
    const { tile } = await show({ person: { videoPaused: true, avatar: '/no-such-picture.png' } });
    await waitUntil(() => within(tile, 'img') === null);
    expect(within(tile, '.avatar')!.textContent.trim()).to.equal('GH');
  });

  it('mirrors the own front camera only', async () => {
    const mirrored = async (options: TileOptions): Promise<boolean> =>
      within((await show(options)).tile, '.surface')!.classList.contains('mirrored');
    expect(await mirrored({ id: 'p0' })).to.be.true;
    expect(await mirrored({ id: 'p0', facts: [{ type: 'facing-changed', facingMode: 'environment' }] })).to.be
      .false;
    expect(await mirrored({ id: 'p1' })).to.be.false;
  });

  it('pins at a click, unpins at the next, and not when that is switched off', async () => {
    const first = await show();
    within(first.tile, '.surface')!.click();
    expect(first.given).to.eql([['pin', { participantId: 'p1', source: 'camera' }]]);
    const pinned = await show({
      facts: [{ type: 'tile-pinned', tile: { participantId: 'p1', source: 'camera' } }],
    });
    within(pinned.tile, '.surface')!.click();
    expect(pinned.given).to.eql([['pin', null]]);
    const without = await show({ settings: { enableVideoTileClick: false } });
    within(without.tile, '.surface')!.click();
    expect(without.given).to.eql([]);
  });

  it('mutes its participant from its menu, which keys walk through', async () => {
    const { tile, given } = await show();
    within(tile, '.options')!.click();
    const menu = within(tile, 'cometchat-call-menu')!;
    await waitUntil(() => Boolean(menu.shadowRoot?.activeElement));
    const items = [...menu.renderRoot.querySelectorAll<HTMLElement>('[data-item]')];
    const press = (key: string): boolean =>
      menu.shadowRoot!.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press('End');
    expect(menu.shadowRoot!.activeElement).to.equal(items.at(-1));
    press('ArrowDown');
    expect(menu.shadowRoot!.activeElement).to.equal(items[0]);
    items.find(({ dataset }) => dataset['item'] === 'mute')!.click();
    expect(given).to.eql([['muteParticipant', 'p1']]);
    expect(menu.matches(':popover-open')).to.be.false;
  });

  it('is accessible with its menu open', async function () {
    this.timeout(30_000);
    const { tile } = await show();
    within(tile, '.options')!.click();
    const menu = within(tile, 'cometchat-call-menu')!;
    await waitUntil(() => Boolean(menu.shadowRoot?.activeElement));
    endMotion();
    await expect(tile).to.be.accessible();
  });

  it('puts name and quality of the one in front where the settings say', async () => {
    const { tile } = await show({
      place: 'front',
      facts: [{ type: 'quality-changed', id: 'p1', quality: 4 }],
      settings: {
        nameLabelPosition: 'top-right',
        networkLabelPosition: 'top-left',
        nameLabelColor: 'rgb(0, 60, 0)',
      },
    });
    const name = within(tile, '.name')!;
    expect(name.closest('.corner')!.className).to.include('top-right');
    expect(getComputedStyle(name).backgroundColor).to.equal('rgb(0, 60, 0)');
    expect(within(tile, '[aria-label="Excellent connection"]')!.closest('.corner')!.className).to.include(
      'top-left',
    );
  });

  it('tells of a weak connection on every tile, of a good one only in front', async () => {
    const quality = (value: number): CallFact => ({ type: 'quality-changed', id: 'p1', quality: value });
    expect(within((await show({ facts: [quality(1)] })).tile, '.weak')).to.exist;
    expect(within((await show({ facts: [quality(4)] })).tile, '.bars')).not.to.exist;
  });
});

describe('a person without a picture', () => {
  for (const [name, initials] of [
    ['Ada Lovelace', 'AL'],
    ['  ada  ', 'A'],
    ['Johann Sebastian Bach', 'JB'],
    ['山田 太郎', '山太'],
    ['😀 Smile', '😀S'],
    ['', ''],
  ] as const)
    it(`"${name}" has the initials "${initials}"`, () => expect(initialsOf(name)).to.equal(initials));

  it('has the same colour everywhere, and mostly another one than the others', () => {
    expect(hueOf('ada')).to.equal(hueOf('ada'));
    const hues = new Set(Array.from({ length: 60 }, (_, index) => hueOf(`user-${index}`)));
    expect(hues.size).to.be.at.least(10);
  });
});
