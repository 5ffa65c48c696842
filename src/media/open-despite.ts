import { CallError } from '../domain/call-error.js';
import { anyDevice, type UserMediaRequest } from './media-constraints.js';
import { mediaFailure, mediaPreflight, permission } from './media-failure.js';
import {
  canBeAsked,
  mediaSources,
  type AskForMedia,
  type MediaSource,
  type UserMedia,
} from './media-sources.js';

interface OpenOptions {
  /** Another device will not do. */
  readonly exactly: boolean;
}

/** Opens what can be had although the request, with `error`, could not; the rest is told why. */
export async function openDespite(
  error: unknown,
  request: UserMediaRequest,
  ask: AskForMedia,
  { exactly }: OpenOptions = { exactly: false },
): Promise<UserMedia> {
  if (exactly && error !== undefined) return nameFailures(request, error);
  const askable = pick(request, canBeAsked);
  if (Object.keys(askable).length === Object.keys(request).length) return openAfter(error, request, ask);
  // They cannot be had whatever the user says; the others need not fail with them.
  const barred = pick(request, (source) => !canBeAsked(source));
  return { ...failures(barred, new DOMException('', 'NotAllowedError')), ...(await openAll(askable, ask)) };
}

async function openAll(request: UserMediaRequest, ask: AskForMedia): Promise<UserMedia> {
  if (!request.microphone && !request.camera) return {};
  try {
    return await ask(request);
  } catch (error) {
    return openAfter(error, request, ask);
  }
}

function openAfter(error: unknown, request: UserMediaRequest, ask: AskForMedia): Promise<UserMedia> {
  return request.microphone && request.camera
    ? openEach(request, error, ask)
    : openOther(request, error, ask);
}

/** Both were asked for at once and failed: finds out which of them can be had. */
async function openEach(request: UserMediaRequest, error: unknown, ask: AskForMedia): Promise<UserMedia> {
  if (mediaFailure(error, 'camera').code !== 'MEDIA_DENIED') {
    const each = mediaSources.map((one) =>
      openAll(
        pick(request, (source) => source === one),
        ask,
      ),
    );
    return (await Promise.all(each)).reduce((all, one) => ({ ...all, ...one }), {});
  }
  const denied = { microphone: await isDenied('microphone'), camera: await isDenied('camera') };
  // Dismissed, or both refused: asking again would only press the user.
  if (denied.microphone === denied.camera) return nameFailures(request, error);
  return {
    ...(await nameFailures(
      pick(request, (source) => denied[source]),
      error,
    )),
    ...(await openAll(
      pick(request, (source) => !denied[source]),
      ask,
    )),
  };
}

/** A single source failed: takes another device for one that has vanished meanwhile. */
async function openOther(request: UserMediaRequest, error: unknown, ask: AskForMedia): Promise<UserMedia> {
  const vanished = asksForDevice(request) && mediaFailure(error, 'camera').code === 'MEDIA_NOT_FOUND';
  return vanished ? openAll(anyDevice(request), ask) : nameFailures(request, error);
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
async function nameFailures(request: UserMediaRequest, error: unknown): Promise<UserMedia> {
  const named = failures(request, error);
  const found = await Promise.all(
    mediaSources
      .filter((source) => codeOf(named[source]) === 'MEDIA_DENIED')
      .map(async (source) => [source, (await mediaPreflight(source)) ?? named[source]] as const),
  );
  return { ...named, ...Object.fromEntries(found) };
}

function codeOf(result: MediaStreamTrack | CallError | undefined): string | undefined {
  return result instanceof CallError ? result.code : undefined;
}

async function isDenied(source: MediaSource): Promise<boolean> {
  return (await permission(source)) === 'denied';
}
