/** The browser's classes of WebRTC have had these names for long. */
export default () => (globalThis.RTCPeerConnection ? globalThis : null);
