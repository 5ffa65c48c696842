import { Backoff } from './back-off.js';
import type { ChannelTimeouts } from './channel-timeouts.js';
import type { SocketClass } from './socket-class.js';

export interface ReconnectingSocketOptions {
  readonly url: string;
  readonly timeouts: ChannelTimeouts;
  readonly signal: AbortSignal;
  /** Needed where there is no global `WebSocket`. */
  readonly WebSocket: SocketClass | undefined;
  /** Subprotocols of the first attempt. Later ones have none, in case a proxy refuses them. */
  readonly protocols?: readonly string[] | undefined;
  /** `protocol`: the subprotocol that the server selected, or empty. */
  readonly onOpen: (protocol: string) => void;
  readonly onMessage: (text: string) => void;
  /** The socket closed or failed to open; a new attempt follows. */
  readonly onDisconnect: () => void;
  /** The socket failed to open. */
  readonly onUnopened?: () => void;
  /** The constructor threw: the security rules of the page block the socket. */
  readonly onForbidden?: () => void;
}

/**
 * A WebSocket that reconnects until its signal is aborted. The constructor starts the first connection synchronously.
 * No library: partysocket adds 3 kB gzip for an unused queue and events, and opens its first socket in a later task, which
 * browsers delay while a page loads.
 */
export class ReconnectingSocket {
  readonly #options: ReconnectingSocketOptions;
  readonly #backoff: Backoff;
  /** `undefined` while waiting for the next attempt. */
  #socket: WebSocket | undefined;
  #openedAt = Infinity;
  /** The connect timeout. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ReconnectingSocketOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.timeouts.retry);
    if (options.signal.aborted) return;
    options.signal.addEventListener('abort', () => this.#close(), { once: true });
    void this.#backoff.wait();
    this.#open(options.protocols);
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === 1;
  }

  /** Sends a message; drops it while the socket is not open. */
  send(text: string): void {
    if (this.isOpen) this.#socket?.send(text);
  }

  /** Replaces the socket, after the backoff delay. */
  retry(): void {
    if (this.#socket) this.#disconnected(this.#socket);
  }

  /** Replaces the socket at once. */
  replace(): void {
    this.retry();
    this.#backoff.retryNow();
  }

  /** Reconnects at once after the network returned. Replaces a socket that is still connecting, keeps an open one. */
  retryNow(): void {
    if (this.isOpen) this.#backoff.retryNow();
    else this.replace();
  }

  #open(protocols?: readonly string[]): void {
    const { timeouts, onOpen, onMessage } = this.#options;
    const socket = this.#create(protocols);
    if (!socket) return;
    this.#socket = socket;
    const isCurrent = (): boolean => socket === this.#socket;
    const onBroken = (): void => this.#disconnected(socket);
    this.#timer = setTimeout(onBroken, timeouts.connect);
    socket.addEventListener('open', () => {
      if (!isCurrent()) return;
      clearTimeout(this.#timer);
      this.#openedAt = performance.now();
      onOpen(socket.protocol);
    });
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      // Browsers deliver nothing once a socket is closing. Elsewhere, that would be taken for newer than the next join.
      if (isCurrent() && this.isOpen) onMessage(String(data));
    });
    socket.addEventListener('error', onBroken);
    socket.addEventListener('close', onBroken);
  }

  #create(protocols: readonly string[] | undefined): WebSocket | undefined {
    const { url } = this.#options;
    const Socket = this.#options.WebSocket ?? WebSocket;
    try {
      return protocols ? new Socket(url, [...protocols]) : new Socket(url);
    } catch {
      this.#options.onForbidden?.();
      void this.#next();
      return undefined;
    }
  }

  #disconnected(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#drop();
    const wasOpen = this.#openedAt < Infinity;
    // Only a connection that lasted resets the backoff.
    if (performance.now() - this.#openedAt > this.#options.timeouts.retry.to) this.#backoff.succeeded();
    this.#openedAt = Infinity;
    this.#options.onDisconnect();
    if (!wasOpen) this.#options.onUnopened?.();
    void this.#next();
  }

  async #next(): Promise<void> {
    const { signal } = this.#options;
    if (!signal.aborted) await this.#backoff.wait();
    if (!signal.aborted) this.#open();
  }

  #close(): void {
    this.#drop();
    this.#backoff.retryNow();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }
}
