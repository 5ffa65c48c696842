import type { RingCall } from '../../domain/ring/ring-call.js';
import type { RingDevice, RingFact } from '../../domain/ring/ring-facts.js';
import { DeadlineQueue, type Clock } from '../limits/deadline-queue.js';

/** What the watch looks at, and whom it tells. */
export interface RingSupervisorOptions {
  readonly clock: Clock;
  /** ms somebody may be away from a call before they have left it. */
  readonly graceMs: number;
  readonly isConnected: (device: RingDevice) => Promise<boolean>;
  /** The uids of those who are in the media session. */
  readonly uidsInSession: (sessionId: string) => readonly string[];
  /** The call as it is now. */
  readonly read: (sessionId: string) => Promise<RingCall | undefined>;
  readonly report: (sessionId: string, fact: RingFact) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** ms between two looks at a call, at least. */
const leastGlanceMs = 1000;

/** Sees to it that no call rings beyond its time, and that none goes on without anybody in it. */
export class RingSupervisor {
  readonly #options: RingSupervisorOptions;
  readonly #expiries = new Map<string, () => void>();
  /** Calls that are looked at now and then; for each, who was missing the last time. */
  readonly #tracked = new Map<string, PollResult>();
  readonly #polls: DeadlineQueue<string>;

  constructor(options: RingSupervisorOptions) {
    this.#options = options;
    const { clock, graceMs, signal } = options;
    const ms = Math.max(leastGlanceMs, graceMs);
    const onDue = (sessionId: string): void => void this.#poll(sessionId).catch(options.onError);
    this.#polls = new DeadlineQueue({ ms, clock, signal, onDue });
    signal.addEventListener('abort', () => this.#expiries.forEach((cancel) => cancel()), { once: true });
  }

  /** To be told of every call that begins or changes. */
  track(call: RingCall): void {
    if (this.#options.signal.aborted) return;
    const { sessionId } = call;
    const rings = call.legs.some(({ state }) => state === 'ringing');
    if (rings && !this.#expiries.has(sessionId)) this.#expireAt(sessionId, call.expiresAt);
    if (!rings) this.#clearExpiry(sessionId);
    if (call.status !== 'ongoing') this.#tracked.delete(sessionId);
    else if (!this.#tracked.has(sessionId)) {
      this.#tracked.set(sessionId, { missing: new Set(), wasOccupied: false, isEmpty: false });
      this.#polls.add(sessionId);
    }
  }

  #expireAt(sessionId: string, at: number): void {
    const { clock, report, onError } = this.#options;
    const expireCall = (): void => {
      this.#expiries.delete(sessionId);
      // Timers may be early by a fraction of a ms.
      const now = Math.max(at, clock.now());
      report(sessionId, { type: 'time-passed', at: now }).catch(onError);
    };
    this.#expiries.set(sessionId, clock.after(Math.max(0, at - clock.now()), expireCall));
  }

  #clearExpiry(sessionId: string): void {
    this.#expiries.get(sessionId)?.();
    this.#expiries.delete(sessionId);
  }

  /** Whoever is neither here nor in the session twice in a row has left. */
  async #poll(sessionId: string): Promise<void> {
    const before = this.#tracked.get(sessionId);
    const call = await this.#options.read(sessionId);
    if (!before || call?.status !== 'ongoing') return void this.#tracked.delete(sessionId);
    const now = await this.#checkPresence(call, before);
    this.#tracked.set(sessionId, now);
    this.#polls.add(sessionId);
    const at = this.#options.clock.now();
    if (now.isEmpty && before.isEmpty)
      await this.#options.report(sessionId, { type: 'session-emptied', sessionId, at });
    for (const { user, deviceId } of call.legs) {
      if (deviceId === null || !before.missing.has(user.uid) || !now.missing.has(user.uid)) continue;
      const device = { uid: user.uid, deviceId };
      await this.#options.report(sessionId, { type: 'device-gone', device, at });
    }
  }

  async #checkPresence({ sessionId, legs }: RingCall, before: PollResult): Promise<PollResult> {
    const present = this.#options.uidsInSession(sessionId);
    const missing = new Set<string>();
    for (const { user, state, deviceId } of legs) {
      if (state !== 'joined' || deviceId === null || present.includes(user.uid)) continue;
      if (!(await this.#options.isConnected({ uid: user.uid, deviceId }))) missing.add(user.uid);
    }
    const wasOccupied = before.wasOccupied || present.length > 0;
    return { missing, wasOccupied, isEmpty: wasOccupied && present.length === 0 };
  }
}

interface PollResult {
  readonly missing: ReadonlySet<string>;
  /** Somebody has been in the media session. Without that, its emptiness says nothing: media may go another way. */
  readonly wasOccupied: boolean;
  readonly isEmpty: boolean;
}
