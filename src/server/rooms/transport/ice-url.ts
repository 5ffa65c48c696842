import { isIP } from 'node:net';

/**
 * Returns what is wrong with the URL of a STUN (RFC 7064) or TURN server (RFC 7065), or `undefined`. Checked at
 * startup because `RTCPeerConnection` throws for an invalid URL, and the call could not start.
 */
export function iceUrlFault(url: string, kind: 'stun' | 'turn'): string | undefined {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/is.exec(url) ?? [];
  if (![kind, `${kind}s`].includes(scheme)) return `does not begin with ${kind}: or ${kind}s:`;
  if (rest.startsWith('//')) return `must not have // after ${scheme}:`;
  if (rest.includes('@')) return 'must not contain a user name';
  const [address = '', query, ...more] = rest.split('?');
  return (
    addressFault(address) ?? (query === undefined ? undefined : queryFault([query, ...more].join('?'), kind))
  );
}

function addressFault(address: string): string | undefined {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(address) ?? [];
  if (host === '') return 'has no host';
  if (!isHost(host)) return `has no valid host: ${host}`;
  if (port === undefined) return undefined;
  return /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535
    ? undefined
    : 'has a port that is not a number from 1 to 65535';
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) return isIP(host.slice(1, -1)) === 6 && !host.includes('%');
  // Digits and dots alone are always an address, never a host name.
  if (/^[\d.]+$/.test(host)) return isIP(host) === 4;
  return (
    host.length <= 253 &&
    /^[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?(\.[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?)*\.?$/i.test(host)
  );
}

function queryFault(query: string, kind: 'stun' | 'turn'): string | undefined {
  if (kind === 'stun') return 'must not have a query';
  return /^transport=(udp|tcp)$/.test(query) ? undefined : 'may have only ?transport=udp or ?transport=tcp';
}
