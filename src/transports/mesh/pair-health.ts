/** How long what is waited for. ms. */
export const patience = {
  /** From the start of an epoch to the connection. */
  connect: 8000,
  /** The same while signals may have been lost: what takes longer is not waited for. */
  connectInDoubt: 3000,
  /** From the start of an epoch to the offer; then it is asked for, again and again. */
  offer: 2000,
  /** An offer that was not answered yet is made anew for who asks: not one that may still be on its way. */
  onItsWay: 1000,
  /** Nothing heard: shown as interrupted. */
  hush: 3000,
  /** Nothing heard: dead. */
  silence: 5000,
  /** A doubted connection proves itself by something heard within it: Chromium checks consent every 2.5 s. */
  proof: 3000,
  /** Between two pings to a doubted connection: pings are not sent again when they are lost. */
  ping: 300,
  /** Between two readings of the statistics of a connection that is well; of others every second. */
  reading: 2000,
  /** Closed by the other side: the server's word that it left, or its next offer, is on the way. */
  farewell: 300,
  /** A connection that held so long was a success: the next failure is the first again. */
  success: 5000,
} as const;

/** Failed tries after which the user is told. They go on. */
export const triesUntilTold = 4;

/** What is known of the connection of one epoch. Times by `performance.now()`; `null`: has not happened. */
export interface PairHealth {
  /** What the browser says. Firefox may say `disconnected` long after it is well again. */
  readonly connection: RTCPeerConnectionState;
  readonly startedAt: number;
  readonly connectedAt: number | null;
  /** Bytes, or an answer to a consent check, were seen to have arrived. */
  readonly heardAt: number;
  /** The browser took back its `connected`. */
  readonly troubledAt: number | null;
  /** Somebody has reason to ask for a proof. */
  readonly doubtedAt: number | null;
}

export function newborn(now: number): PairHealth {
  return {
    connection: 'new',
    startedAt: now,
    connectedAt: null,
    heardAt: now,
    troubledAt: null,
    doubtedAt: null,
  };
}

/** Dead ones are rebuilt. What is heard counts for more than what the browser says. */
export type Verdict = 'connecting' | 'connected' | 'interrupted' | 'dead';

export function verdict(health: PairHealth, now: number): Verdict {
  if (health.connection === 'closed') return 'dead';
  return health.connectedAt === null ? whileConnecting(health, now) : onceConnected(health, now);
}

function whileConnecting({ connection, startedAt, doubtedAt }: PairHealth, now: number): Verdict {
  if (connection === 'failed' || now - startedAt >= patience.connect) return 'dead';
  return doubtedAt !== null && now - startedAt >= patience.connectInDoubt ? 'dead' : 'connecting';
}

function onceConnected(
  { connection, heardAt, troubledAt, doubtedAt }: PairHealth,
  now: number,
): Exclude<Verdict, 'connecting'> {
  const silence = now - heardAt;
  const unproven = doubtedAt !== null && heardAt <= doubtedAt && now - doubtedAt >= patience.proof;
  if (unproven || silence >= patience.silence) return 'dead';
  if (connection === 'failed' && silence >= patience.reading) return 'dead';
  const troubled = troubledAt !== null && heardAt <= troubledAt;
  return troubled || silence >= patience.hush ? 'interrupted' : 'connected';
}

/** ms before the next try, after so many without success: at once, then 0.5, 1, 2, 4 and 8 s, each up to a fifth less. */
export function retryDelay(tries: number, random = Math.random()): number {
  return tries === 0 ? 0 : Math.min(500 * 2 ** (tries - 1), 8000) * (1 - random / 5);
}
