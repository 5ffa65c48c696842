import { expect } from '@open-wc/testing';
import { untilRunning } from '../../../src/media/processors/noise/until-running.js';

/** Audio that begins when the test says so. */
class Starting extends EventTarget {
  state: AudioContextState = 'suspended';
  resumed = 0;

  resume(): Promise<void> {
    this.resumed += 1;
    return new Promise(() => undefined);
  }

  become(state: AudioContextState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

const outcome = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'runs',
    (error: Error) => error.name,
  );

describe('audio that is to run', () => {
  let lifetime: AbortController;
  let context: Starting;
  const begin = (pressed: boolean, ms: number): Promise<string> => {
    Object.defineProperty(navigator, 'userActivation', {
      value: { hasBeenActive: pressed },
      configurable: true,
    });
    return outcome(untilRunning(context as unknown as AudioContext, lifetime.signal, ms));
  };
  beforeEach(() => {
    lifetime = new AbortController();
    context = new Starting();
  });
  afterEach(() => {
    lifetime.abort();
    Reflect.deleteProperty(navigator, 'userActivation');
  });

  it('is waited for until the user presses something', async () => {
    const waiting = begin(false, 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    dispatchEvent(new Event('pointerup'));
    expect(context.resumed).to.equal(2);
    context.become('running');
    expect(await waiting).to.equal('runs');
  });

  it('is given up when the browser allows it and it does not start, as without an audio device', async () => {
    expect(await begin(true, 20)).to.equal('Error');
  });

  it('is not waited for any longer when it is not wanted', async () => {
    const waiting = begin(true, 10_000);
    lifetime.abort();
    expect(await waiting).to.equal('AbortError');
    expect(await begin(true, 10_000)).to.equal('AbortError');
  });
});
