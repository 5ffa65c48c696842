import { CallError } from '../domain/call-error.js';
import { capture, stopTracks } from './capture.js';
import { anyDevice, mediaConstraints, type UserMediaRequest } from './media-constraints.js';
import { hasMediaDevices, mediaFailure, mediaPreflight, permission } from './media-failure.js';
import { pageAllows } from './page-policy.js';

/** What came of each wanted source. Which device it is, `track.getSettings().deviceId` tells. */
export interface UserMedia {
  readonly microphone?: MediaStreamTrack | CallError;
  readonly camera?: MediaStreamTrack | CallError;
}

type Source = 'microphone' | 'camera';

/** Asks the browser, once. */
type Ask = (request: UserMediaRequest) => Promise<UserMedia>;

const sources = ['microphone', 'camera'] as const;

/**
 * Opens microphone and camera with one prompt for both. When together they fail, each is tried alone, so that a
 * missing camera does not cost the microphone. A device that has vanished is replaced by any other.
 * Aborted, it resolves at once with neither, and leaves no device running.
 */
export async function openUserMedia(
  request: UserMediaRequest,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<UserMedia> {
  const opened: MediaStream[] = [];
  const ask: Ask = async (wanted) => {
    const constraints = mediaConstraints(wanted);
    const stream = await capture(() => navigator.mediaDevices.getUserMedia(constraints), signal);
    opened.push(stream);
    return tracksOf(stream);
  };
  const result = await open(request, ask);
  if (!signal?.aborted) return result;
  opened.forEach(stopTracks);
  return {};
}

async function open(request: UserMediaRequest, ask: Ask): Promise<UserMedia> {
  const refused = refusedByPage(request);
  const askable = pick(request, (source) => !refused[source]);
  return { ...refused, ...(await openAll(askable, ask)) };
}

/** The sources that cannot be had whatever the user says; the others need not fail with them. */
function refusedByPage(request: UserMediaRequest): UserMedia {
  const refused = pick(request, (source) => !hasMediaDevices() || pageAllows(source) === false);
  return failures(refused, new DOMException('', 'NotAllowedError'));
}

async function openAll(request: UserMediaRequest, ask: Ask): Promise<UserMedia> {
  if (!request.microphone && !request.camera) return {};
  try {
    return await ask(request);
  } catch (error) {
    return request.microphone && request.camera
      ? openEach(request, error, ask)
      : openOther(request, error, ask);
  }
}

/** Both were asked for at once and failed: finds out which of them can be had. */
async function openEach(request: UserMediaRequest, error: unknown, ask: Ask): Promise<UserMedia> {
  if (mediaFailure(error, 'camera').code !== 'MEDIA_DENIED') {
    const each = sources.map((one) =>
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
async function openOther(request: UserMediaRequest, error: unknown, ask: Ask): Promise<UserMedia> {
  const vanished = asksForDevice(request) && mediaFailure(error, 'camera').code === 'MEDIA_NOT_FOUND';
  return vanished ? openAll(anyDevice(request), ask) : nameFailures(request, error);
}

function tracksOf(stream: MediaStream): UserMedia {
  const [microphone] = stream.getAudioTracks();
  const [camera] = stream.getVideoTracks();
  return { ...(microphone && { microphone }), ...(camera && { camera }) };
}

function asksForDevice(request: UserMediaRequest): boolean {
  return sources.some((source) => request[source]?.deviceId !== undefined);
}

function pick(request: UserMediaRequest, wanted: (source: Source) => boolean): UserMediaRequest {
  return Object.fromEntries(
    sources.filter((source) => request[source] && wanted(source)).map((source) => [source, request[source]]),
  );
}

function failures(request: UserMediaRequest, error: unknown): UserMedia {
  return Object.fromEntries(
    sources.filter((source) => request[source]).map((source) => [source, mediaFailure(error, source)]),
  );
}

/** The failure of each source; a refusal does not say by whom, so its cause is looked for. */
async function nameFailures(request: UserMediaRequest, error: unknown): Promise<UserMedia> {
  const named = failures(request, error);
  const found = await Promise.all(
    sources
      .filter((source) => codeOf(named[source]) === 'MEDIA_DENIED')
      .map(async (source) => [source, (await mediaPreflight(source)) ?? named[source]] as const),
  );
  return { ...named, ...Object.fromEntries(found) };
}

function codeOf(result: MediaStreamTrack | CallError | undefined): string | undefined {
  return result instanceof CallError ? result.code : undefined;
}

async function isDenied(source: Source): Promise<boolean> {
  return (await permission(source)) === 'denied';
}
