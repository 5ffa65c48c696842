import { html, type TemplateResult } from 'lit';
import { loadChunk } from '../../../base/load-chunk.js';
import type { Words } from '../../words/words.js';

/** Loads what is shown after the call: it is not needed before. */
export const loadEndedScreen = () => loadChunk('ended-screen', () => import('./ended-screen.js'));

/** What is shown after the call where that cannot be loaded. */
export function plainEndedScreen(words: Words, rejoin: () => void): TemplateResult {
  return html`<div part="ended" class="card" role="status">
    <h2>${words.endedByServer()}</h2>
    <button part="rejoin" class="pill primary" @click=${rejoin}>${words.rejoin()}</button>
  </div>`;
}
