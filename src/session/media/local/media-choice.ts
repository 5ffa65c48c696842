import type { UserMediaRequest } from '../../../media/capture/media-constraints.js';
import type { CallSettings } from '../../../settings/setting-rows.js';

/** The microphone or camera to use; an empty choice is the system default. */
export interface MediaChoice {
  readonly deviceId?: string | undefined;
  readonly facingMode?: 'user' | 'environment' | undefined;
}

/** Ids of the system default. Chromium lists `default` as a device. */
const defaultIds: readonly unknown[] = ['default', ''];

export function isSystemDefault(deviceId: unknown): boolean {
  return defaultIds.includes(deviceId);
}

export function choiceOf(deviceId: string): MediaChoice {
  return isSystemDefault(deviceId) ? {} : { deviceId };
}

export function isSameChoice(one: MediaChoice, other: MediaChoice): boolean {
  return one.deviceId === other.deviceId && one.facingMode === other.facingMode;
}

/** Converts a choice to a request for `openUserMedia`. */
export function requestOf({ deviceId, facingMode }: MediaChoice): {
  readonly deviceId?: string;
  readonly facingMode?: 'user' | 'environment';
} {
  return { ...(deviceId !== undefined && { deviceId }), ...(facingMode && { facingMode }) };
}

/** Whether the settings start the call with the camera on. */
export function startsWithCamera({ audioOnly, startWithVideoMuted }: CallSettings): boolean {
  return !audioOnly && !startWithVideoMuted;
}

/** What the settings open at the start of a call. */
export function initialRequest(settings: CallSettings): UserMediaRequest {
  const { startWithAudioMuted, audioInputDeviceId, videoInputDeviceId } = settings;
  return {
    ...(!startWithAudioMuted && { microphone: requestOf(choiceOf(audioInputDeviceId)) }),
    ...(startsWithCamera(settings) && { camera: requestOf(choiceOf(videoInputDeviceId)) }),
  };
}
