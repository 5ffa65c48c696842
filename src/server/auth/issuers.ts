import { serverUrl } from '../../protocol/server-url.js';
import type { ServerConfig } from '../config/server-config.js';

type IssuerSettings = Pick<ServerConfig, 'publicUrls' | 'dev'>;

/**
 * The issuer of new tokens: the first public URL, or else the URL the request was sent to. Browsers connect to it
 * unless the page configures a server.
 */
export function issuerFor(
  { publicUrls: [first] }: Pick<IssuerSettings, 'publicUrls'>,
  origin: string,
): string {
  return first ?? origin;
}

/**
 * Whether a token of `issuer` is accepted from a client that connected to `origin`: the issuer must be a public URL
 * of this server or, if none is configured, the URL the client used.
 */
export function acceptsIssuer({ publicUrls, dev }: IssuerSettings, issuer: string, origin: string): boolean {
  const accepted = publicUrls.length > 0 ? publicUrls : [origin];
  if (accepted.some((url) => normalized(url) === normalized(issuer))) return true;
  // Without a trusted proxy, the server cannot know whether the client used TLS.
  if (publicUrls.length === 0 && withoutScheme(issuer) === withoutScheme(origin)) return true;
  return dev && isLoopback(issuer);
}

/** In development mode `localhost` and `127.0.0.1` are used interchangeably. */
function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/.test(new URL(url).hostname);
}

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
