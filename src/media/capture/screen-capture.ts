import { nanoid } from 'nanoid';
import { setErrorMessages } from '../../domain/call-error.js';
import { capture } from './abortable-capture.js';
import { hasMediaDevices } from '../devices/has-media-devices.js';
import { mediaError, mediaFailure } from './media-failure.js';

setErrorMessages({
  SCREEN_AUDIO_DROPPED:
    'The sound of the shared screen is left out: it would send the others back to themselves.',
});

/** A shared screen, window or tab. */
export interface ScreenCapture {
  readonly video: MediaStreamTrack;
  /** The sound of what is shared, where the browser gives it and it is not the call itself. */
  readonly audio: MediaStreamTrack | null;
  /** There was sound, but it would have sent the others back to themselves. */
  readonly audioDropped: boolean;
}

/** Newer members of the screen capture API, which TypeScript's library does not know yet. */
interface ScreenOptions extends DisplayMediaStreamOptions {
  readonly audio: MediaTrackConstraints & { readonly restrictOwnAudio: boolean };
  readonly systemAudio: 'include' | 'exclude';
  readonly windowAudio: 'exclude' | 'window' | 'system';
  readonly surfaceSwitching: 'include' | 'exclude';
  readonly selfBrowserSurface: 'include' | 'exclude';
  readonly monitorTypeSurfaces: 'include' | 'exclude';
}

interface CaptureHandle {
  readonly handle: string;
}

type CapturedTrack = MediaStreamTrack & { getCaptureHandle?(): CaptureHandle | null };

/** Whether this browser has screen sharing at all; most phones have not. */
export function canShareScreen(): boolean {
  return (
    typeof navigator !== 'undefined' &&
    hasMediaDevices() &&
    typeof (navigator.mediaDevices as Partial<MediaDevices>).getDisplayMedia === 'function'
  );
}

/**
 * Asks the user for a screen, window or tab. Needs a click or key press. Sound that could contain the call itself is
 * dropped: the others must not hear themselves. Rejects with a CallError.
 */
export async function openScreen({ signal }: { readonly signal: AbortSignal }): Promise<ScreenCapture> {
  if (!canShareScreen())
    throw mediaError(isSecureContext ? 'SCREEN_SHARE_UNSUPPORTED' : 'MEDIA_INSECURE', 'screen');
  const ownHandle = markOwnTab();
  const stream = await askForScreen(signal);
  const [video] = stream.getVideoTracks();
  const [audio] = stream.getAudioTracks();
  if (!video) throw mediaError('MEDIA_FAILED', 'screen');
  // Text must stay sharp; a lower frame rate is the better price.
  video.contentHint = 'detail';
  if (!audio) return { video, audio: null, audioDropped: false };
  if (containsCall(video, audio, ownHandle)) {
    audio.stop();
    return { video, audio: null, audioDropped: true };
  }
  audio.contentHint = 'music';
  muteWhileOwnTab(video, audio, ownHandle, signal);
  return { video, audio, audioDropped: false };
}

async function askForScreen(signal: AbortSignal): Promise<MediaStream> {
  try {
    return await capture(() => navigator.mediaDevices.getDisplayMedia(screenOptions()), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw mediaFailure(error, 'screen');
  }
}

function screenOptions(): ScreenOptions {
  const { restrictOwnAudio } = navigator.mediaDevices.getSupportedConstraints() as {
    restrictOwnAudio?: boolean;
  };
  return {
    video: { frameRate: { ideal: 30, max: 30 } },
    audio: {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      restrictOwnAudio: true,
    },
    // Without the restriction the sound of the system would be dropped: better not to offer it.
    systemAudio: restrictOwnAudio ? 'include' : 'exclude',
    windowAudio: 'window',
    surfaceSwitching: 'include',
    selfBrowserSurface: 'exclude',
    monitorTypeSurfaces: 'include',
  };
}

/** Gives this tab a name that a capture of it carries; `undefined` where the browser cannot (also in frames). */
function markOwnTab(): string | undefined {
  const devices = navigator.mediaDevices as MediaDevices & {
    setCaptureHandleConfig?(config: { handle: string; permittedOrigins: string[] }): void;
  };
  if (!devices.setCaptureHandleConfig || window.top !== window) return undefined;
  const handle = nanoid();
  devices.setCaptureHandleConfig({ handle, permittedOrigins: [location.origin] });
  return handle;
}

/** Whether the captured sound could contain the voices of the call. In doubt it does. */
function containsCall(video: CapturedTrack, audio: MediaStreamTrack, ownHandle: string | undefined): boolean {
  const { restrictOwnAudio } = audio.getSettings() as { readonly restrictOwnAudio?: boolean };
  if (restrictOwnAudio) return false;
  return video.getSettings().displaySurface !== 'browser' || isOwnTab(video, ownHandle);
}

function isOwnTab(video: CapturedTrack, ownHandle: string | undefined): boolean {
  return ownHandle !== undefined && video.getCaptureHandle?.()?.handle === ownHandle;
}

/** The user may later move the share to another tab, the one of the call included. */
function muteWhileOwnTab(
  video: MediaStreamTrack,
  audio: MediaStreamTrack,
  ownHandle: string | undefined,
  signal: AbortSignal,
): void {
  const check = (): void => {
    audio.enabled = !containsCall(video, audio, ownHandle);
  };
  for (const event of ['capturehandlechange', 'configurationchange'])
    video.addEventListener(event, check, { signal });
}
