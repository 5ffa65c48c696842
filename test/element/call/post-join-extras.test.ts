import { expect } from '@open-wc/testing';
import { startPostJoinExtras } from '../../../src/element/call/loading/post-join-extras.js';
import { keepKeys } from '../../../src/element/commands/early-keys.js';
import type { JoinedCall } from '../../../src/element/call/connection/joined-call.js';
import { Store } from '../../../src/base/store.js';
import type { CallState } from '../../../src/domain/call/call-state.js';
import { defaultSettings, type CallSettings } from '../../../src/settings/setting-rows.js';
import '../../../src/ui/view/call-view.js';
import type { CallView } from '../../../src/ui/view/call-view.js';
import { after, callOf } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { spyCommands, type RecordedCommands } from '../../fakes/ui/spy-commands.js';
import { endMotion, framed, nextFrame, unframe } from '../../harness/framed.js';
import { within } from '../../harness/within.js';
import { waitUntil } from '../../harness/wait-until.js';

let lifetime = new AbortController();

interface Shown {
  readonly view: CallView;
  readonly given: RecordedCommands[];
  readonly media: FakeCallMedia;
  readonly become: (state: CallState) => void;
}

async function show(
  state: CallState,
  settings: Partial<CallSettings> = {},
  /** Done before the code for keys has come. */
  early: (view: CallView) => void = () => undefined,
): Promise<Shown> {
  const { commands, recorded } = spyCommands();
  const store = new Store<CallState>(state);
  const media = new FakeCallMedia();
  const view = Object.assign(document.createElement('cometchat-call-view'), {
    state,
    commands,
    media,
    settings: { ...defaultSettings, ...settings },
  });
  store.subscribe((next) => (view.state = next));
  const session = {
    commands,
    store,
    media: {
      streamOf: media.streamOf.bind(media),
      localTrack: () => undefined,
      setWanted: () => undefined,
      transport: undefined,
    },
  };
  await framed(view);
  lifetime = new AbortController();
  const { signal } = lifetime;
  const takeKeys = keepKeys(view, { signal });
  early(view);
  startPostJoinExtras(
    { host: view, view, session: session as unknown as JoinedCall['session'], signal },
    takeKeys,
  );
  // Keys are heard once the pointer or the focus has been in the call.
  view.dispatchEvent(new FocusEvent('focusin'));
  await import('../../../src/element/commands/hotkeys.js');
  await nextFrame();
  return { view, given: recorded, media, become: (next) => store.set(next) };
}

const press = (target: EventTarget, key: string, more: KeyboardEventInit = {}): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...more,
  });
  target.dispatchEvent(event);
  return event;
};
const muted = { type: 'media-settled', source: 'microphone', on: false } as const;

