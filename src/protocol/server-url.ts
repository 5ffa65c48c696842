import { CallError } from '../domain/call-error.js';

/** Options for parsing the URL of a call server. */
export interface ServerUrlOptions {
  /** URL of the page, to complete relative URLs. */
  readonly page?: string | undefined;
  /**
   * Whether `calls.example.com` means https. Otherwise it is rejected, because it could be a relative path. Default:
   * `false`.
   */
  readonly allowsBareHost?: boolean;
}

/** Paths of the server that are often copied along with its URL. */
const pastedPath = /\/(signal|ring|healthz|metrics|v3(\.\d+)?(\/call_tokens)?)\/*$/;

const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Normalizes the URL of a call server to its base URL without a final slash: `wss://Calls.example/base/signal?x` ->
 * `https://calls.example/base`. Throws INVALID_ARGUMENT with a message that states what to write.
 */
export function serverUrl(text: string, { page, allowsBareHost = false }: ServerUrlOptions = {}): string {
  const trimmed = String(text).trim();
  const pageUrl = page !== undefined && /^https?:/.test(page) ? new URL(page) : undefined;
  const full = withScheme(trimmed, pageUrl, allowsBareHost);
  const base = /^[./]/.test(full) ? pageUrl : undefined;
  const url = URL.canParse(full, base?.href) ? new URL(full, base) : undefined;
  if (!url || !/^(http|ws)s?:$/.test(url.protocol) || /^(https?|wss?)$/.test(url.hostname))
    throw refusal('The server URL must be absolute, such as https://calls.example.com.', trimmed);
  if (url.username || url.password)
    throw refusal(`The server URL must not contain a user name or a password. Write https://${url.host}.`);
  const path = url.pathname.replace(/\/+$/, '').replace(pastedPath, '').replace(/\/+$/, '');
  return `${schemeFor(url, pageUrl)}//${url.host}${path}`;
}

/** Adds the scheme. Throws INVALID_ARGUMENT if it is missing and ambiguous. */
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

/** A page on https may not open insecure connections, except to its own machine. Throws INVALID_ARGUMENT. */
function schemeFor(url: URL, page: URL | undefined): string {
  if (/^(https|wss):$/.test(url.protocol)) return 'https:';
  if (page?.protocol !== 'https:') return 'http:';
  // Behind a proxy that terminates TLS, a server may believe that it is reached by http.
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
