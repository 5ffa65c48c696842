import { expect } from '@open-wc/testing';
import { Store } from '../../../src/base/store.js';
import type { CallState } from '../../../src/domain/call/call-state.js';
import type { JoinedCall } from '../../../src/element/call/connection/joined-call.js';
import { integrateWithPlatform } from '../../../src/element/call/platform-integration.js';
import '../../../src/ui/view/call-view.js';
import { after, callOf } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { spyCommands } from '../../fakes/ui/spy-commands.js';
import { framed, nextFrame, unframe } from '../../harness/framed.js';
import { within } from '../../harness/within.js';
import { waitUntil } from '../../harness/wait-until.js';

const off = (source: 'microphone' | 'camera') => ({ type: 'media-settled', source, on: false }) as const;

/** A property of an object of the browser becomes another one for the length of a test. */
const replaced: (() => void)[] = [];
function replace(target: object, name: string, property: PropertyDescriptor): void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, ...property });
  replaced.push(() => {
    Reflect.deleteProperty(target, name);
    if (own) Object.defineProperty(target, name, own);
  });
}

async function show(state: CallState) {
  const { commands, recorded } = spyCommands();
  const store = new Store<CallState>(state);
  const view = Object.assign(document.createElement('cometchat-call-view'), {
    state,
    commands,
    media: new FakeCallMedia(),
  });
  await framed(view);
  const lifetime = new AbortController();
  const session = {
    commands,
    store,
    media: { localTrack: () => undefined },
  } as unknown as JoinedCall['session'];
  integrateWithPlatform({ host: view, view, session, signal: lifetime.signal });
  return { view, given: recorded, store, lifetime };
}

describe('the Media Session of a call', () => {
  const handlers = new Map<string, (() => void) | null>();
  const published: Record<string, boolean> = {};

  beforeEach(() => {
    handlers.clear();
    const { mediaSession } = navigator;
    const set = (action: string, handle: (() => void) | null): void => void handlers.set(action, handle);
    replace(mediaSession, 'setActionHandler', { value: set });
    for (const name of ['setMicrophoneActive', 'setCameraActive'])
      replace(mediaSession, name, { value: (on: boolean) => void (published[name] = on) });
  });

  afterEach(() => {
    for (const restore of replaced.splice(0)) restore();
    unframe();
  });

  it('obeys the keys of headsets and of the system: each does what is the contrary of now', async () => {
    const { given, store } = await show(callOf(2));
    handlers.get('togglemicrophone')?.();
    handlers.get('togglecamera')?.();
    handlers.get('hangup')?.();
    store.set(
      after(
        callOf(2),
        { type: 'media-wanted', source: 'microphone', on: false },
        { type: 'media-wanted', source: 'camera', on: false },
      ),
    );
    handlers.get('togglemicrophone')?.();
    handlers.get('togglecamera')?.();
    expect(given).to.eql([
      ['muteAudio', true],
      ['pauseVideo', true],
      ['pressEndCall'],
      ['muteAudio', false],
      ['pauseVideo', false],
    ]);
  });

  it('floats the call when the user changes to another tab, and never lets it sink by that', async () => {
    const { given, store } = await show(callOf(2));
    handlers.get('enterpictureinpicture')?.();
    expect(given).to.eql([['togglePictureInPicture']]);
    store.set(after(callOf(2), { type: 'picture-in-picture-changed', on: true }));
    handlers.get('enterpictureinpicture')?.();
    expect(given).to.have.lengthOf(1);
  });

  it('shows the system whether microphone and camera are on', async () => {
    const { store } = await show(callOf(2, { facts: [off('microphone')] }));
    expect(published).to.eql({ setMicrophoneActive: false, setCameraActive: true });
    store.set(callOf(2, { facts: [off('camera')] }));
    expect(published).to.eql({ setMicrophoneActive: true, setCameraActive: false });
  });

  it('is given back at the end of the call', async () => {
    const { store, lifetime } = await show(callOf(2));
    lifetime.abort();
    expect([...handlers.values()]).to.eql([null, null, null, null]);
    store.set(callOf(2, { facts: [off('camera')] }));
    expect(published['setCameraActive'], 'and told nothing more').to.be.true;
  });

  it('that knows none of the actions costs the call nothing', async () => {
    replace(navigator.mediaSession, 'setActionHandler', {
      value: () => {
        throw new TypeError('unknown action');
      },
    });
    replace(navigator.mediaSession, 'setMicrophoneActive', { value: undefined });
    const { lifetime } = await show(callOf(2));
    expect(published['setCameraActive']).to.be.true;
    lifetime.abort();
  });
});

describe('the screen during a call', () => {
  let locks: { released: boolean; release: () => Promise<void> }[];
  let hidden: boolean;
  const become = (next: boolean): void => {
    hidden = next;
    // What browsers do with the lock of a page that is hidden.
    if (hidden) for (const lock of locks) lock.released = true;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const held = (): number => locks.filter(({ released }) => !released).length;

  beforeEach(() => {
    locks = [];
    hidden = false;
    replace(document, 'hidden', { get: () => hidden });
    const request = async (): Promise<object> => {
      const lock = { released: false, release: async () => void (lock.released = true) };
      locks.push(lock);
      return lock;
    };
    replace(navigator, 'wakeLock', { value: { request } });
  });

  afterEach(() => {
    for (const restore of replaced.splice(0)) restore();
    unframe();
  });

  it('stays on, also after the page was hidden, and may sleep again after the call', async () => {
    const { lifetime } = await show(callOf(2));
    await waitUntil(() => held() === 1, 'it stays on');
    become(true);
    expect(held()).to.equal(0);
    become(false);
    await waitUntil(() => held() === 1, 'it stays on again');
    become(false);
    await nextFrame();
    expect(locks, 'one is enough').to.have.lengthOf(2);
    lifetime.abort();
    await waitUntil(() => held() === 0, 'it may sleep');
    become(false);
    await nextFrame();
    expect(locks).to.have.lengthOf(2);
  });

  it('may sleep when the call ended while the lock was asked for', async () => {
    const lock = { released: false, release: async () => void (lock.released = true) };
    let resolve: (given: object) => void = () => undefined;
    const asked = new Promise((given) => (resolve = given));
    replace(navigator, 'wakeLock', { value: { request: () => asked } });
    const { lifetime } = await show(callOf(2));
    lifetime.abort();
    expect(lock.released).to.be.false;
    resolve(lock);
    await waitUntil(() => lock.released);
  });

  it('sleeps as usual where the browser refuses', async () => {
    let asked = 0;
    const request = (): Promise<never> => {
      asked += 1;
      return Promise.reject(new DOMException('', 'NotAllowedError'));
    };
    replace(navigator, 'wakeLock', { value: { request } });
    const { lifetime } = await show(callOf(2));
    become(false);
    expect(asked).to.equal(2);
    lifetime.abort();
  });
});

describe('the full-screen button', () => {
  afterEach(unframe);

  it('says what it does next', async () => {
    const { view, lifetime } = await show(callOf(2));
    const bar = within(view, 'cometchat-call-controls')!;
    const matches = view.matches.bind(view);
    replace(view, 'matches', {
      value: (selector: string) => selector === ':fullscreen' || matches(selector),
    });
    view.dispatchEvent(new Event('fullscreenchange'));
    expect(bar.fullScreen).to.be.true;
    for (const restore of replaced.splice(0)) restore();
    view.dispatchEvent(new Event('fullscreenchange'));
    expect(bar.fullScreen).to.be.false;
    lifetime.abort();
  });
});
