/** simple-peer only ever wraps a received ArrayBuffer. */
export const Buffer = { from: (bytes) => new Uint8Array(bytes) };
