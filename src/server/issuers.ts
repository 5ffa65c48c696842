import type { ServerConfig } from './server-config.js';

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
  const own = publicUrls.length > 0 ? publicUrls : [origin];
  if (own.some((url) => plain(url) === plain(issuer))) return true;
  return dev && isLoopback(issuer);
}

/** `localhost` and `127.0.0.1` are the same to whoever tries the demo. */
function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/.test(new URL(url).hostname);
}

function plain(url: string): string {
  return URL.canParse(url) ? new URL(url).href.replace(/\/+$/, '') : url;
}
