import { loadChunk } from '../../base/load-chunk.js';
import { asCallError } from '../../domain/call-error.js';
import { capture, stopTracks } from './abortable-capture.js';
import type { EarlyCapture } from './early-capture.js';
import { mediaConstraints, type UserMediaRequest } from './media-constraints.js';
import { canRequest, mediaSources, type RequestMedia, type UserMedia } from './media-sources.js';

export interface OpenUserMediaOptions {
  readonly signal?: AbortSignal;
  /** Only the requested devices are acceptable. */
  readonly exactly?: boolean;
  /** A request that was made earlier; used if it asked for the same devices. */
  readonly early?: Pick<EarlyCapture, 'take'> | undefined;
}

/**
 * Opens microphone and camera with one prompt for both. If that fails, each is tried alone, so that a missing camera does
 * not prevent audio. A missing device is replaced by any other, unless `exactly` is set. Failures are CallErrors in the
 * result. If aborted, resolves at once without tracks and leaves no device running.
 */
export async function openUserMedia(
  request: UserMediaRequest,
  { signal, exactly = false, early }: OpenUserMediaOptions = {},
): Promise<UserMedia> {
  const opened: MediaStream[] = [];
  const getMedia: RequestMedia = async (wanted) => {
    const constraints = mediaConstraints(wanted);
    const request = () => early?.take(constraints) ?? navigator.mediaDevices.getUserMedia(constraints);
    const stream = await capture(request, signal);
    opened.push(stream);
    return tracksOf(stream);
  };
  const result = await open(request, getMedia, exactly);
  if (!signal?.aborted) return result;
  opened.forEach(stopTracks);
  return {};
}

/** Loads the fallback code only after a failure: most calls never need it. */
async function open(request: UserMediaRequest, getMedia: RequestMedia, exactly: boolean): Promise<UserMedia> {
  const wanted = mediaSources.filter((source) => request[source]);
  if (wanted.length === 0) return {};
  let failure: unknown;
  try {
    if (wanted.every(canRequest)) return await getMedia(request);
  } catch (error) {
    failure = error;
  }
  try {
    const { openAvailable } = await loadChunk('open-despite', () => import('./get-user-media-fallback.js'));
    return await openAvailable(failure, request, getMedia, { exactly });
  } catch (cause) {
    return Object.fromEntries(wanted.map((source) => [source, asCallError(cause, 'MEDIA_FAILED')]));
  }
}

function tracksOf(stream: MediaStream): UserMedia {
  const [microphone] = stream.getAudioTracks();
  const [camera] = stream.getVideoTracks();
  return { ...(microphone && { microphone }), ...(camera && { camera }) };
}
