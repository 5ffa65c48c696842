import { serverUrl } from '../../protocol/server-url.js';
import type { ServerConfig } from '../config/server-config.js';

type IssuerSettings = Pick<ServerConfig, 'publicUrls' | 'dev'>;

/** The URL a token names as its issuer: browsers connect to it unless told otherwise. */
export function issuerFor(
  { publicUrls: [first] }: Pick<IssuerSettings, 'publicUrls'>,
  origin: string,
): string {
  return first ?? origin;
}

/**
 * Whether a token of that issuer is good for a client that came to `origin`: it must be a public URL of this server,
 * or, where none is configured, the very address the client used.
 */
export function acceptsIssuer({ publicUrls, dev }: IssuerSettings, issuer: string, origin: string): boolean {
  const accepted = publicUrls.length > 0 ? publicUrls : [origin];
  if (accepted.some((url) => normalized(url) === normalized(issuer))) return true;
  // Where no proxy is trusted to tell of TLS, the server does not know the scheme that the client used.
  if (publicUrls.length === 0 && withoutScheme(issuer) === withoutScheme(origin)) return true;
  return dev && isLoopback(issuer);
}

/** `localhost` and `127.0.0.1` are the same to whoever tries the demo. */
function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/.test(new URL(url).hostname);
}

/** The URL as clients read it. */
function normalized(url: string): string {
  try {
    return serverUrl(url);
  } catch {
    return url;
  }
}

function withoutScheme(url: string): string {
  return normalized(url).replace(/^https?:/, '');
}