describe('shortcuts', () => {
  afterEach(() => {
    lifetime.abort();
    unframe();
  });

  it('are obeyed also when the code for them comes after they were pressed', async () => {
    const { given } = await show(callOf(2), {}, (view) => press(view, 'm'));
    await waitUntil(() => given.length > 0);
    expect(given.filter(([name]) => name !== 'pressControl')).to.deep.equal([['muteAudio', true]]);
  });

  it('are none when they were typed before the code for them came', async () => {
    const { view, given } = await show(callOf(2), {}, (host) => {
      const field = host.appendChild(document.createElement('input'));
      press(field, 'm');
      // It is known where a key was pressed, also when that is gone.
      field.remove();
      press(host, 'v', { ctrlKey: true });
      press(host, 'v', { repeat: true });
      const handled = (event: Event): void => event.preventDefault();
      host.addEventListener('keydown', handled, { once: true });
      press(host, 'v');
      press(document.body, 'v');
    });
    press(view, 'h');
    await waitUntil(() => given.length > 0);
    expect(given.filter(([name]) => name !== 'pressControl')).to.deep.equal([['raiseHand']]);
  });

  for (const [what, release, events] of [
    ['lets one speak while it is still held', false, [['muteAudio', false]]],
    ['does nothing when it was released already', true, []],
  ] as const)
    it(`the space bar, pressed early, ${what}`, async () => {
      const { view, given } = await show(after(callOf(2), muted), { pushToTalk: true }, (host) => {
        press(host, ' ', { code: 'Space' });
        const up = new KeyboardEvent('keyup', { key: ' ', code: 'Space', bubbles: true, composed: true });
        if (release) host.dispatchEvent(up);
        press(host, 'h');
      });
      await waitUntil(() => given.some(([name]) => name === 'raiseHand'));
      expect(given.filter(([name]) => name === 'muteAudio')).to.deep.equal(events);
      view.remove();
    });

  for (const [key, gives] of [
    ['m', ['muteAudio', true]],
    ['v', ['pauseVideo', true]],
    ['s', ['startScreenShare']],
    ['h', ['raiseHand']],
    ['l', ['setMode', 'TILE']],
  ] as const)
    it(`${key} gives ${gives.join(' ')}`, async () => {
      const { view, given } = await show(callOf(2));
      expect(press(view, key).defaultPrevented).to.be.true;
      expect(given.filter(([name]) => name !== 'pressControl')).to.eql([gives]);
    });

  it('works on a keyboard of another script', async () => {
    const { view, given } = await show(callOf(2));
    press(view, 'ь', { code: 'KeyM' });
    expect(given.at(-1)).to.eql(['muteAudio', true]);
  });

  it('leaves alone what is typed, held with Ctrl, or pressed outside', async () => {
    const { view, given } = await show(callOf(2));
    const field = document.createElement('input');
    view.append(field);
    press(field, 'm');
    press(view, 'm', { ctrlKey: true });
    press(document.body, 'm');
    expect(given).to.eql([]);
  });

  it('hears the page while the pointer is over the call, and no longer', async () => {
    const { view, given } = await show(callOf(2));
    view.dispatchEvent(new PointerEvent('pointerenter'));
    press(document.body, 'h');
    view.dispatchEvent(new PointerEvent('pointerleave'));
    press(document.body, 'h');
    expect(given.filter(([name]) => name === 'raiseHand')).to.have.lengthOf(1);
  });

  it('is switched off by the setting, and ends with the call', async () => {
    const off = await show(callOf(2), { hotkeys: false });
    press(off.view, 'm');
    expect(off.given).to.eql([]);
    const { view, given, become } = await show(callOf(2));
    become(after(callOf(2), { type: 'ended', reason: 'left', at: 0 }));
    press(view, 'm');
    expect(given).to.eql([]);
  });

  it('lists itself on "?", accessibly, and can be switched off there', async function () {
    this.timeout(30_000);
    const { view, given } = await show(callOf(2), { pushToTalk: true });
    press(view, '?');
    await waitUntil(
      () => within(view, 'cometchat-call-shortcuts')?.shadowRoot?.querySelector('dialog[open]'),
      'is open',
      { timeout: 10_000 },
    );
    const help = within(view, 'cometchat-call-shortcuts')!;
    expect(help.shadowRoot!.textContent).to.include('Mute microphone').and.to.include('Space');
    endMotion();
    await expect(help).to.be.accessible();
    within<HTMLInputElement>(help, 'input')!.click();
    within<HTMLDialogElement>(help, 'dialog')!.close();
    await waitUntil(() => !within(view, 'cometchat-call-shortcuts'));
    press(view, 'm');
    expect(given).to.eql([]);
  });

  it('lets who is muted talk while the space bar is held', async () => {
    const { view, given } = await show(callOf(2, { facts: [muted] }), { pushToTalk: true });
    // It is loaded where it is wanted.
    await waitUntil(() => press(view, ' ').defaultPrevented, 'is loaded', { timeout: 10_000 });
    press(view, ' ', { repeat: true });
    expect(given).to.eql([['muteAudio', false]]);
    document.dispatchEvent(new KeyboardEvent('keyup', { key: ' ' }));
    expect(given).to.eql([
      ['muteAudio', false],
      ['muteAudio', true],
    ]);
  });

  it('does not take the space bar from a page that does not want it', async () => {
    const { view, given } = await show(callOf(2, { facts: [muted] }));
    expect(press(view, ' ').defaultPrevented).to.be.false;
    expect(given).to.eql([]);
  });
});

describe('pictures of others', () => {
  afterEach(() => {
    lifetime.abort();
    unframe();
  });

  it('says that a picture stands still, and no longer when it moves again', async function () {
    this.timeout(40_000);
    const { view, media } = await show(callOf(2));
    await nextFrame();
    const stage = within(view, 'cometchat-call-stage')!;
    const tile = [...stage.renderRoot.querySelectorAll('cometchat-call-tile')].find(
      ({ model }) => !model?.isLocal,
    )!;
    const track = media.streamOf('p1', 'camera')!.getTracks()[0]!;
    await waitUntil(() => tile.renderRoot.querySelector('video')!.readyState >= 2, '', { timeout: 10_000 });
    track.stop();
    await waitUntil(() => tile.freezeNotice !== '', 'is said', { timeout: 20_000 });
    await nextFrame();
    expect(within(tile, '[part=veil]')!.textContent).to.include('is frozen');
    endMotion();
    await expect(view).to.be.accessible();
    tile.stream = new FakeCallMedia().streamOf('p1', 'camera');
    await waitUntil(() => tile.freezeNotice === '', 'is over', { timeout: 10_000 });
  });
});
