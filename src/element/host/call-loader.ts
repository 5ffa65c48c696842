import { loadChunk } from '../../base/load-chunk.js';
import { EarlyCapture } from '../../media/capture/early-capture.js';
import { initialRequest } from '../../session/media/local/media-choice.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import type { CallConnection } from './call-connection.js';

/** Loads the code of the call. Rejects with a ChunkLoadError. */
export const loadRuntime = () => loadChunk('call-runtime', () => import('../call/call-runtime.js'));

/** Requests microphone and camera while that code loads; nothing for a viewer, also one by the role in the token. */
export function captureEarly(
  connection: CallConnection,
  settings: CallSettings,
  options: { readonly signal: AbortSignal },
): EarlyCapture | undefined {
  const mayView = settings.presentation === 'viewer' || viewerText.test(JSON.stringify(connection));
  return mayView ? undefined : new EarlyCapture(initialRequest(settings), options);
}

/** `"viewer"` in base64, wherever it begins in a group of three bytes: a reader of tokens is too large for what every page loads. */
const viewerText = /InZpZXdlci|J2aWV3ZXIi|idmlld2VyI/;
