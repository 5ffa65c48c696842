/** simple-peer uses Buffer only to wrap a received ArrayBuffer. */
export const Buffer = { from: (bytes) => new Uint8Array(bytes) };
