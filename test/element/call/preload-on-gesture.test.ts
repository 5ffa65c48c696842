import { preloadOnGesture } from '../../../src/element/call/loading/preload-on-gesture.js';
import { waitUntil } from '../../harness/wait-until.js';

const isLoaded = (): boolean =>
  ['pip-window', 'screen-capture'].every((file) =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes(file)),
  );

describe('code that must be there within a press', () => {
  it('is downloaded when a button elsewhere in the page gets the pointer', async () => {
    const lifetime = new AbortController();
    const [host, button] = [document.createElement('div'), document.createElement('button')];
    document.body.append(host, button);
    preloadOnGesture(host, { signal: lifetime.signal });
    document.body.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve));
    if (isLoaded()) throw new Error('It was downloaded for nothing.');
    button.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    await waitUntil(isLoaded, 'both are downloaded');
    lifetime.abort();
    host.remove();
    button.remove();
  });
});
