import { expect } from '@open-wc/testing';
import { createNoiseProcessor } from '../../../src/media/processors/noise/noise-processor.js';
import { voice, whiteNoise } from '../../fakes/media/noisy-microphone.js';
import { listen } from '../../fakes/media/test-tracks.js';
import { waitUntil } from '../../harness/wait-until.js';

const patient = { timeout: 12_000 };

/** 10 dB, as a ratio of amplitudes. */
const tenDecibels = 10 ** (10 / 20);

describe('noise suppression', () => {
  let lifetime: AbortController;
  beforeEach(() => {
    lifetime = new AbortController();
  });
  afterEach(() => lifetime.abort());

  const process = (track: MediaStreamTrack, assetsUrl = ''): Promise<MediaStreamTrack> =>
    createNoiseProcessor({ assetsUrl }).process(track, {
      signal: lifetime.signal,
      onFailure: (failure) => expect.fail(failure),
    });

  /** Loudness before and after, over some readings. */
  async function levelsOf(
    raw: MediaStreamTrack,
  ): Promise<{ readonly before: number; readonly after: number }> {
    const read = [listen(raw, lifetime.signal), listen(await process(raw), lifetime.signal)];
    await waitUntil(() => read.every((each) => each() > 0), 'both are heard', patient);
    const sums = [0, 0];
    for (let round = 0; round < 40; round += 1) {
      await new Promise(requestAnimationFrame);
      read.forEach((each, at) => (sums[at] = (sums[at] ?? 0) + each() ** 2));
    }
    const [before = 0, after = 0] = sums.map((sum) => Math.sqrt(sum / 40));
    return { before, after };
  }

  it('takes more than 10 dB off a steady hiss', async () => {
    const raw = whiteNoise(lifetime.signal);
    const { before } = await levelsOf(raw);
    const after = listen(await process(raw), lifetime.signal);
    // It learns what is noise within the first second.
    await waitUntil(() => after() > 0 && after() < before / tenDecibels, 'it is quieter', patient);
  });

  it('leaves what sounds like a voice', async () => {
    const { before, after } = await levelsOf(voice(lifetime.signal));
    expect(after, `${before} before`).to.be.greaterThan(before / 2);
  });

  it('ends with its signal, and leaves the microphone open', async () => {
    const microphone = new AbortController();
    const raw = whiteNoise(microphone.signal);
    const processed = await process(raw);
    lifetime.abort();
    expect([processed.readyState, raw.readyState]).to.eql(['ended', 'live']);
    microphone.abort();
  });

  it('is refused where its files are not', async () => {
    let refused: unknown;
    await process(whiteNoise(lifetime.signal), '/nowhere').catch((error: unknown) => (refused = error));
    expect(String(refused)).to.match(/nowhere.*processor-assets-url/);
  });
});
