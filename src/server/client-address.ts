import type { IncomingMessage } from 'node:http';

/**
 * The address a request comes from. Behind `proxies` trusted proxies it is the one that the outermost of them saw;
 * what stands further left in `X-Forwarded-For` is the client's own word, and no evidence.
 */
export function clientAddress(request: IncomingMessage, proxies: number): string {
  const direct = request.socket.remoteAddress ?? '';
  if (proxies === 0) return direct;
  const seen = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  return seen[Math.max(0, seen.length - proxies)] ?? direct;
}

/** The URL under which the client has reached this server, without a path: `https://call.example`. */
export function requestOrigin(request: IncomingMessage, proxies: number): string {
  const header = (name: string): string | undefined =>
    String(request.headers[name] ?? '')
      .split(',')
      .at(-1)
      ?.trim();
  const secure =
    'encrypted' in request.socket || (proxies > 0 && header('x-forwarded-proto')?.toLowerCase() === 'https');
  const host = (proxies > 0 && header('x-forwarded-host')) || header('host');
  return `${secure ? 'https' : 'http'}://${host === undefined || host === '' ? 'localhost' : host}`;
}
