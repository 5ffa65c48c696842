import { CallError } from '../domain/call-error.js';

/** The security rule of the page that blocks the connection to the server. */
export type BlockedReason = 'connect-src' | 'mixed-content';

/** Calls `blocked` when the Content-Security-Policy blocks `url`. Browsers report this to the document, not to the socket. */
export function onBlockedByPage(
  url: string,
  blocked: () => void,
  { signal }: { readonly signal: AbortSignal },
): void {
  if (typeof document === 'undefined') return;
  const { protocol, host } = new URL(url);
  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI, disposition }) => {
      if (disposition === 'report' || effectiveDirective !== 'connect-src') return;
      // Browsers report the origin, the full URL, or only the scheme.
      if (`${blockedURI}/`.startsWith(`${protocol}//${host}/`)) blocked();
    },
    { signal },
  );
}

const messages: Readonly<Record<BlockedReason, string>> = {
  'connect-src':
    'The Content-Security-Policy of the page forbids the call server: add its address to connect-src.',
  'mixed-content': 'A page on https needs a call server on https.',
};

export function blockedByPage(url: string, reason: BlockedReason): CallError {
  return new CallError('SERVER_BLOCKED_BY_PAGE', { message: messages[reason], details: { url, reason } });
}
