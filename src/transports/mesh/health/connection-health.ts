/** Timeouts and intervals of a connection, in ms. */
export const timeouts = {
  /** From the start of an epoch until connected. */
  connect: 8000,
  /** The same, if signals may have been lost. */
  connectAfterSignalLoss: 3000,
  /** From the start of an epoch until an offer is requested; also the interval of further requests. */
  offer: 2000,
  /** The minimum age of an unanswered offer before a request replaces it: a younger one may still be in flight. */
  offerInFlight: 1000,
  /** From connected until the first video frames have been shown, usually. */
  firstFrame: 1000,
  /** Between two looks for arriving media, which is much cheaper than the statistics. */
  watch: 250,
  /** Without media or messages: doubtful, so it is verified. Audio and video arrive in every tenth of a second, pings every second. */
  silentAfter: { media: 700, messages: 1700 },
  /** Silence while it is verified: the path is dead, so ICE is restarted. */
  restartAfter: 700,
  /** Without received data: shown as interrupted. */
  interruptedAfter: 3000,
  /** Without received data: dead. */
  deadAfter: 5000,
  /** A connection being verified must receive data in this time: Chromium checks consent every 2.5 s. */
  proof: 3000,
  /** Between two pings while verifying: lost pings are not retransmitted. */
  ping: 300,
  /** Between two reads of the statistics while connected. In other states they are read every second. */
  statsInterval: 2000,
  /** After the peer closed the connection: wait for the server's `participant-left`, or the next offer. */
  closeGrace: 300,
  /** A connection that lasted this long resets the retry delay. */
  stableAfter: 5000,
} as const;

/** Failed attempts before PEER_UNREACHABLE is raised. Retries continue. */
export const attemptsBeforeError = 4;

/** The observed state of one epoch's connection. Times are `performance.now()`; `null`: has not happened. */
export interface ConnectionHealth {
  /** The browser's state. Firefox may report `disconnected` long after the connection has recovered. */
  readonly connection: RTCPeerConnectionState;
  readonly startedAt: number;
  readonly connectedAt: number | null;
  /** When bytes, or an answer to a consent check, last arrived. */
  readonly receivedAt: number;
  /** When the browser's state left `connected`. */
  readonly disconnectedAt: number | null;
  /** When the connection was last required to prove that it is alive. */
  readonly proofRequestedAt: number | null;
}

/** Whether the browser has lost the path to the peer, for now or for good. */
export function isBroken(connection: RTCPeerConnectionState): boolean {
  return connection === 'disconnected' || connection === 'failed';
}

export function newHealth(now: number): ConnectionHealth {
  return {
    connection: 'new',
    startedAt: now,
    connectedAt: null,
    receivedAt: now,
    disconnectedAt: null,
    proofRequestedAt: null,
  };
}

/** Dead connections are rebuilt. Received data takes precedence over the browser's state. */
export type ConnectionStatus = 'connecting' | 'connected' | 'interrupted' | 'dead';

export function connectionStatus(health: ConnectionHealth, now: number): ConnectionStatus {
  if (health.connection === 'closed') return 'dead';
  return health.connectedAt === null ? connectingStatus(health, now) : connectedStatus(health, now);
}

function connectingStatus(
  { connection, startedAt, proofRequestedAt }: ConnectionHealth,
  now: number,
): ConnectionStatus {
  if (connection === 'failed' || now - startedAt >= timeouts.connect) return 'dead';
  return proofRequestedAt !== null && now - startedAt >= timeouts.connectAfterSignalLoss
    ? 'dead'
    : 'connecting';
}

function connectedStatus(
  { connection, receivedAt, disconnectedAt, proofRequestedAt }: ConnectionHealth,
  now: number,
): Exclude<ConnectionStatus, 'connecting'> {
  const silence = now - receivedAt;
  const onTrialFor =
    proofRequestedAt === null || receivedAt > proofRequestedAt ? null : now - proofRequestedAt;
  if (onTrialFor !== null && onTrialFor >= timeouts.proof) return 'dead';
  // Firefox reports `failed` as soon as its address is gone. Restarted ICE gets its time.
  if (connection === 'failed' && onTrialFor === null && silence >= timeouts.statsInterval) return 'dead';
  if (silence >= timeouts.deadAfter) return 'dead';
  // Firefox reports `disconnected` after one lost consent check, while media arrives.
  const isDisconnected =
    disconnectedAt !== null && receivedAt <= disconnectedAt && silence >= timeouts.silentAfter.media;
  return isDisconnected || silence >= timeouts.interruptedAfter ? 'interrupted' : 'connected';
}

/** ms before the next attempt: 0, then 0.5, 1, 2, 4 and 8 s, each reduced by up to 20 % at random. */
export function retryDelay(attempts: number, random = Math.random()): number {
  return attempts === 0 ? 0 : Math.min(500 * 2 ** (attempts - 1), 8000) * (1 - random / 5);
}
