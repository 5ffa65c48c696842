/** The browser's WebSocket class, or a compatible one. */
export type SocketClass = new (url: string, protocols?: string[]) => WebSocket;
