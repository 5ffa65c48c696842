import PartySocket from 'partysocket/ws';
import { BackOff } from './back-off.js';
import type { ChannelPatience } from './channel-patience.js';
import { earlySocket, type SocketClass } from './early-socket.js';

export interface ReconnectingSocketOptions {
  readonly url: string;
  readonly patience: ChannelPatience;
  readonly signal: AbortSignal;
  /** Where there is no global one. */
  readonly WebSocket: SocketClass | undefined;
  readonly onOpen: () => void;
  readonly onMessage: (text: string) => void;
  /** It broke, or could not be opened; another one is on its way. */
  readonly onBreak: () => void;
}

/** A socket that is replaced whenever it breaks, until its signal is aborted. The library is seen here only. */
export class ReconnectingSocket {
  readonly #socket: PartySocket;
  readonly #backOff: BackOff;

  constructor({ url, patience, signal, onOpen, onMessage, onBreak, ...options }: ReconnectingSocketOptions) {
    const backOff = new BackOff(patience.retry);
    const socket = new PartySocket(() => backOff.next().then(() => url), null, {
      WebSocket: options.WebSocket ?? earlySocket(url, signal),
      // The waiting is done by `backOff`, which can be cut short.
      minReconnectionDelay: 0,
      connectionTimeout: patience.connect,
      maxEnqueuedMessages: 0,
    });
    let openedAt = Infinity;
    socket.onopen = () => {
      openedAt = performance.now();
      onOpen();
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => onMessage(String(data));
    socket.onclose = () => {
      // One that is cut again and again gets no fresh start.
      if (performance.now() - openedAt > patience.retry.to) backOff.calm();
      openedAt = Infinity;
      if (!signal.aborted) onBreak();
    };
    const close = (): void => {
      socket.close();
      backOff.hurry();
    };
    if (signal.aborted) close();
    else signal.addEventListener('abort', close);
    this.#socket = socket;
    this.#backOff = backOff;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** What is sent while the socket is not open is lost. */
  send(text: string): void {
    this.#socket.send(text);
  }

  /** Replaces the socket, after a wait that grows. */
  retry(): void {
    this.#socket.reconnect();
  }

  /** Replaces the socket at once. */
  replace(): void {
    this.#backOff.hurry();
    this.#socket.reconnect();
  }

  /** The network is back: ends the wait, and does not trust a connection that began to open before. */
  hurry(): void {
    if (this.#socket.readyState === this.#socket.CONNECTING) this.replace();
    else this.#backOff.hurry();
  }
}
