import type { IncomingMessage } from 'node:http';

/**
 * The client's IP address. Behind `proxies` trusted proxies, it is the one seen by the outermost of them. Entries
 * further left in `X-Forwarded-For` were sent by the client and prove nothing.
 */
export function clientAddress(request: IncomingMessage, proxies: number): string {
  const remote = request.socket.remoteAddress ?? '';
  if (proxies === 0) return remote;
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  return forwarded[Math.max(0, forwarded.length - proxies)] ?? remote;
}

/** A request whose base path was removed from its URL. */
export type RoutedRequest = IncomingMessage & { baseUrl?: string };

/** The URL at which the client reached this server, including the base path: `https://calls.example/base`. */
export function requestOrigin(request: RoutedRequest, proxies: number): string {
  const trusts = proxies > 0;
  const forwarded = (name: string): string => (trusts ? lastOf(request.headers[name]) : '');
  const host = forwarded('x-forwarded-host') || (request.headers.host ?? '') || 'localhost';
  const secure =
    'encrypted' in request.socket ||
    forwarded('x-forwarded-proto').toLowerCase() === 'https' ||
    isHttpsPageOf(request, host);
  const prefix = forwarded('x-forwarded-prefix').replace(/\/+$/, '');
  return `${secure ? 'https' : 'http'}://${host}${prefix}${request.baseUrl ?? ''}`;
}

/**
 * Whether the page that makes the request may use this server. A request without an `Origin` header is not made by a page of another
 * site.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  allowed: readonly string[],
  ownOrigin: string,
): boolean {
  return (
    origin === undefined ||
    allowed.length === 0 ||
    [...allowed, new URL(ownOrigin).origin].includes(origin.toLowerCase())
  );
}

const forwardedHeaders = [
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-real-ip',
  'forwarded',
] as const;

/** The forwarded headers of a request, if no proxy is trusted. */
export function untrustedHeaders({ headers }: IncomingMessage, proxies: number): readonly string[] {
  return proxies > 0 ? [] : forwardedHeaders.filter((name) => headers[name] !== undefined);
}

/** If the `Origin` header is this host with https, TLS ends at a proxy. */
function isHttpsPageOf({ headers }: IncomingMessage, host: string): boolean {
  return headers.origin?.toLowerCase() === `https://${host.toLowerCase()}`;
}

function lastOf(header: string | readonly string[] | undefined): string {
  return (
    String(header ?? '')
      .split(',')
      .at(-1)
      ?.trim() ?? ''
  );
}
