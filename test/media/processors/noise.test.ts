import { expect, waitUntil } from '@open-wc/testing';
import { createNoiseProcessor } from '../../../src/media/processors/noise/noise-processor.js';
import { whiteNoise } from '../../fakes/noisy-microphone.js';
import { listen } from '../../fakes/test-tracks.js';

const silent = { onTrouble: () => undefined };

describe('noise suppression', () => {
  it('takes at least 10 dB off a steady noise', async () => {
    const life = new AbortController();
    const { signal } = life;
    const raw = whiteNoise(signal);
    const processed = await createNoiseProcessor({ assetsUrl: '' }).process(raw, { signal, ...silent });
    const before = listen(raw, signal);
    const after = listen(processed, signal);
    await waitUntil(() => before() > 0.03, 'the noise is heard', { timeout: 10_000 });
    await waitUntil(() => after() > 0, 'something is processed', { timeout: 10_000 });
    await waitUntil(() => after() < before() / 3.17, 'the noise goes down', { timeout: 10_000 });
    console.log(before(), after());
    life.abort();
    expect(processed.readyState).to.equal('ended');
    expect(raw.readyState).to.equal('ended');
  });
});
