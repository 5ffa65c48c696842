/** All supported browsers have the unprefixed WebRTC classes. */
export default () => (globalThis.RTCPeerConnection ? globalThis : null);
