import { CallError } from '../domain/call-error.js';

/** How the address of a call server is read. */
export interface ServerUrlOptions {
  /** URL of the page, for addresses that say less than everything. */
  readonly page?: string | undefined;
  /** Whether `calls.example.com` means https. Elsewhere it is refused: it could as well be a path of the page. */
  readonly allowsBareHost?: boolean;
}

/** Paths of the server that people paste along with its address. */
const pastedPath = /\/(signal|ring|healthz|metrics|v3(\.\d+)?(\/call_tokens)?)\/*$/;

const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The base URL of a call server from what people write, without a final slash: `wss://Calls.example/base/signal?x` ->
 * `https://calls.example/base`. Throws INVALID_ARGUMENT with a message that says what to write.
 */
export function serverUrl(text: string, { page, allowsBareHost = false }: ServerUrlOptions = {}): string {
  const given = String(text).trim();
  const pageUrl = page !== undefined && /^https?:/.test(page) ? new URL(page) : undefined;
  const full = withScheme(given, pageUrl, allowsBareHost);
  const base = /^[./]/.test(full) ? pageUrl : undefined;
  const url = URL.canParse(full, base?.href) ? new URL(full, base) : undefined;
  if (!url || !/^(http|ws)s?:$/.test(url.protocol) || /^(https?|wss?)$/.test(url.hostname))
    throw refusal('The server URL must be a whole one. Write it like https://calls.example.com.', given);
  if (url.username || url.password)
    throw refusal(`The server URL must not contain a user name or a password. Write https://${url.host}.`);
  const path = url.pathname.replace(/\/+$/, '').replace(pastedPath, '').replace(/\/+$/, '');
  return `${schemeFor(url, pageUrl)}//${url.host}${path}`;
}

/** Throws INVALID_ARGUMENT for a host without a scheme that may be anything. */
function withScheme(text: string, page: URL | undefined, allowsBareHost: boolean): string {
  if (text.startsWith('//')) return `${page?.protocol ?? 'https:'}${text}`;
  if (/^([./]|[a-z][a-z\d+.-]*:\/\/|(https?|wss?):)/i.test(text)) return text;
  if (page && /^:?\d{1,5}([/?#]|$)/.test(text))
    return `${page.protocol}//${page.hostname}:${text.replace(/^:/, '')}`;
  const host = /^[\da-f]*(:[\da-f]*){2,}$/i.test(text) ? `[${text}]` : text;
  const bare = URL.canParse(`https://${host}`) ? new URL(`https://${host}`) : undefined;
  if (bare && loopback.test(bare.hostname)) return `http://${host}`;
  const isHost = bare && !/\s|^[a-z]+:\D|^(https?|wss?)\b|^:?\d+$/i.test(text);
  if (isHost && allowsBareHost && /[.:]/.test(bare.host)) return `https://${host}`;
  const suggestion = isHost ? bare.host : 'calls.example.com';
  throw refusal(`The server URL has no scheme. Write https://${suggestion}.`, text);
}

/** A page on https may not open insecure connections, except to its own machine. */
function schemeFor(url: URL, page: URL | undefined): string {
  if (/^(https|wss):$/.test(url.protocol)) return 'https:';
  if (page?.protocol !== 'https:') return 'http:';
  // Behind a proxy that ends TLS, a server may take itself for an http one.
  if (url.host === page.host) return 'https:';
  if (loopback.test(url.hostname)) return 'http:';
  throw refusal(
    `A page on https cannot use a call server on http (mixed content). Write https://${url.host}.`,
    url.href,
  );
}

function refusal(message: string, url?: string): CallError {
  return new CallError('INVALID_ARGUMENT', {
    message,
    ...(url !== undefined && { details: { url: url.slice(0, 200) } }),
  });
}
