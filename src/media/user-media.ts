import { loadChunk } from '../base/load-chunk.js';
import { asCallError } from '../domain/call-error.js';
import { capture, stopTracks } from './capture.js';
import { mediaConstraints, type UserMediaRequest } from './media-constraints.js';
import { canBeAsked, mediaSources, type AskForMedia, type UserMedia } from './media-sources.js';

/**
 * Opens microphone and camera with one prompt for both. When together they fail, each is tried alone, so that a
 * missing camera does not cost the microphone. A device that has vanished is replaced by any other, unless
 * it is wanted `exactly`.
 * Aborted, it resolves at once with neither, and leaves no device running.
 */
export async function openUserMedia(
  request: UserMediaRequest,
  { signal, exactly = false }: { readonly signal?: AbortSignal; readonly exactly?: boolean } = {},
): Promise<UserMedia> {
  const opened: MediaStream[] = [];
  const ask: AskForMedia = async (wanted) => {
    const constraints = mediaConstraints(wanted);
    const stream = await capture(() => navigator.mediaDevices.getUserMedia(constraints), signal);
    opened.push(stream);
    return tracksOf(stream);
  };
  const result = await open(request, ask, exactly);
  if (!signal?.aborted) return result;
  opened.forEach(stopTracks);
  return {};
}

/** What a failure means, and what can be had all the same, is told by code that most calls never need. */
async function open(request: UserMediaRequest, ask: AskForMedia, exactly: boolean): Promise<UserMedia> {
  const wanted = mediaSources.filter((source) => request[source]);
  if (wanted.length === 0) return {};
  let failure: unknown;
  try {
    if (wanted.every(canBeAsked)) return await ask(request);
  } catch (error) {
    failure = error;
  }
  try {
    const { openDespite } = await loadChunk('open-despite', () => import('./open-despite.js'));
    return await openDespite(failure, request, ask, { exactly });
  } catch (cause) {
    return Object.fromEntries(wanted.map((source) => [source, asCallError(cause, 'MEDIA_FAILED')]));
  }
}

function tracksOf(stream: MediaStream): UserMedia {
  const [microphone] = stream.getAudioTracks();
  const [camera] = stream.getVideoTracks();
  return { ...(microphone && { microphone }), ...(camera && { camera }) };
}
