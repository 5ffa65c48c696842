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
  /** Another device will not do. */
  readonly exactly: boolean;
}

/** Opens what can be had although the request, with `error`, could not; the rest is told why. */
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
  // They cannot be had whatever the user says; the others need not fail with them.
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

/** Both were asked for at once and failed: finds out which of them can be had. */
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
  // Dismissed, or both refused: asking again would only press the user.
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

/** A single source failed: takes another device for one that has vanished meanwhile. */
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

/** The failure of each source; a refusal does not say by whom, so its cause is looked for. */
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
