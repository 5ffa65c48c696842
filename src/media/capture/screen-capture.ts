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
  /** The shared audio, if available and free of the call's own audio. */
  readonly audio: MediaStreamTrack | null;
  /** Whether audio was dropped to prevent an echo of the participants. */
  readonly audioDropped: boolean;
}

/** Newer members of the screen capture API, missing in TypeScript's DOM library. */
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

/** Whether this browser supports screen sharing; most phones do not. */
export function canShareScreen(): boolean {
  return (
    typeof navigator !== 'undefined' &&
    hasMediaDevices() &&
    typeof (navigator.mediaDevices as Partial<MediaDevices>).getDisplayMedia === 'function'
  );
}

/**
 * Asks the user for a screen, window or tab. Requires a user gesture. Drops audio that could contain the call, so that
 * participants do not hear themselves. Rejects with a CallError.
 */
export async function openScreen({ signal }: { readonly signal: AbortSignal }): Promise<ScreenCapture> {
  if (!canShareScreen())
    throw mediaError(isSecureContext ? 'SCREEN_SHARE_UNSUPPORTED' : 'MEDIA_INSECURE', 'screen');
  const ownHandle = markOwnTab();
  const stream = await askForScreen(signal);
  const [video] = stream.getVideoTracks();
  const [audio] = stream.getAudioTracks();
  if (!video) throw mediaError('MEDIA_FAILED', 'screen');
  // Keeps text sharp at the cost of the frame rate.
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
    // Without `restrictOwnAudio`, system audio would be dropped afterwards, so it is not offered.
    systemAudio: restrictOwnAudio ? 'include' : 'exclude',
    windowAudio: 'window',
    surfaceSwitching: 'include',
    selfBrowserSurface: 'exclude',
    monitorTypeSurfaces: 'include',
  };
}

/** Sets a capture handle on this tab, to recognize a capture of it; `undefined` where unsupported (also in frames). */
function markOwnTab(): string | undefined {
  const devices = navigator.mediaDevices as MediaDevices & {
    setCaptureHandleConfig?(config: { handle: string; permittedOrigins: string[] }): void;
  };
  if (!devices.setCaptureHandleConfig || window.top !== window) return undefined;
  const handle = nanoid();
  devices.setCaptureHandleConfig({ handle, permittedOrigins: [location.origin] });
  return handle;
}

/** Whether the captured audio could contain the call. In doubt, `true`. */
function containsCall(video: CapturedTrack, audio: MediaStreamTrack, ownHandle: string | undefined): boolean {
  const { restrictOwnAudio } = audio.getSettings() as { readonly restrictOwnAudio?: boolean };
  if (restrictOwnAudio) return false;
  return video.getSettings().displaySurface !== 'browser' || isOwnTab(video, ownHandle);
}

function isOwnTab(video: CapturedTrack, ownHandle: string | undefined): boolean {
  return ownHandle !== undefined && video.getCaptureHandle?.()?.handle === ownHandle;
}

/** Mutes the captured audio while the user shares the tab of the call itself. */
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
