import { expect } from '@open-wc/testing';
import type { JoinedCall } from '../../../src/element/call/connection/joined-call.js';
import { monitorMicrophone } from '../../../src/element/diagnostics/microphone-monitor.js';
import { Store } from '../../../src/base/store.js';
import type { CallState } from '../../../src/domain/call/call-state.js';
import '../../../src/ui/view/call-view.js';
import { callOf } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { spyCommands } from '../../fakes/ui/spy-commands.js';
import { endMotion, framed, unframe } from '../../harness/framed.js';
import { within } from '../../harness/within.js';
import { waitUntil } from '../../harness/wait-until.js';

const muted = { type: 'media-settled', source: 'microphone', on: false } as const;

describe('hints at the microphone', () => {
  let lifetime = new AbortController();
  let context: AudioContext | undefined;
  let volume: GainNode | undefined;
  let touched = true;

  /** A microphone that hums, or is silent. */
  const microphone = (gain: number): MediaStream => {
    context = new AudioContext();
    const target = context.createMediaStreamDestination();
    const oscillator = new OscillatorNode(context, { frequency: 220 });
    volume = new GainNode(context, { gain });
    oscillator.connect(volume).connect(target);
    oscillator.start();
    return target.stream;
  };

  const show = async (state: CallState, stream: MediaStream) => {
    const { commands, recorded } = spyCommands();
    const view = Object.assign(document.createElement('cometchat-call-view'), {
      state,
      commands,
      media: new FakeCallMedia(),
    });
    const store = new Store<CallState>(state);
    await framed(view);
    lifetime = new AbortController();
    let readings = 0;
    const get = store.get.bind(store);
    store.get = () => {
      readings += 1;
      return get();
    };
    const session = { commands, store, media: { localTrack: () => stream?.getTracks()[0] } };
    monitorMicrophone({
      host: view,
      view,
      session: session as unknown as JoinedCall['session'],
      signal: lifetime.signal,
    });
    return { view, given: recorded, store, readings: () => readings };
  };

  beforeEach(() =>
    Object.defineProperty(navigator, 'userActivation', {
      configurable: true,
      get: () => ({ hasBeenActive: touched, isActive: touched }),
    }),
  );
  afterEach(async () => {
    Reflect.deleteProperty(navigator, 'userActivation');
    touched = true;
    lifetime.abort();
    await context?.close();
    unframe();
  });

  it('shows a hint when the user speaks while muted, and unmutes at a press', async function () {
    this.timeout(30_000);
    const stream = microphone(0.5);
    for (const track of stream.getTracks()) track.enabled = false;
    const { view, given, store } = await show(callOf(2, { facts: [muted] }), stream);
    const list = within(view, 'cometchat-call-notices')!;
    await waitUntil(() => list.shadowRoot?.textContent?.includes('You are muted'), '', { timeout: 10_000 });
    endMotion();
    await expect(view).to.be.accessible();
    list.shadowRoot!.querySelector<HTMLButtonElement>('.primary')!.click();
    expect(given).to.eql([['muteAudio', false]]);
    expect(stream.getTracks()[0]!.enabled, 'the others hear nothing').to.be.false;
    store.set(callOf(2));
    await waitUntil(() => !list.shadowRoot!.textContent!.includes('You are muted'), '', { timeout: 5_000 });
  });

  it('shows nothing while the user is silent', async () => {
    const stream = microphone(0);
    const { view, readings } = await show(callOf(2, { facts: [muted] }), stream);
    // Twice as many as those after which speech is said.
    await waitUntil(() => readings() > 8, '', { timeout: 10_000 });
    expect(within(view, 'cometchat-call-notices')!.shadowRoot?.textContent ?? '').not.to.include('muted');
  });

  it('says so when no sound at all comes from a microphone that is on, and no longer once some does', async function () {
    this.timeout(40_000);
    touched = true;
    const stream = microphone(0);
    const { view } = await show(callOf(2), stream);
    const list = within(view, 'cometchat-call-notices')!;
    const text = (): string => list.shadowRoot?.textContent ?? '';
    await waitUntil(() => text().includes('No sound from your microphone'), '', { timeout: 25_000 });
    endMotion();
    await expect(view).to.be.accessible();
    volume!.gain.value = 0.5;
    await waitUntil(() => !text().includes('No sound'), '', { timeout: 5000 });
  });

  it('does not take what the browser does not let it measure for silence', async function () {
    this.timeout(40_000);
    touched = false;
    const { view, readings } = await show(callOf(2), microphone(0));
    await waitUntil(() => readings() > 60, '', { timeout: 25_000 });
    expect(within(view, 'cometchat-call-notices')!.shadowRoot?.textContent ?? '').not.to.include('No sound');
  });
});
