import type { LinkStats } from './link-stats.js';
import { newborn, patience, verdict, type Verdict } from './pair-health.js';
import { experience, qualityGrade, type Experience } from './quality-grade.js';

/** What is listened to. */
interface Listened {
  readonly connection: RTCPeerConnectionState;
  ping(): void;
  stats(): Promise<LinkStats | undefined>;
}

/** Feels whether the connection of one epoch lives, and how well. */
export class Pulse {
  #health = newborn(performance.now());
  #readAt = 0;
  #reading: LinkStats | undefined;
  #felt: Experience | null = null;

  get startedAt(): number {
    return this.#health.startedAt;
  }

  get connectedAt(): number | null {
    return this.#health.connectedAt;
  }

  /** 1 to 4; `undefined` before the second reading. */
  get quality(): number | undefined {
    return this.#felt ? qualityGrade(this.#felt) : undefined;
  }

  verdict(link: Listened | undefined): Verdict {
    // A connection that is closed behind its back tells nobody, so it is asked.
    const connection = link?.connection === 'closed' ? 'closed' : this.#health.connection;
    return verdict({ ...this.#health, connection }, performance.now());
  }

  /** Whether it is time to read again. */
  isDue(now: number, verdict: Verdict): boolean {
    return verdict !== 'connected' || now - this.#readAt >= patience.reading - 100;
  }

  /** The browser says something new. */
  changed(connection: RTCPeerConnectionState): void {
    const now = performance.now();
    const { connectedAt, troubledAt, heardAt } = this.#health;
    const connected = connection === 'connected';
    this.#health = {
      ...this.#health,
      connection,
      connectedAt: connectedAt ?? (connected ? now : null),
      heardAt: connectedAt === null ? now : heardAt,
      troubledAt: connected || connectedAt === null ? null : (troubledAt ?? now),
    };
  }

  /** Reads the statistics: is anything heard, and how well? Also asks the other side for a sign of life. */
  async read(link: Listened): Promise<void> {
    this.#readAt = performance.now();
    link.ping();
    const stats = await link.stats();
    if (!stats) return;
    const before = this.#reading;
    this.#reading = stats;
    if (stats.bytes > (before?.bytes ?? 0) || stats.consents > (before?.consents ?? 0))
      this.#health = { ...this.#health, heardAt: performance.now() };
    if (before) this.#felt = experience(before, stats, this.#felt);
  }

  /** It was doubted, and has neither proved itself nor run out of time. */
  get isOnTrial(): boolean {
    const { doubtedAt, heardAt } = this.#health;
    return doubtedAt !== null && heardAt <= doubtedAt && performance.now() - doubtedAt <= patience.proof;
  }

  /** From now on it has to prove that it lives. */
  doubt(): void {
    this.#health = { ...this.#health, doubtedAt: performance.now() };
  }

  /** Nobody listened for a while (the computer slept): that silence proves nothing. */
  forgive(gap: number): void {
    const { startedAt, heardAt } = this.#health;
    this.#health = { ...this.#health, startedAt: startedAt + gap, heardAt: heardAt + gap };
  }
}
