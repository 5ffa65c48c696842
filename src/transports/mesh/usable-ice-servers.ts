/**
 * What this browser takes of a list of ICE servers. One address with a mistake in it would cost every connection; here it costs
 * only itself. Asked when the whole list was refused: each trial makes a connection.
 */
export function usableIceServers(
  servers: readonly RTCIceServer[],
  onRefused: (url: string) => void,
): RTCIceServer[] {
  return servers.flatMap((server) =>
    [server.urls].flat().flatMap((urls) => {
      const single = { ...server, urls };
      if (isTaken(single)) return [single];
      onRefused(urls);
      return [];
    }),
  );
}

function isTaken(server: RTCIceServer): boolean {
  try {
    new RTCPeerConnection({ iceServers: [server] }).close();
    return true;
  } catch {
    return false;
  }
}
