import type { LinkStats } from './link-stats.js';
import { newHealth, timeouts, connectionStatus, type ConnectionStatus } from './connection-health.js';
import { smoothMetrics, qualityGrade, type QualityMetrics } from './quality-grade.js';

/** What is listened to. */
interface MonitoredLink {
  readonly connection: RTCPeerConnectionState;
  ping(): void;
  stats(): Promise<LinkStats | undefined>;
}

/** Feels whether the connection of one epoch lives, and how well. */
export class LivenessMonitor {
  #health = newHealth(performance.now());
  #statsReadAt = 0;
  #lastStats: LinkStats | undefined;
  #quality: QualityMetrics | null = null;

  get startedAt(): number {
    return this.#health.startedAt;
  }

  get connectedAt(): number | null {
    return this.#health.connectedAt;
  }

  /** 1 to 4; `undefined` before the second reading. */
  get quality(): number | undefined {
    return this.#quality ? qualityGrade(this.#quality) : undefined;
  }

  status(link: MonitoredLink | undefined): ConnectionStatus {
    // A connection that is closed behind its back tells nobody, so it is asked.
    const connection = link?.connection === 'closed' ? 'closed' : this.#health.connection;
    return connectionStatus({ ...this.#health, connection }, performance.now());
  }

  /** Whether it is time to read again. */
  isStatsDue(now: number, status: ConnectionStatus): boolean {
    return status !== 'connected' || now - this.#statsReadAt >= timeouts.statsInterval - 100;
  }

  /** The browser says something new. */
  connectionChanged(connection: RTCPeerConnectionState): void {
    const now = performance.now();
    const { connectedAt, disconnectedAt, receivedAt } = this.#health;
    const connected = connection === 'connected';
    this.#health = {
      ...this.#health,
      connection,
      connectedAt: connectedAt ?? (connected ? now : null),
      receivedAt: connectedAt === null ? now : receivedAt,
      disconnectedAt: connected || connectedAt === null ? null : (disconnectedAt ?? now),
    };
  }

  /** Reads the statistics: is anything heard, and how well? Also asks the other side for a sign of life. */
  async readStats(link: MonitoredLink): Promise<void> {
    this.#statsReadAt = performance.now();
    link.ping();
    const stats = await link.stats();
    if (!stats) return;
    const before = this.#lastStats;
    this.#lastStats = stats;
    if (stats.bytes > (before?.bytes ?? 0) || stats.consents > (before?.consents ?? 0))
      this.#health = { ...this.#health, receivedAt: performance.now() };
    if (before) this.#quality = smoothMetrics(before, stats, this.#quality);
  }

  /** It was doubted, and has neither proved itself nor run out of time. */
  get isOnTrial(): boolean {
    const { proofRequestedAt, receivedAt } = this.#health;
    return (
      proofRequestedAt !== null &&
      receivedAt <= proofRequestedAt &&
      performance.now() - proofRequestedAt <= timeouts.proof
    );
  }

  /** From now on it has to prove that it lives. */
  requireProof(): void {
    this.#health = { ...this.#health, proofRequestedAt: performance.now() };
  }

  /** Nobody listened for a while (the computer slept): that silence proves nothing. */
  excuseGap(gap: number): void {
    const { startedAt, receivedAt } = this.#health;
    this.#health = { ...this.#health, startedAt: startedAt + gap, receivedAt: receivedAt + gap };
  }
}
