import type { LogSink } from '../../base/logger.js';
import { asCallError } from '../../domain/call-error.js';
import { onWakeSign } from '../wake-signs.js';
import type { ChannelTimeouts } from './channel-timeouts.js';
import type { ReconnectingSocket } from './reconnecting-socket.js';

interface LivenessCheckOptions {
  readonly socket: ReconnectingSocket;
  readonly timeouts: ChannelTimeouts;
  /** Whether the server has accepted this connection. */
  readonly isReady: () => boolean;
  /** Sends a ping; rejects with REQUEST_TIMED_OUT without an answer in `timeoutMs`. */
  readonly ping: (timeoutMs: number) => Promise<unknown>;
  readonly signal: AbortSignal;
}

/**
 * Pings the server at each heartbeat, and at once when the page or the network wakes. Replaces a socket without an answer:
 * dead sockets are not always reported. Returns a function that checks at once.
 */
export function startLivenessCheck({
  socket,
  timeouts,
  isReady,
  ping,
  signal,
}: LivenessCheckOptions): () => void {
  const probe = (timeoutMs: number): void => {
    if (!isReady()) return;
    ping(timeoutMs).catch((error: unknown) => {
      if (asCallError(error).code === 'REQUEST_TIMED_OUT') socket.replace();
    });
  };
  const verify = (): void => {
    if (isReady()) probe(timeouts.urgentPong);
    else socket.retryNow();
  };
  const heartbeat = setInterval(() => probe(timeouts.pong), timeouts.heartbeat);
  signal.addEventListener('abort', () => clearInterval(heartbeat));
  onWakeSign(verify, { signal });
  return verify;
}

/** Reads a message of the server; `undefined` for a malformed one, which is logged and ignored. */
export function readOrIgnore<Message>(read: (text: string) => Message, logger: LogSink) {
  return (text: string): Message | undefined => {
    try {
      return read(text);
    } catch (error) {
      logger.warn('ignored a malformed message', error);
      return undefined;
    }
  };
}
