import { expect } from '@open-wc/testing';
import { Store } from '../../../src/base/store.js';
import type { CallState } from '../../../src/domain/call/call-state.js';
import type { WantedVideo } from '../../../src/domain/call/transport-grant.js';
import type { JoinedCall } from '../../../src/element/call/connection/joined-call.js';
import { detectFreezes } from '../../../src/element/diagnostics/freeze-detector.js';
import '../../../src/ui/view/call-view.js';
import { callOf } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { spyCommands } from '../../fakes/ui/spy-commands.js';
import { framed, unframe } from '../../harness/framed.js';
import { within } from '../../harness/within.js';
import { waitUntil } from '../../harness/wait-until.js';

describe('video that is out of sight', function () {
  this.timeout(40_000);
  let lifetime = new AbortController();
  let hidden = false;

  const show = async (state: CallState, more: Partial<JoinedCall['session']['media']> = {}) => {
    const { commands } = spyCommands();
    const store = new Store<CallState>(state);
    const asked: string[] = [];
    const sizes: ReadonlyMap<string, WantedVideo>[] = [];
    const view = Object.assign(document.createElement('cometchat-call-view'), {
      state,
      commands,
      media: new FakeCallMedia(),
    });
    store.subscribe((next) => (view.state = next));
    await framed(view, { width: 600, height: 400 });
    lifetime = new AbortController();
    const session = {
      commands,
      store,
      media: {
        streamsExposed: false,
        setWanted: (wanted: ReadonlyMap<string, WantedVideo>) => {
          sizes.push(wanted);
          const unwanted = [...wanted].flatMap(([id, size]) => (size === 'none' ? [id] : [])).join();
          if (unwanted !== (asked.at(-1) ?? '')) asked.push(unwanted);
        },
        ...more,
      },
    } as unknown as JoinedCall['session'];
    detectFreezes({ host: view, view, session, signal: lifetime.signal });
    return { view, store, asked, sizes };
  };
  const become = (next: boolean): void => {
    hidden = next;
    document.dispatchEvent(new Event('visibilitychange'));
  };

  beforeEach(() => Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden }));
  afterEach(() => {
    lifetime.abort();
    hidden = false;
    Reflect.deleteProperty(document, 'hidden');
    unframe();
  });

  it('are not asked for while the page is in the background, and again at once when it comes back', async () => {
    const { asked } = await show(callOf(3));
    become(true);
    await waitUntil(() => asked.at(-1) === 'p1,p2', 'no video is visible', { timeout: 15_000 });
    become(false);
    expect(asked).to.eql(['p1,p2', '']);
  });

  it('are those of other pages of the grid, until one turns to them', async () => {
    const { view, asked } = await show(callOf(40));
    await waitUntil(() => asked.length > 0, 'some are not seen', { timeout: 15_000 });
    const stage = within(view, 'cometchat-call-stage')!;
    const shown = (): string[] =>
      [...stage.renderRoot.querySelectorAll('cometchat-call-tile')].map(({ model }) => model!.participant.id);
    const first = shown();
    expect(first.filter((id) => asked.at(-1)!.split(',').includes(id))).to.be.empty;
    expect(asked.at(-1)!.split(',').length).to.equal(40 - first.length);
    within(stage, '.pager button:last-of-type')!.click();
    await waitUntil(() => asked.length > 1, 'the next ones are asked for', { interval: 5 });
    expect(shown().filter((id) => asked.at(-1)!.split(',').includes(id))).to.be.empty;
  });

  it('are those of a call that was scrolled away', async () => {
    const { view, asked } = await show(callOf(2));
    view.parentElement!.style.setProperty('margin-block-start', '5000px');
    await waitUntil(() => asked.at(-1) === 'p1', '', { timeout: 15_000 });
    view.parentElement!.style.removeProperty('margin-block-start');
    await waitUntil(() => asked.at(-1) === '', '', { timeout: 5000 });
  });

  it('are asked for in the size in which they are seen', async () => {
    const { view, sizes } = await show(callOf(3));
    const height = (): number => {
      const wanted = sizes.at(-1)?.get('p1');
      return wanted === undefined || wanted === 'none' ? 0 : wanted.height;
    };
    await waitUntil(() => height() > 0, 'a size is asked for', { timeout: 15_000 });
    const small = height();
    expect(small).to.be.below(720);
    view.parentElement!.style.setProperty('width', '1900px');
    view.parentElement!.style.setProperty('height', '1100px');
    await waitUntil(() => height() > small, 'more of it, once it is larger', { timeout: 15_000 });
  });

  for (const [title, state, more] of [
    ['the call is recorded here', callOf(2, { participants: { 0: { recording: true } } }), {}],
    ['the page has taken streams for itself', callOf(2), { streamsExposed: true }],
  ] as const)
    it(`are sent all the same when ${title}`, async () => {
      const { asked, store } = await show(state, more);
      const ordinary = await show(callOf(2));
      become(true);
      // Both pages began to look at the same time; the other one is done.
      await waitUntil(() => ordinary.asked.length > 0, '', { timeout: 15_000 });
      store.set({ ...state });
      expect(asked).to.eql([]);
    });
});
