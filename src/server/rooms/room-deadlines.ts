import type { ServerConfig } from '../config/server-config.js';
import { DeadlineQueue, type Clock } from '../limits/deadline-queue.js';

interface RoomDeadlinesOptions {
  readonly config: Pick<ServerConfig, 'graceMs' | 'closedGraceMs' | 'heartbeatMs' | 'meshReturnMs'>;
  readonly clock: Clock;
  /** A deadline of this session has passed. */
  readonly onDue: (sessionId: string) => void;
  readonly signal: AbortSignal;
}

/**
 * How long (ms) an ended session is remembered: a participant that was disconnected when it ended gets SESSION_ENDED
 * instead of resuming into an empty room.
 */
const endedMemoryMs = 3_600_000;

/** When rooms must be looked at again. Each method returns the time (ms since 1970). */
export class RoomDeadlines {
  /** After a connection fell silent, which may be a gap in the network. */
  readonly #grace: DeadlineQueue<string>;
  /** After a connection was closed, by which a living page would connect again; and after a vouch. */
  readonly #shortGrace: DeadlineQueue<string>;
  readonly #ended: DeadlineQueue<string>;
  readonly #small: DeadlineQueue<string>;

  constructor({ config, clock, onDue, signal }: RoomDeadlinesOptions) {
    const queue = (ms: number) => new DeadlineQueue({ ms, clock, signal, onDue });
    const shortGraceMs = Math.min(config.graceMs, config.closedGraceMs);
    // The silence began a heartbeat before it was noticed.
    this.#grace = queue(Math.max(shortGraceMs, config.graceMs - config.heartbeatMs));
    this.#shortGrace = queue(shortGraceMs);
    this.#ended = queue(Math.max(endedMemoryMs, config.graceMs));
    this.#small = queue(config.meshReturnMs);
  }

  /** A connection was lost. `fellSilent`: it was not closed. */
  disconnected(sessionId: string, fellSilent: boolean): number {
    return (fellSilent ? this.#grace : this.#shortGrace).add(sessionId);
  }

  vouched(sessionId: string): number {
    return this.#shortGrace.add(sessionId);
  }

  ended(sessionId: string): number {
    return this.#ended.add(sessionId);
  }

  /** A room on the SFU has become small enough for the mesh. */
  small(sessionId: string): number {
    return this.#small.add(sessionId);
  }
}
