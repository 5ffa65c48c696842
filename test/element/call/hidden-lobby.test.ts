import { expect } from '@open-wc/testing';
import { Store } from '../../../src/base/store.js';
import { idle, type CallState } from '../../../src/domain/call/call-state.js';
import { openLobby, type LobbyOptions } from '../../../src/element/call/lobby.js';
import '../../../src/ui/view/call-view.js';

let hidden = false;
let lifetime = new AbortController();

function becomeHidden(next: boolean): void {
  hidden = next;
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Opens a lobby; gives what has been done with camera and microphone. */
function lobby(): { readonly opened: () => number; readonly store: Store<CallState> } {
  let count = 0;
  const store = new Store<CallState>(idle);
  const session = { store, openLocalMedia: () => void count++, media: { streamOf: () => null } };
  const options = {
    view: document.createElement('cometchat-call-view'),
    session,
    name: undefined,
    join: () => undefined,
    signal: lifetime.signal,
  };
  openLobby(options as unknown as LobbyOptions);
  return { opened: () => count, store };
}

describe('a lobby in a page that is not looked at', () => {
  beforeEach(() => {
    hidden = true;
    lifetime = new AbortController();
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  });
  afterEach(() => {
    lifetime.abort();
    Reflect.deleteProperty(document, 'hidden');
  });

  it('opens camera and microphone once, when the page is shown', () => {
    const { opened } = lobby();
    becomeHidden(true);
    expect(opened()).to.equal(0);
    becomeHidden(false);
    becomeHidden(true);
    becomeHidden(false);
    expect(opened()).to.equal(1);
  });

  it('opens them at once where the page is shown', () => {
    hidden = false;
    expect(lobby().opened()).to.equal(1);
  });

  it('opens nothing any more once it is left or the call is joined, which opens them itself', () => {
    const one = lobby();
    lifetime.abort();
    lifetime = new AbortController();
    const other = lobby();
    other.store.set({ ...idle, phase: 'joining' } as CallState);
    becomeHidden(false);
    expect([one.opened(), other.opened()]).to.deep.equal([0, 0]);
  });
});
