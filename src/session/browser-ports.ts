import { loadChunk } from '../base/load-chunk.js';
import { createDeviceList } from '../media/devices/device-list.js';
import { createLevelMeter } from '../media/audio/level-meter.js';
import { openUserMedia } from '../media/capture/user-media.js';
import { transportRows } from '../transports/transport-rows.js';
import type { SessionPorts } from './session-ports.js';

/** Loads the code of the screen share: before a press if it can be, because the press's user activation expires. */
export const loadScreenCapture = () =>
  loadChunk('screen-capture', () => import('../media/capture/screen-capture.js'));

/** The browser implementations of the session's ports; signaling channel and encryption come from the element. */
export const browserPorts: Omit<SessionPorts, 'openChannel' | 'openEncryption'> = {
  loadTransport: (name) => transportRows[name].load(),
  createHandover: async (options) => {
    const { createHandover } = await loadChunk(
      'handover',
      () => import('./media/transport/browser-handover.js'),
    );
    return createHandover(options);
  },
  openUserMedia,
  openScreen: async (options) => {
    const { openScreen } = await loadScreenCapture();
    return openScreen(options);
  },
  permission: (source) =>
    loadChunk('media-failure', () => import('../media/capture/media-failure.js')).then(
      ({ permission }) => permission(source),
      // Handled like a browser that does not report permissions.
      () => undefined,
    ),
  onVisible: (handle, { signal }) =>
    document.addEventListener('visibilitychange', () => !document.hidden && handle(), { signal }),
  checkSpeaker: async (deviceId) => {
    const { checkSpeaker } = await loadChunk('speaker', () => import('../media/capture/speaker.js'));
    return checkSpeaker(deviceId);
  },
  createDeviceList,
  createLevelMeter,
  onNetworkChange(handle, { signal }) {
    addEventListener('online', handle, { signal });
    networkInformation()?.addEventListener('change', handle, { signal });
  },
};

/** Network Information API: missing in some browsers and in TypeScript's DOM library. */
function networkInformation(): EventTarget | undefined {
  return (navigator as Navigator & { readonly connection?: EventTarget }).connection;
}
