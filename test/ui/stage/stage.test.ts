import { expect } from '@open-wc/testing';
import '../../../src/ui/stage/stage.js';
import type { CallStage } from '../../../src/ui/stage/stage.js';
import type { ActiveCall } from '../../../src/domain/call/call-state.js';
import { defaultSettings, type CallSettings } from '../../../src/settings/setting-rows.js';
import { callOf } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { spyCommands, type RecordedCommands } from '../../fakes/ui/spy-commands.js';
import { framed, nextFrame, unframe, type FrameOptions } from '../../harness/framed.js';
import { within } from '../../harness/within.js';
import { waitUntil } from '../../harness/wait-until.js';

interface Shown {
  readonly stage: CallStage;
  readonly media: FakeCallMedia;
  readonly given: RecordedCommands[];
}

async function show(
  call: ActiveCall,
  frame: FrameOptions = {},
  settings: Partial<CallSettings> = {},
): Promise<Shown> {
  const { commands, recorded } = spyCommands();
  const media = new FakeCallMedia();
  const stage = Object.assign(document.createElement('cometchat-call-stage'), {
    call,
    commands,
    media,
    settings: { ...defaultSettings, ...settings },
  });
  await framed(stage, frame);
  return { stage, media, given: recorded };
}

const tilesOf = ({ renderRoot }: CallStage) => [...renderRoot.querySelectorAll('cometchat-call-tile')];
const tileOf = (stage: CallStage, id: string) =>
  tilesOf(stage).find(({ model }) => model?.participant.id === id)!;

/** Where a tile will be, once it has arrived there. */
async function settled(element: Element): Promise<DOMRect> {
  await Promise.all(element.getAnimations().map(({ finished }) => finished.catch(() => undefined)));
  return element.getBoundingClientRect();
}

