import { expect } from '@open-wc/testing';
import { playTestTone } from '../../../src/media/audio/test-tone.js';

describe('playTestTone', () => {
  it('sounds for a moment and ends by itself', async () => {
    const began = performance.now();
    await playTestTone('', { signal: new AbortController().signal });
    expect(performance.now() - began).to.be.greaterThan(500);
  });

  it('ends at once when it is no longer wanted', async () => {
    const end = new AbortController();
    const played = playTestTone('', { signal: end.signal });
    end.abort();
    await played;
  });
});
