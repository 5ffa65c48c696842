import { CallError } from '../../domain/call-error.js';
import { anyDevice, type UserMediaRequest } from './media-constraints.js';
import { mediaFailure, mediaPreflight, permission } from './media-failure.js';
import {
  canRequest,
  mediaSources,
  type RequestMedia,
  type MediaSource,
  type UserMedia,
} from './media-sources.js';

interface OpenOptions {
  /** Whether only the requested device is acceptable. */
  readonly exactly: boolean;
}

/** After a request failed with `error`, opens the sources that are available, and returns a CallError for the others. */
export async function openAvailable(
  error: unknown,
  request: UserMediaRequest,
  getMedia: RequestMedia,
  { exactly }: OpenOptions = { exactly: false },
): Promise<UserMedia> {
  if (exactly && error !== undefined) return describeFailures(request, error);
  const requestable = pick(request, canRequest);
  if (Object.keys(requestable).length === Object.keys(request).length)
    return openAfterFailure(error, request, getMedia);
  // The permissions policy blocks these sources, so the user is not asked; the others may still open.
  const blocked = pick(request, (source) => !canRequest(source));
  return {
    ...failures(blocked, new DOMException('', 'NotAllowedError')),
    ...(await openAll(requestable, getMedia)),
  };
}

async function openAll(request: UserMediaRequest, getMedia: RequestMedia): Promise<UserMedia> {
  if (!request.microphone && !request.camera) return {};
  try {
    return await getMedia(request);
  } catch (error) {
    return openAfterFailure(error, request, getMedia);
  }
}

function openAfterFailure(
  error: unknown,
  request: UserMediaRequest,
  getMedia: RequestMedia,
): Promise<UserMedia> {
  return request.microphone && request.camera
    ? openEach(request, error, getMedia)
    : openSingle(request, error, getMedia);
}

/** Retries each source alone after the combined request failed. */
async function openEach(
  request: UserMediaRequest,
  error: unknown,
  getMedia: RequestMedia,
): Promise<UserMedia> {
  if (mediaFailure(error, 'camera').code !== 'MEDIA_DENIED') {
    const each = mediaSources.map((other) =>
      openAll(
        pick(request, (source) => source === other),
        getMedia,
      ),
    );
    return (await Promise.all(each)).reduce((all, other) => ({ ...all, ...other }), {});
  }
  const denied = { microphone: await isDenied('microphone'), camera: await isDenied('camera') };
  // The user dismissed the prompt or denied both: do not prompt again.
  if (denied.microphone === denied.camera) return describeFailures(request, error);
  return {
    ...(await describeFailures(
      pick(request, (source) => denied[source]),
      error,
    )),
    ...(await openAll(
      pick(request, (source) => !denied[source]),
      getMedia,
    )),
  };
}

/** Retries a single source with any device, if the requested device is gone. */
async function openSingle(
  request: UserMediaRequest,
  error: unknown,
  getMedia: RequestMedia,
): Promise<UserMedia> {
  const vanished = asksForDevice(request) && mediaFailure(error, 'camera').code === 'MEDIA_NOT_FOUND';
  return vanished ? openAll(anyDevice(request), getMedia) : describeFailures(request, error);
}

function asksForDevice(request: UserMediaRequest): boolean {
  return mediaSources.some((source) => request[source]?.deviceId !== undefined);
}

function pick(request: UserMediaRequest, wanted: (source: MediaSource) => boolean): UserMediaRequest {
  return Object.fromEntries(
    mediaSources
      .filter((source) => request[source] && wanted(source))
      .map((source) => [source, request[source]]),
  );
}

function failures(request: UserMediaRequest, error: unknown): UserMedia {
  return Object.fromEntries(
    mediaSources.filter((source) => request[source]).map((source) => [source, mediaFailure(error, source)]),
  );
}

/** Describes the failure of each source. A denial does not name its cause, so the cause is determined here. */
async function describeFailures(request: UserMediaRequest, error: unknown): Promise<UserMedia> {
  const described = failures(request, error);
  const found = await Promise.all(
    mediaSources
      .filter((source) => codeOf(described[source]) === 'MEDIA_DENIED')
      .map(async (source) => [source, (await mediaPreflight(source)) ?? described[source]] as const),
  );
  return { ...described, ...Object.fromEntries(found) };
}

function codeOf(result: MediaStreamTrack | CallError | undefined): string | undefined {
  return result instanceof CallError ? result.code : undefined;
}

async function isDenied(source: MediaSource): Promise<boolean> {
  return (await permission(source)) === 'denied';
}
