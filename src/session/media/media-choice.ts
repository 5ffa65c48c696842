/** Which microphone or camera is to be used; none named: the system's default. */
export interface MediaChoice {
  readonly deviceId?: string | undefined;
  readonly facingMode?: 'user' | 'environment' | undefined;
}

/** What Chromium lists as a device of its own, and every setter takes. */
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

/** A choice as a request for `openUserMedia`. */
export function requestOf({ deviceId, facingMode }: MediaChoice): {
  readonly deviceId?: string;
  readonly facingMode?: 'user' | 'environment';
} {
  return { ...(deviceId !== undefined && { deviceId }), ...(facingMode && { facingMode }) };
}
