import type { LinkStats } from './link-stats.js';
import { newHealth, timeouts, connectionStatus, type ConnectionStatus } from './connection-health.js';
import { smoothMetrics, qualityGrade, type QualityMetrics } from './quality-grade.js';

/** The connection to monitor. */
interface MonitoredLink {
  readonly connection: RTCPeerConnectionState;
  ping(): void;
  stats(): Promise<LinkStats | undefined>;
}

/** Monitors whether one epoch's connection is alive, and its quality. */
export class LivenessMonitor {
  #health = newHealth(performance.now());
  #statsReadAt = 0;
  #lastStats: LinkStats | undefined;
  #quality: QualityMetrics | null = null;
  /** When media last arrived. */
  #mediaAt = -Infinity;

  get startedAt(): number {
    return this.#health.startedAt;
  }

  get connectedAt(): number | null {
    return this.#health.connectedAt;
  }

  /** Whether nothing has arrived for so long that the connection is doubtful. */
  get isSilent(): boolean {
    const { connectedAt, receivedAt } = this.#health;
    const { media, messages } = timeouts.silentAfter;
    const limit = receivedAt === this.#mediaAt ? media : messages;
    return connectedAt !== null && performance.now() - receivedAt >= limit;
  }

  /** 1 (poor) to 4 (excellent); `undefined` before the second read. */
  get quality(): number | undefined {
    return this.#quality ? qualityGrade(this.#quality) : undefined;
  }

  status(link: MonitoredLink | undefined): ConnectionStatus {
    // Closing an RTCPeerConnection locally fires no event, so the state is read.
    const connection = link?.connection === 'closed' ? 'closed' : this.#health.connection;
    return connectionStatus({ ...this.#health, connection }, performance.now());
  }

  /** Whether the statistics should be read again. `now` in ms. */
  isStatsDue(now: number, status: ConnectionStatus): boolean {
    return status !== 'connected' || now - this.#statsReadAt >= timeouts.statsInterval - 100;
  }

  /** Records a new state of the browser's connection. */
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

  /** A message arrived. With `media`: media, if any arrived since the last call. */
  noteActivity(media?: { hasArrived(): boolean }): void {
    if (media && !media.hasArrived()) return;
    const now = performance.now();
    if (media) this.#mediaAt = now;
    this.#health = { ...this.#health, receivedAt: now };
  }

  /** Sends a ping, and updates health and quality from the statistics, which it returns unless the link is closed. */
  async readStats(link: MonitoredLink): Promise<LinkStats | undefined> {
    const readAt = this.#statsReadAt;
    this.#statsReadAt = performance.now();
    link.ping();
    const stats = await link.stats();
    if (!stats) return undefined;
    const before = this.#lastStats;
    this.#lastStats = stats;
    const hasGrown = stats.bytes > (before?.bytes ?? 0) || stats.consents > (before?.consents ?? 0);
    // What arrived since the last read may be the media of long ago, which is already known.
    if (hasGrown && this.#mediaAt < readAt) this.#health = { ...this.#health, receivedAt: performance.now() };
    if (before) this.#quality = smoothMetrics(before, stats, this.#quality);
    return stats;
  }

  /** Whether the connection is being verified, and has neither received data nor timed out. */
  get isOnTrial(): boolean {
    const { proofRequestedAt, receivedAt } = this.#health;
    return (
      proofRequestedAt !== null &&
      receivedAt <= proofRequestedAt &&
      performance.now() - proofRequestedAt <= timeouts.proof
    );
  }

  /** Starts verification: data must arrive within `timeouts.proof`. */
  requireProof(): void {
    this.#health = { ...this.#health, proofRequestedAt: performance.now() };
  }

  /** Shifts the times by a suspension of the page (ms), which must not count as silence. */
  excuseGap(gap: number): void {
    const { startedAt, receivedAt } = this.#health;
    this.#mediaAt += gap;
    this.#health = { ...this.#health, startedAt: startedAt + gap, receivedAt: receivedAt + gap };
  }
}
