import { expect } from '@open-wc/testing';
import { toggleFullScreen } from '../../../src/ui/base/full-screen.js';
import { replace } from '../../fakes/media/media-devices.js';

describe('full screen', () => {
  const refused = (): Promise<void> => Promise.reject(new TypeError('Fullscreen request denied'));
  const browsers: readonly [string, unknown][] = [
    ['refuses it', refused],
    // Safari on iPhones.
    ['does not know it', undefined],
  ];
  for (const [what, method] of browsers)
    for (const isFull of [false, true])
      it(`${isFull ? 'stays' : 'does not come'} where the browser ${what}, without an error`, async () => {
        const element = document.createElement('div');
        const undo = [
          replace(element, 'requestFullscreen', method),
          replace(document, 'exitFullscreen', method),
        ];
        const errors: unknown[] = [];
        const lifetime = new AbortController();
        addEventListener('unhandledrejection', ({ reason }) => errors.push(reason), lifetime);
        toggleFullScreen(element, isFull);
        // The event comes in a task of its own.
        await new Promise((resolve) => setTimeout(resolve));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        lifetime.abort();
        undo.forEach((restore) => restore());
        expect(errors).to.eql([]);
      });
});
