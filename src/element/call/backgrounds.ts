import { isActive } from '../../domain/call/call-state.js';
import { localIdBeforeJoin } from '../../domain/call/participant.js';
import type { CallView } from '../../ui/view/call-view.js';
import '../../ui/backgrounds/background-panel.js';
import type { BackgroundPanel, ChosenBackground } from '../../ui/backgrounds/background-panel.js';
import type { SettingProperties } from '../host/setting-properties.js';

interface BackgroundsOptions {
  readonly host: SettingProperties;
  readonly view: CallView;
  readonly signal: AbortSignal;
}

/** Opens or closes the background panel. The chosen background becomes a setting of the element. */
export function showBackgrounds(shown: boolean, { host, view, signal }: BackgroundsOptions): void {
  const openPanel = view.renderRoot.querySelector('cometchat-call-backgrounds');
  if (!shown) return openPanel?.close();
  if (openPanel || signal.aborted || view.settings.backgroundChoices === 'none') return;
  const panel: BackgroundPanel = document.createElement('cometchat-call-backgrounds');
  // Settings can change while the panel is open: processing may be dropped, for example.
  const sync = {
    hostUpdated: () =>
      Object.assign(panel, { settings: view.settings, words: view.words, preview: previewOf(view) }),
  };
  view.addController(sync);
  sync.hostUpdated();
  panel.addEventListener('choose', (event) => {
    Object.assign(host, (event as CustomEvent<ChosenBackground>).detail);
  });
  panel.addEventListener('close', () => view.removeController(sync), { once: true });
  signal.addEventListener('abort', () => panel.remove(), { once: true });
  view.renderRoot.append(panel);
}

/** The local video as it is sent. */
function previewOf({ state, media }: CallView): BackgroundPanel['preview'] {
  const { camera, facingMode } = state.local;
  const id = isActive(state) ? state.selfId : localIdBeforeJoin;
  const stream = camera.actual ? media?.streamOf(id, 'camera') : null;
  return stream ? { stream, mirrored: facingMode === 'user' } : null;
}
