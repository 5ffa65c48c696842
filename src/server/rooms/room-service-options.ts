import type { Authorizer } from '../auth/authorization.js';
import type { UsedTokens } from '../auth/used-tokens.js';
import type { ServerConfig } from '../config/server-config.js';
import type { HistoryRecorder } from '../history/history-recorder.js';
import type { Clock } from '../limits/deadline-queue.js';
import type { Metrics } from '../monitoring/metrics.js';
import type { ServerLog } from '../monitoring/server-log.js';
import type { LiveKitRooms } from './transport/livekit-rooms.js';
import type { RoomStore } from './room-store.js';

/** The dependencies of `RoomService`. */
export interface RoomServiceOptions {
  readonly config: ServerConfig;
  readonly store: RoomStore;
  readonly usedTokens: UsedTokens;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: ServerLog;
  /** Where the call history learns what happens in the rooms. */
  readonly history: HistoryRecorder;
  /** The rooms of the SFU, if there is one. */
  readonly liveKit?: Pick<LiveKitRooms, 'changed'> | undefined;
  /** Whether a token of `issuer` is accepted from a client that connected to `origin`. */
  readonly acceptsIssuer: (issuer: string, origin: string) => boolean;
  /** Rejects with NOT_ALLOWED when the token's user lacks a right. */
  readonly authorize: Authorizer;
  /** Aborted when the server stops: connections that close from then on are not treated as lost. */
  readonly signal: AbortSignal;
}
