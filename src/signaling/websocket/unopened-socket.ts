import { CallError } from '../../domain/call-error.js';

/** The timeout of a check, in ms. */
const timeouts = 3000;

/**
 * Finds out over HTTP why a socket failed to open, which browsers do not report. Resolves with SERVER_UNREACHABLE or
 * SERVER_NOT_FOUND, or with `undefined` if the cause is temporary. Never rejects.
 */
export async function whyUnopened(
  socketUrl: string,
  { signal }: { readonly signal: AbortSignal },
): Promise<CallError | undefined> {
  if (globalThis.navigator?.onLine === false) return undefined;
  const url = socketUrl.replace(/^ws/, 'http').replace(/(signal|ring)$/, '');
  const options = { cache: 'no-store', credentials: 'omit', signal: limited(signal) } as const;
  const answer = await fetch(`${url}healthz`, options).catch(() => undefined);
  if (signal.aborted) return undefined;
  if (!answer) {
    // A foreign server without CORS headers still answers an opaque request.
    const isThere = await fetch(url, { ...options, mode: 'no-cors' }).then(
      () => true,
      () => false,
    );
    return isThere ? notFound(url) : unanswered(url);
  }
  const { status } = answer;
  if (status === 429 || status >= 500) return undefined;
  const health = (await answer.json().catch(() => undefined)) as { readonly status?: unknown } | undefined;
  if (health?.status !== 'ok') return notFound(url, status);
  return new CallError('SERVER_UNREACHABLE', {
    message:
      'The call server is there, but WebSockets do not get through to it. Does the proxy pass them on?',
    details: { url, reason: 'websocket' },
  });
}

function unanswered(url: string): CallError {
  return new CallError('SERVER_UNREACHABLE', {
    message: `Nothing answers at ${url}. Check the address and the network.`,
    details: { url, reason: 'no-answer' },
  });
}

function notFound(url: string, status?: number): CallError {
  return new CallError('SERVER_NOT_FOUND', {
    message: `There is no call server at ${url}.`,
    details: { url, ...(status !== undefined && { status }) },
  });
}

function limited(signal: AbortSignal): AbortSignal {
  const late = AbortSignal.timeout(timeouts);
  return typeof AbortSignal.any === 'function' ? AbortSignal.any([signal, late]) : late;
}
