/** How long what is waited for. ms. */
export const timeouts = {
  /** From the start of an epoch to the connection. */
  connect: 8000,
  /** The same while signals may have been lost: what takes longer is not waited for. */
  connectAfterSignalLoss: 3000,
  /** From the start of an epoch to the offer; then it is asked for, again and again. */
  offer: 2000,
  /** An offer that was not answered yet is made anew for who asks: not one that may still be on its way. */
  offerInFlight: 1000,
  /** Nothing heard: shown as interrupted. */
  interruptedAfter: 3000,
  /** Nothing heard: dead. */
  deadAfter: 5000,
  /** A doubted connection proves itself by something heard within it: Chromium checks consent every 2.5 s. */
  proof: 3000,
  /** Between two pings to a doubted connection: pings are not sent again when they are lost. */
  ping: 300,
  /** Between two readings of the statistics of a connection that is well; of others every second. */
  statsInterval: 2000,
  /** Closed by the other side: the server's word that it left, or its next offer, is on the way. */
  closeGrace: 300,
  /** A connection that held so long was a success: the next failure is the first again. */
  stableAfter: 5000,
} as const;

/** Failed tries after which the user is told. They go on. */
export const attemptsBeforeError = 4;

/** What is known of the connection of one epoch. Times by `performance.now()`; `null`: has not happened. */
export interface ConnectionHealth {
  /** What the browser says. Firefox may say `disconnected` long after it is well again. */
  readonly connection: RTCPeerConnectionState;
  readonly startedAt: number;
  readonly connectedAt: number | null;
  /** Bytes, or an answer to a consent check, were seen to have arrived. */
  readonly receivedAt: number;
  /** The browser took back its `connected`. */
  readonly disconnectedAt: number | null;
  /** Somebody has reason to ask for a proof. */
  readonly proofRequestedAt: number | null;
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

/** Dead ones are rebuilt. What is heard counts for more than what the browser says. */
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
  const isUnproven =
    proofRequestedAt !== null && receivedAt <= proofRequestedAt && now - proofRequestedAt >= timeouts.proof;
  if (isUnproven || silence >= timeouts.deadAfter) return 'dead';
  if (connection === 'failed' && silence >= timeouts.statsInterval) return 'dead';
  const isDisconnected = disconnectedAt !== null && receivedAt <= disconnectedAt;
  return isDisconnected || silence >= timeouts.interruptedAfter ? 'interrupted' : 'connected';
}

/** ms before the next try, after so many without success: at once, then 0.5, 1, 2, 4 and 8 s, each up to a fifth less. */
export function retryDelay(attempts: number, random = Math.random()): number {
  return attempts === 0 ? 0 : Math.min(500 * 2 ** (attempts - 1), 8000) * (1 - random / 5);
}
