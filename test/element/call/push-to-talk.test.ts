import { expect } from '@open-wc/testing';
import { Store } from '../../../src/base/store.js';
import type { ActiveCall } from '../../../src/domain/call/call-state.js';
import { pushToTalk } from '../../../src/element/commands/push-to-talk.js';
import { callOf } from '../../fakes/ui/call-states.js';

const muted = callOf(1, { facts: [{ type: 'media-wanted', source: 'microphone', on: false }] });

/** Somebody who is muted, in a call whose element is in the page. */
function caller() {
  const store = new Store<ActiveCall>(muted);
  const lifetime = new AbortController();
  const view = Object.assign(document.createElement('div'), { settings: { pushToTalk: true }, state: muted });
  document.body.append(view);
  const muteAudio = (on: boolean): void => {
    const { local } = store.get();
    store.set({ ...store.get(), local: { ...local, microphone: { ...local.microphone, wanted: !on } } });
  };
  const call = { view, session: { store, commands: { muteAudio } }, signal: lifetime.signal };
  const press = pushToTalk(call as unknown as Parameters<typeof pushToTalk>[0]);
  document.addEventListener('keydown', (event) => event.key === ' ' && press(event), {
    signal: lifetime.signal,
  });
  return { store, lifetime, view, muteAudio, isUnmuted: () => store.get().local.microphone.wanted };
}

const key = (
  type: string,
  options: KeyboardEventInit = {},
  target: EventTarget = document.body,
): KeyboardEvent => {
  const event = new KeyboardEvent(type, {
    key: ' ',
    code: 'Space',
    bubbles: true,
    composed: true,
    cancelable: true,
    ...options,
  });
  target.dispatchEvent(event);
  return event;
};

let ada: ReturnType<typeof caller>;
beforeEach(() => (ada = caller()));
afterEach(() => {
  ada.lifetime.abort();
  ada.view.remove();
  document.querySelectorAll('.control').forEach((each) => each.remove());
});

describe('push-to-talk', () => {
  it('lets the user be heard while the space bar is held, also while it repeats', () => {
    expect(key('keydown').defaultPrevented).to.equal(true);
    expect(ada.isUnmuted()).to.equal(true);
    expect(key('keydown', { repeat: true }).defaultPrevented, 'the page does not scroll').to.equal(true);
    expect(key('keyup').defaultPrevented, 'no button is pressed').to.equal(true);
    expect(ada.isUnmuted()).to.equal(false);
  });

  for (const [what, end] of [
    [
      'the key goes up where the page stops the event',
      () => {
        const stop = (event: Event): void => event.stopImmediatePropagation();
        document.addEventListener('keyup', stop, { capture: true, once: true });
        key('keyup');
        document.removeEventListener('keyup', stop, { capture: true });
      },
    ],
    ['the key goes up as another character', () => key('keyup', { key: '\u00a0', altKey: true })],
    [
      'Meta is pressed, which hides the key from macOS',
      () => key('keydown', { key: 'Meta', code: 'MetaLeft', metaKey: true }),
    ],
    ['the window loses the focus', () => window.dispatchEvent(new Event('blur'))],
    ['the page is hidden', () => document.dispatchEvent(new Event('visibilitychange'))],
    ['the page goes', () => window.dispatchEvent(new Event('pagehide'))],
    [
      'a menu of the system opens',
      () => document.body.dispatchEvent(new Event('contextmenu', { bubbles: true })),
    ],
    ['something is dragged', () => document.body.dispatchEvent(new Event('dragstart', { bubbles: true }))],
    [
      'the call moves to a window of its own',
      () => ada.store.set({ ...ada.store.get(), pictureInPicture: true }),
    ],
    ['the element is removed', () => ada.lifetime.abort()],
  ] as const)
    it(`ends when ${what}`, () => {
      key('keydown');
      expect(ada.isUnmuted()).to.equal(true);
      end();
      expect(ada.isUnmuted()).to.equal(false);
    });

  it('works again after it ended without the key going up', () => {
    key('keydown');
    window.dispatchEvent(new Event('blur'));
    key('keydown', { repeat: true });
    expect(ada.isUnmuted(), 'the same press').to.equal(false);
    key('keydown');
    expect(ada.isUnmuted()).to.equal(true);
  });

  it('does not mute who was not muted', () => {
    ada.muteAudio(false);
    key('keydown');
    key('keyup');
    expect(ada.isUnmuted()).to.equal(true);
  });

  for (const markup of ['<input type="checkbox">', '<summary>a</summary>', '<b role="switch">a</b>'])
    it(`leaves the space bar to ${markup}`, () => {
      const page = Object.assign(document.createElement('div'), { className: 'control', innerHTML: markup });
      document.body.append(page);
      expect(key('keydown', {}, page.firstElementChild as Element).defaultPrevented).to.equal(false);
      expect(ada.isUnmuted()).to.equal(false);
    });
});
