import { expect } from '@open-wc/testing';
import { Store } from '../../../src/base/store.js';
import type { CallState, TrackSource } from '../../../src/domain/call/call-state.js';
import { detectBlackFrames } from '../../../src/element/diagnostics/black-frame-detector.js';
import type { JoinedCall } from '../../../src/element/call/connection/joined-call.js';
import '../../../src/ui/view/call-view.js';
import { callOf } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { spyCommands } from '../../fakes/ui/spy-commands.js';
import { endMotion, framed, nextFrame, unframe } from '../../harness/framed.js';
import { within } from '../../harness/within.js';
import { waitUntil } from '../../harness/wait-until.js';

type Paint = (pen: CanvasRenderingContext2D, width: number, height: number) => void;

const night: Paint = (pen, width, height) => {
  pen.fillStyle = '#000';
  pen.fillRect(0, 0, width, height);
};
/** A lens under tape: dark grey noise that averages out. */
const covered: Paint = (pen, width, height) => {
  pen.fillStyle = 'rgb(9 8 9)';
  pen.fillRect(0, 0, width, height);
};
/** Somebody in the light of a screen. */
const darkRoom: Paint = (pen, width, height) => {
  night(pen, width, height);
  pen.fillStyle = 'rgb(46 42 48)';
  pen.fillRect(width * 0.4, height * 0.3, width * 0.2, height * 0.5);
};
/** A grey wall without anything on it. */
const wall: Paint = (pen, width, height) => {
  pen.fillStyle = 'rgb(60 60 60)';
  pen.fillRect(0, 0, width, height);
};

/** A lamp at the other end of a night. */
const lamp: Paint = (pen, width, height) => {
  night(pen, width, height);
  pen.fillStyle = '#fff';
  pen.fillRect(width * 0.7, height * 0.2, width * 0.06, height * 0.12);
};
const red: Paint = (pen, width, height) => {
  pen.fillStyle = 'rgb(150 10 0)';
  pen.fillRect(0, 0, width, height);
};

/** Cameras that show what is painted, also when that changes. */
class PaintedMedia extends FakeCallMedia {
  readonly #cameras = new Map<string, MediaStream>();
  readonly #lifetime = new AbortController();

  constructor(readonly paints: Record<string, Paint>) {
    super();
  }

  override streamOf(id: string, source: TrackSource): MediaStream | null {
    const paint = this.paints[id];
    if (source !== 'camera' || !paint) return super.streamOf(id, source);
    const known = this.#cameras.get(id) ?? this.#camera(id);
    this.#cameras.set(id, known);
    return known;
  }

  close(): void {
    this.#lifetime.abort();
  }

  #camera(id: string): MediaStream {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
    const pen = canvas.getContext('2d')!;
    const draw = (): void => this.paints[id]?.(pen, 320, 180);
    draw();
    const timer = setInterval(draw, 50);
    this.#lifetime.signal.addEventListener('abort', () => clearInterval(timer));
    return canvas.captureStream(20);
  }
}

describe('black pictures', function () {
  this.timeout(30_000);
  let lifetime = new AbortController();
  let media: PaintedMedia;

  const show = async (state: CallState, paints: Record<string, Paint>) => {
    media = new PaintedMedia(paints);
    const { commands } = spyCommands();
    const view = Object.assign(document.createElement('cometchat-call-view'), { state, commands, media });
    await framed(view);
    lifetime = new AbortController();
    const reports: boolean[] = [];
    const session = {
      commands,
      store: new Store<CallState>(state),
      reportBlackCamera: (black: boolean) => void reports.push(black),
    } as unknown as JoinedCall['session'];
    const look = detectBlackFrames({ host: view, view, session, signal: lifetime.signal });
    const stage = within(view, 'cometchat-call-stage')!;
    const tiles = () => [...stage.renderRoot.querySelectorAll('cometchat-call-tile')];
    await waitUntil(() => tiles().every((tile) => within(tile, 'video')!.readyState >= 2), 'pictures', {
      timeout: 10_000,
    });
    /** Looks as often as is needed to be sure. */
    const lookLong = async (): Promise<void> => {
      for (let times = 0; times < 15; times++) await look(tiles());
    };
    const tileOf = (id: string) => tiles().find(({ model }) => model!.participant.id === id)!;
    return { view, reports, look: () => look(tiles()), lookLong, tileOf };
  };
  const hints = ({ renderRoot }: { renderRoot: ParentNode }): string =>
    renderRoot.querySelector('cometchat-call-notices')?.shadowRoot?.textContent ?? '';

  afterEach(() => {
    lifetime.abort();
    media.close();
    unframe();
  });

  for (const [title, paint] of [
    ['nothing but black', night],
    ['what a covered lens gives', covered],
  ] as const)
    it(`${title} is shown to the user and the others after some seconds, and no longer when there is a picture`, async () => {
      const { view, reports, look, lookLong, tileOf } = await show(callOf(2), { p0: paint });
      for (let times = 0; times < 6; times++) await look();
      expect(reports, 'a moment of black is nothing').to.eql([]);
      await lookLong();
      expect(reports).to.eql([true]);
      await waitUntil(() => hints(view).includes('Your camera shows only black'));
      expect(tileOf('p0').blackNotice, 'the user reads the hint').to.equal('');
      media.paints['p0'] = wall;
      await waitUntil(async () => {
        await lookLong();
        return reports.length === 2;
      }, 'is over');
      expect(reports).to.eql([true, false]);
    });

  it('of another is said on the tile of whose it is, without a look at it', async () => {
    const { view, look, tileOf } = await show(callOf(3, { participants: { 1: { cameraBlack: true } } }), {
      p2: night,
    });
    await look();
    expect(tileOf('p1').blackNotice).to.equal('Video is black');
    expect(tileOf('p2').blackNotice).to.equal('');
    await nextFrame();
    expect(within(tileOf('p1'), '[part=veil]')!.textContent).to.include('Video is black');
    expect(within(tileOf('p1'), '.spinner'), 'nothing is waited for').to.equal(null);
    expect(hints(view)).to.equal('');
    endMotion();
    await expect(view).to.be.accessible();
    const paused = callOf(3, { participants: { 1: { cameraBlack: true, videoPaused: true } } });
    view.state = paused;
    await nextFrame();
    await look();
    expect(tileOf('p1').blackNotice, 'a camera that is off is not black').to.equal('');
  });

  it('are shown beside other hints', async () => {
    const { view, lookLong } = await show(callOf(2), { p0: covered });
    await import('../../../src/ui/notices/notice-list.js');
    const list = within(view, 'cometchat-call-notices')!;
    list.hints = ['speaking-while-muted'];
    await lookLong();
    await waitUntil(() => hints(view).includes('Your camera shows only black'));
    expect(hints(view)).to.include('You are muted');
    media.paints['p0'] = darkRoom;
    await waitUntil(async () => {
      await lookLong();
      return !hints(view).includes('black');
    });
    expect(hints(view)).to.include('You are muted');
  });

  for (const [title, paint] of [
    ['a dark room', darkRoom],
    ['a wall', wall],
    ['a room lit by one small lamp', lamp],
    ['the red of a finger on the lens in the sun', red],
  ] as const)
    it(`are not seen in ${title}`, async () => {
      const { view, reports, lookLong } = await show(callOf(2), { p0: paint });
      await lookLong();
      await lookLong();
      expect(reports).to.eql([]);
      await nextFrame();
      expect(hints(view)).to.equal('');
    });
});