describe('<cometchat-call-stage>', () => {
  afterEach(unframe);

  it('keeps every video through joins, leaves, speakers, pins and resizes', async () => {
    const { stage } = await show(callOf(4));
    const videos = (): (HTMLVideoElement | null)[] =>
      ['p1', 'p2', 'p0'].map((id) => within(tileOf(stage, id), 'video'));
    const before = videos();
    const streams = before.map((video) => video!.srcObject);
    stage.call = callOf(6, { facts: [{ type: 'speaker-changed', id: 'p5' }] });
    await nextFrame();
    stage.call = callOf(3, {
      facts: [{ type: 'tile-pinned', tile: { participantId: 'p2', source: 'camera' } }],
    });
    await nextFrame();
    (stage.parentElement as HTMLElement).style.setProperty('inline-size', '380px');
    await nextFrame();
    expect(videos()).to.eql(before);
    expect(videos().map((video) => video!.srcObject)).to.eql(streams);
  });

  it('does not start a video anew when it renders', async () => {
    const { stage } = await show(callOf(3));
    const video = within(tileOf(stage, 'p1'), 'video')!;
    await waitUntil(() => video.readyState >= 2);
    let restarts = 0;
    video.addEventListener('emptied', () => (restarts += 1));
    stage.call = callOf(3, { participants: { 1: { handRaisedAt: 5 } } });
    await nextFrame();
    expect(restarts).to.equal(0);
    expect(video.readyState).to.be.at.least(2);
  });

  it('moves the rings without rendering a tile', async () => {
    const { stage, media } = await show(callOf(3));
    const tile = tileOf(stage, 'p1');
    let renders = 0;
    const { requestUpdate } = tile;
    tile.requestUpdate = (...change) => {
      renders += 1;
      requestUpdate.apply(tile, change);
    };
    media.setLevels({ p1: 0.25 });
    const ring = within(tile, '.ring')!;
    expect(Number(ring.style.getPropertyValue('--_level'))).to.be.closeTo(0.5, 0.06);
    media.setLevels({ p1: 0 });
    expect(ring.style.getPropertyValue('--_level')).to.equal('0');
    expect(renders).to.equal(0);
  });

  it('shows no level of a muted participant', async () => {
    const { stage, media } = await show(callOf(3, { participants: { 1: { audioMuted: true } } }));
    media.setLevels({ p1: 0.9 });
    expect(within(tileOf(stage, 'p1'), '.ring')!.style.getPropertyValue('--_level')).to.be.oneOf(['', '0']);
  });

  it('stops listening to levels when it leaves the page, and listens again when it is back', async () => {
    const { stage, media } = await show(callOf(2));
    const { parentElement } = stage;
    expect(media.listeners).to.equal(1);
    stage.remove();
    expect(media.listeners).to.equal(0);
    parentElement!.append(stage);
    expect(media.listeners).to.equal(1);
  });

  it('keeps the last speaker in front during silence', async () => {
    const { stage } = await show(
      callOf(4, { mode: 'SPOTLIGHT', facts: [{ type: 'speaker-changed', id: 'p3' }] }),
    );
    stage.call = callOf(4, { mode: 'SPOTLIGHT' });
    await nextFrame();
    expect(tileOf(stage, 'p3').placement).to.equal('front');
  });

  it('mirrors its places in a right-to-left page', async () => {
    const left = await show(callOf(2, { mode: 'TILE' }), { width: 900, height: 400 });
    const first = await settled(tileOf(left.stage, 'p1'));
    expect(first.x).to.be.lessThan((await settled(tileOf(left.stage, 'p0'))).x);
    const right = await show(callOf(2, { mode: 'TILE' }), { width: 900, height: 400, dir: 'rtl' });
    const mirrored = await settled(tileOf(right.stage, 'p1'));
    expect(mirrored.x).to.be.greaterThan((await settled(tileOf(right.stage, 'p0'))).x);
  });

  it('moves the floating picture to another corner by arrow keys', async () => {
    const { stage } = await show(callOf(2));
    const own = tileOf(stage, 'p0');
    const before = await settled(own);
    own.focus();
    own.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, composed: true }));
    own.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true, composed: true }));
    await import('../../../src/ui/stage/drag-dock.js');
    await nextFrame();
    const after = await settled(own);
    expect(after.x).to.be.lessThan(before.x);
    expect(after.y).to.be.lessThan(before.y);
  });

  it('docks the floating picture where it is dropped, without pinning it', async () => {
    const { stage, given } = await show(callOf(2));
    const own = tileOf(stage, 'p0');
    const before = await settled(own);
    const real = { bubbles: true, composed: true };
    const pointer = (type: string, x: number, y: number): void => {
      const [clientX, clientY] = [before.x + 20 + x, before.y + 20 + y];
      const buttons = type === 'pointerup' ? 0 : 1;
      own.dispatchEvent(
        new PointerEvent(type, { pointerId: 1, button: 0, buttons, clientX, clientY, ...real }),
      );
    };
    // A pointer made by a script cannot be captured.
    own.setPointerCapture = () => undefined;
    pointer('pointerdown', 0, 0);
    await import('../../../src/ui/stage/drag-dock.js');
    await nextFrame();
    pointer('pointermove', -300, -300);
    pointer('pointermove', -500, -380);
    pointer('pointerup', -500, -380);
    within(own, '.surface')!.click();
    await nextFrame();
    const after = await settled(own);
    expect(after.x).to.be.lessThan(before.x - 200);
    expect(after.y).to.be.lessThan(before.y - 200);
    expect(given).to.eql([]);
  });

  it('leaves the floating picture where it is when it was let go before it could be dragged', async () => {
    const { stage } = await show(callOf(2));
    const own = tileOf(stage, 'p0');
    const before = await settled(own);
    const real = { bubbles: true, composed: true, pointerId: 1, button: 0 };
    const { x: clientX, y: clientY } = before;
    own.dispatchEvent(new PointerEvent('pointerdown', { ...real, buttons: 1, clientX, clientY }));
    own.dispatchEvent(new PointerEvent('pointerup', { ...real, clientX, clientY }));
    await import('../../../src/ui/stage/drag-dock.js');
    await nextFrame();
    own.dispatchEvent(new PointerEvent('pointermove', { ...real, clientX: 9, clientY: 9 }));
    expect(own.style.translate).to.equal('');
  });

  it('leaves the floating picture where it is when it may not be dragged', async () => {
    const { stage } = await show(callOf(2), {}, { enableDraggableVideoTile: false });
    expect(tileOf(stage, 'p0').hasAttribute('tabindex')).to.be.false;
  });

  it('turns pages, and says on which one is', async () => {
    const { stage } = await show(callOf(40), { width: 600, height: 400 });
    const firstPage = tilesOf(stage).map(({ model }) => model!.participant.id);
    const [previous, next] = stage.renderRoot.querySelectorAll<HTMLElement>('.pager button');
    expect(previous!.ariaDisabled).to.equal('true');
    next!.click();
    await nextFrame();
    const secondPage = tilesOf(stage).map(({ model }) => model!.participant.id);
    expect(secondPage.filter((id) => firstPage.includes(id))).to.eql([]);
    expect(within(stage, '.pager')!.textContent).to.include('Page 2 of');
    await expect(stage).to.be.accessible();
  });
});
