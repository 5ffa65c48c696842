import type { TransportGrant } from '../../domain/call/transport-grant.js';

/**
 * Returns the ICE servers that this browser accepts, and reports each refused URL. One invalid URL would otherwise prevent all
 * connections. Call it only after the full list was refused: each check creates an RTCPeerConnection.
 */
export function usableIceServers(
  servers: readonly RTCIceServer[],
  onRefused: (url: string) => void,
): RTCIceServer[] {
  return servers.flatMap((server) =>
    [server.urls].flat().flatMap((urls) => {
      const single = { ...server, urls };
      if (isAccepted(single)) return [single];
      onRefused(urls);
      return [];
    }),
  );
}

function isAccepted(server: RTCIceServer): boolean {
  try {
    new RTCPeerConnection({ iceServers: [server] }).close();
    return true;
  } catch {
    return false;
  }
}

/** The ICE servers of a grant. It is of another transport only while the call moves there. */
export function iceServersOf(grant: TransportGrant): readonly RTCIceServer[] {
  return grant.transport === 'mesh' ? (grant.iceServers as readonly RTCIceServer[]) : [];
}
