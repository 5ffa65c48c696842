/** Notes every RTCPeerConnection that the page makes until `signal` is aborted. */
export function watchConnections(signal: AbortSignal): { readonly open: () => RTCPeerConnection[] } {
  const Native = globalThis.RTCPeerConnection;
  const made: RTCPeerConnection[] = [];
  globalThis.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      made.push(this);
    }
  };
  signal.addEventListener('abort', () => (globalThis.RTCPeerConnection = Native));
  return { open: () => made.filter(({ connectionState }) => connectionState !== 'closed') };
}
