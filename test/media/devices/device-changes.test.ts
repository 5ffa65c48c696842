import { expect } from '@open-wc/testing';
import { onDeviceChanges } from '../../../src/media/devices/device-changes.js';
import { waitUntil } from '../../harness/wait-until.js';

describe('changes of devices', () => {
  let lifetime: AbortController;
  let handled: number;
  const change = (): boolean => navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  beforeEach(() => {
    lifetime = new AbortController();
    handled = 0;
    onDeviceChanges(() => (handled += 1), { signal: lifetime.signal });
  });
  afterEach(() => lifetime.abort());

  it('are handled once, when they are over', async () => {
    for (let times = 0; times < 3; times++) change();
    expect(handled).to.equal(0);
    await waitUntil(() => handled > 0, 'they are handled');
    expect(handled).to.equal(1);
  });

  it('are handled although they never end, as with a loose plug', async () => {
    const plug = setInterval(change, 50);
    try {
      await waitUntil(() => handled > 0, 'they are handled', { timeout: 10_000 });
    } finally {
      clearInterval(plug);
    }
  });
});
