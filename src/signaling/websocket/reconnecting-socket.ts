import { Backoff } from './back-off.js';
import type { ChannelTimeouts } from './channel-timeouts.js';
import type { SocketClass } from './socket-class.js';

export interface ReconnectingSocketOptions {
  readonly url: string;
  readonly timeouts: ChannelTimeouts;
  readonly signal: AbortSignal;
  /** Where there is no global one. */
  readonly WebSocket: SocketClass | undefined;
  readonly onOpen: () => void;
  readonly onMessage: (text: string) => void;
  /** It broke, or could not be opened; another one is on its way. */
  readonly onDisconnect: () => void;
  /** It could not be opened. */
  readonly onUnopened?: () => void;
  /** The page's security forbids to open it. */
  readonly onForbidden?: () => void;
}

/**
 * A socket that is replaced whenever it breaks, until its signal is aborted. The first one is on its way when the
 * constructor returns. Without a library: partysocket would be 3 kB gzip more for a queue and events that are not used
 * here, and opens its first socket a task later, which a browser that loads a page puts off for as long as it likes.
 */
export class ReconnectingSocket {
  readonly #options: ReconnectingSocketOptions;
  readonly #backoff: Backoff;
  /** None while the next one has to wait. */
  #socket: WebSocket | undefined;
  #openedAt = Infinity;
  /** Of a connection that is being made. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ReconnectingSocketOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.timeouts.retry);
    if (options.signal.aborted) return;
    options.signal.addEventListener('abort', () => this.#close(), { once: true });
    void this.#backoff.wait();
    this.#open();
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === 1;
  }

  /** What is sent while the socket is not open is lost. */
  send(text: string): void {
    if (this.isOpen) this.#socket?.send(text);
  }

  /** Replaces the socket, after a wait that grows. */
  retry(): void {
    if (this.#socket) this.#disconnected(this.#socket);
  }

  /** Replaces the socket at once. */
  replace(): void {
    this.#backoff.retryNow();
    this.retry();
  }

  /** The network is back: ends the wait, and does not trust a connection that began to open before. */
  retryNow(): void {
    if (this.isOpen) this.#backoff.retryNow();
    else this.replace();
  }

  #open(): void {
    const { url, timeouts, onOpen, onMessage } = this.#options;
    const socket = this.#create(url);
    if (!socket) return;
    this.#socket = socket;
    const isCurrent = (): boolean => socket === this.#socket;
    const onBroken = (): void => this.#disconnected(socket);
    this.#timer = setTimeout(onBroken, timeouts.connect);
    socket.addEventListener('open', () => {
      if (!isCurrent()) return;
      clearTimeout(this.#timer);
      this.#openedAt = performance.now();
      onOpen();
    });
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isCurrent()) onMessage(String(data));
    });
    socket.addEventListener('error', onBroken);
    socket.addEventListener('close', onBroken);
  }

  #create(url: string): WebSocket | undefined {
    const Socket = this.#options.WebSocket ?? WebSocket;
    try {
      return new Socket(url);
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
    // One that is cut again and again gets no fresh start.
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
