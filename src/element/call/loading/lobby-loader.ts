import { html } from 'lit';
import { loadChunk } from '../../../base/load-chunk.js';
import { announceLoadFailure } from '../../../ui/base/load-failure.js';
import type { LobbyOptions } from '../lobby.js';

/** Shows the lobby, or an error with a retry button if it does not load. Never joins without it. */
export function loadLobby(options: LobbyOptions): void {
  const { view, signal } = options;
  loadChunk('lobby', () => import('../lobby.js')).then(
    ({ openLobby }) => {
      if (!signal.aborted && view.state.phase === 'idle') openLobby(options);
    },
    (error: unknown) => {
      announceLoadFailure(view, error);
      const again = (): void => {
        delete view.lobby;
        loadLobby(options);
      };
      view.lobby = () =>
        html`<div class="middle">
          <div class="card" role="alert">
            <p>${view.words.failedLOADING()}</p>
            <button class="pill primary" @click=${again}>${view.words.tryAgain()}</button>
          </div>
        </div>`;
    },
  );
}
