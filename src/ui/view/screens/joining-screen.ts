import { html, nothing, type TemplateResult } from 'lit';
import type { CallState } from '../../../domain/call/call-state.js';
import { showStream } from '../../base/show-stream.js';
import type { Words } from '../../words/words.js';
import { localIdBeforeJoin } from '../../../domain/call/participant.js';
import type { CallMedia } from '../call-media.js';

/** What the user sees while joining: their own video, and that the call is being joined. */
export function joiningScreen(
  { camera, facingMode }: CallState['local'],
  media: CallMedia | undefined,
  words: Words,
): TemplateResult {
  const stream = camera.actual ? media?.streamOf(localIdBeforeJoin, 'camera') : null;
  return html`<div part="joining" class="joining">
    ${
      stream
        ? html`<video
            class="preview ${facingMode === 'user' ? 'mirrored' : ''}"
            aria-hidden="true"
            playsinline
            autoplay
            .muted=${true}
            ${showStream(stream)}
          ></video>`
        : nothing
    }
    <div class="progress" role="status"><span class="spinner"></span>${words.joining()}</div>
  </div>`;
}
