import { isActive } from '../../domain/call/call-state.js';
import { localIdBeforeJoin } from '../../ui/view/call-media.js';
import type { CallView } from '../../ui/view/call-view.js';
import '../../ui/backgrounds/background-panel.js';
import type { BackgroundPanel, ChosenBackground } from '../../ui/backgrounds/background-panel.js';
import type { SettingProperties } from '../host/setting-properties.js';

interface BackgroundsOptions {
  readonly host: SettingProperties;
  readonly view: CallView;
  readonly signal: AbortSignal;
}

/** Opens or closes the choice of a background; what is chosen becomes a setting of the element. */
export function showBackgrounds(shown: boolean, { host, view, signal }: BackgroundsOptions): void {
  const openPanel = view.renderRoot.querySelector('cometchat-call-backgrounds');
  if (!shown) return openPanel?.close();
  if (openPanel || signal.aborted || view.settings.backgroundChoices === 'none') return;
  const panel: BackgroundPanel = document.createElement('cometchat-call-backgrounds');
  // The settings change while it is open, also by themselves: a background may be given up.
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

/** The own picture as others get it. */
function previewOf({ state, media }: CallView): BackgroundPanel['preview'] {
  const { camera, facingMode } = state.local;
  const id = isActive(state) ? state.selfId : localIdBeforeJoin;
  const stream = camera.actual ? media?.streamOf(id, 'camera') : null;
  return stream ? { stream, mirrored: facingMode === 'user' } : null;
}
