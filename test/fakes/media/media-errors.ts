/** What Chromium and Firefox really throw, by what happened (read off both browsers and their sources). */
export const mediaErrors = {
  chromium: {
    refused: () => new DOMException('Permission denied', 'NotAllowedError'),
    dismissed: () => new DOMException('Permission dismissed', 'NotAllowedError'),
    refusedBySystem: () => new DOMException('Permission denied by system', 'NotAllowedError'),
    refusedByPage: () =>
      new DOMException(
        "Failed to execute 'getDisplayMedia' on 'MediaDevices': Access to the feature \"display-capture\" is disallowed by permissions policy.",
        'NotAllowedError',
      ),
    missing: () => new DOMException('Requested device not found', 'NotFoundError'),
    vanished: () => overconstrained('deviceId', ''),
    inUse: () => new DOMException('Could not start video source', 'NotReadableError'),
    timedOut: () => new DOMException('Timeout starting video source', 'AbortError'),
  },
  firefox: {
    refused: () =>
      new DOMException(
        'The request is not allowed by the user agent or the platform in the current context.',
        'NotAllowedError',
      ),
    missing: () => new DOMException('The object can not be found here.', 'NotFoundError'),
    vanished: () => overconstrained('deviceId', 'Constraints could not be satisfied.'),
    inUse: () => new DOMException('Failed to allocate videosource', 'NotReadableError'),
    timedOut: () => new DOMException('Starting videoinput failed', 'AbortError'),
  },
} as const;

function overconstrained(constraint: string, message: string): unknown {
  // Not an Error in older browsers, and nowhere constructible without its constraint.
  return { name: 'OverconstrainedError', message, constraint };
}
