/** Must be equal on client and server. Incremented when the meaning of a message changes. */
export const protocolVersion = 1;
