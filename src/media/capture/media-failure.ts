import { withTimeout } from '../../base/with-timeout.js';
import { CallError, type CallErrorCode } from '../../domain/call-error.js';
import type { LocalSource } from '../../domain/call/call-state.js';
import { hasMediaDevices } from '../devices/has-media-devices.js';
import { features, isFramed, pageAllows } from './permissions-policy.js';

/** The display name of each source, its permissions policy feature, and its name in the settings of operating systems. */
const sourceNames = {
  microphone: { name: 'microphone', feature: features.microphone, setting: 'microphone' },
  camera: { name: 'camera', feature: features.camera, setting: 'camera' },
  screen: { name: 'screen', feature: features.screen, setting: 'screen recording' },
} as const;

type SourceNames = (typeof sourceNames)[LocalSource];

/** A message for each cause: names the source and the remedy. */
const messages = {
  MEDIA_DENIED: ({ name }: SourceNames) =>
    `Access to the ${name} was refused. Allow it in the browser’s address bar, then try again.`,
  MEDIA_DENIED_BY_SYSTEM: ({ name, setting }: SourceNames) =>
    `The operating system does not let this browser use the ${name}. Allow it in the system’s privacy settings (${setting}), then try again.`,
  MEDIA_DENIED_BY_PAGE: ({ name, feature }: SourceNames) =>
    `The page does not allow this call to use the ${name}. Add allow="${feature}" to the frame around it, and let the Permissions-Policy header of the page permit it.`,
  MEDIA_INSECURE: ({ name }: SourceNames) =>
    `The ${name} can be used on secure pages only. Open this page by https, or from localhost.`,
  MEDIA_NOT_FOUND: ({ name }: SourceNames) =>
    `No ${name} was found. Connect one, or let the system’s privacy settings show it to this browser.`,
  MEDIA_IN_USE: ({ name }: SourceNames) =>
    `The ${name} could not be started: another program may be using it. Close that program, then try again.`,
  MEDIA_FAILED: ({ name }: SourceNames) => `The ${name} could not be opened. Try again.`,
  SCREEN_SHARE_CANCELLED: () => 'No screen was chosen, so nothing is shared.',
  SCREEN_SHARE_UNSUPPORTED: () => 'This browser cannot share a screen.',
} as const satisfies Partial<Record<CallErrorCode, (sourceNames: SourceNames) => string>>;

type MediaErrorCode = keyof typeof messages;

/** The cause behind a DOMException, where its name is enough to tell. */
const causes: Readonly<Record<string, MediaErrorCode>> = {
  NotFoundError: 'MEDIA_NOT_FOUND',
  OverconstrainedError: 'MEDIA_NOT_FOUND',
  NotReadableError: 'MEDIA_IN_USE',
  AbortError: 'MEDIA_IN_USE',
  SecurityError: 'MEDIA_INSECURE',
};

/** Creates the CallError for a failed source. */
export function mediaError(code: MediaErrorCode, source: LocalSource, cause?: unknown): CallError {
  return new CallError(code, { message: messages[code](sourceNames[source]), details: { source }, cause });
}

/** Converts an error of getUserMedia or getDisplayMedia, which differ between browsers, to a CallError. */
export function mediaFailure(error: unknown, source: LocalSource): CallError {
  if (error instanceof CallError) return error;
  if (!hasMediaDevices()) return mediaError(unavailableCode(source), source, error);
  const { name, message } = nameAndMessage(error);
  const code = name === 'NotAllowedError' ? refusalCode(message, source) : causes[name];
  return mediaError(code ?? 'MEDIA_FAILED', source, error);
}

/** Returns the error with which a request for `source` is certain to fail, or `null`. */
export async function mediaPreflight(source: LocalSource): Promise<CallError | null> {
  if (!hasMediaDevices()) return mediaError(unavailableCode(source), source);
  if (pageAllows(source) === false) return mediaError('MEDIA_DENIED_BY_PAGE', source);
  if (source === 'screen' || (await permission(source)) !== 'denied') return null;
  // In a cross-origin frame, Firefox and Safari do not report whether page or user denied.
  const byPage = isFramed() && pageAllows(source) === undefined;
  return mediaError(byPage ? 'MEDIA_DENIED_BY_PAGE' : 'MEDIA_DENIED', source);
}

/** Some browsers never answer while a prompt is open. */
const queryTimeoutMs = 2000;

/** The permission state of a source; `undefined` if the browser does not report it. */
export async function permission(source: 'microphone' | 'camera'): Promise<PermissionState | undefined> {
  try {
    return (await withTimeout(navigator.permissions.query({ name: source }), queryTimeoutMs)).state;
  } catch {
    // Older browsers do not support this permission name; only a request shows the state.
    return undefined;
  }
}

function unavailableCode(source: LocalSource): MediaErrorCode {
  if (!isSecureContext) return 'MEDIA_INSECURE';
  return source === 'screen' ? 'SCREEN_SHARE_UNSUPPORTED' : 'MEDIA_FAILED';
}

function refusalCode(message: string, source: LocalSource): MediaErrorCode {
  if (/by system/i.test(message)) return 'MEDIA_DENIED_BY_SYSTEM';
  if (/permissions policy/i.test(message) || pageAllows(source) === false) return 'MEDIA_DENIED_BY_PAGE';
  return source === 'screen' ? 'SCREEN_SHARE_CANCELLED' : 'MEDIA_DENIED';
}

function nameAndMessage(error: unknown): { readonly name: string; readonly message: string } {
  // OverconstrainedError is not an Error in every browser.
  const { name, message } = (error ?? {}) as { readonly name?: unknown; readonly message?: unknown };
  return { name: typeof name === 'string' ? name : '', message: typeof message === 'string' ? message : '' };
}
