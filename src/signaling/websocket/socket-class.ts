/** A WebSocket class: the browser's, or one that is like it. */
export type SocketClass = new (url: string) => WebSocket;
