/** Client and server must agree on it; raised when a message changes its meaning. */
export const protocolVersion = 1;
