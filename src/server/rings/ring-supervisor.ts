import { isJoinedOn, type RingCall } from '../../domain/ring/ring-call.js';
import type { RingDevice, RingFact } from '../../domain/ring/ring-facts.js';
import { DeadlineQueue, type Clock } from '../limits/deadline-queue.js';

/** The dependencies of `RingSupervisor`. */
export interface RingSupervisorOptions {
  readonly clock: Clock;
  /** How long (ms) a participant may be absent before their leg ends. */
  readonly graceMs: number;
  readonly isConnected: (device: RingDevice) => Promise<boolean>;
  /** The uids of the participants in a media session. */
  readonly uidsInSession: (sessionId: string) => Promise<readonly string[]>;
  readonly read: (sessionId: string) => Promise<RingCall | undefined>;
  /** The calls of a user. */
  readonly readOf: (uid: string) => Promise<readonly RingCall[]>;
  readonly report: (sessionId: string, fact: RingFact) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Minimum interval (ms) between two polls of a call. */
const minPollMs = 1000;

/** How long (ms) a closed page may take to come back, because it is being reloaded or another page of the site opens. */
const reloadMs = 8000;

/** Expires calls that ring too long, and ends ongoing calls whose participants are gone. */
export class RingSupervisor {
  readonly #options: RingSupervisorOptions;
  readonly #expiries = new Map<string, () => void>();
  /** The calls that are polled, with the result of the last poll. */
  readonly #tracked = new Map<string, PollResult>();
  readonly #polls: DeadlineQueue<string>;
  readonly #closedPages: DeadlineQueue<RingDevice>;

  constructor(options: RingSupervisorOptions) {
    this.#options = options;
    const { clock, graceMs, signal } = options;
    const ms = Math.max(minPollMs, graceMs);
    const onDue = (sessionId: string): void => void this.#poll(sessionId);
    this.#polls = new DeadlineQueue({ ms, clock, signal, onDue });
    this.#closedPages = new DeadlineQueue({
      ms: reloadMs,
      clock,
      signal,
      onDue: (device) => void this.#endCallsOf(device).catch(options.onError),
    });
    signal.addEventListener('abort', () => this.#expiries.forEach((cancel) => cancel()), { once: true });
  }

  /** Starts, updates or ends the supervision of a call. Called for every new or changed call. */
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

  /**
   * The page of a device was closed. A reload finds its call again; otherwise the call ends for it, much sooner than
   * after a lost connection.
   */
  pageClosed(device: RingDevice): void {
    this.#closedPages.add(device);
  }

  async #endCallsOf(device: RingDevice): Promise<void> {
    const { isConnected, uidsInSession, readOf, report, clock } = this.#options;
    if (await isConnected(device)) return;
    for (const call of await readOf(device.uid)) {
      const { sessionId } = call;
      if (!isJoinedOn(call, device.uid, device.deviceId)) continue;
      if ((await uidsInSession(sessionId)).includes(device.uid)) continue;
      await report(sessionId, { type: 'page-closed', device, at: clock.now() });
    }
  }

  #expireAt(sessionId: string, at: number): void {
    const { clock, report, onError } = this.#options;
    const expireCall = (): void => {
      this.#expiries.delete(sessionId);
      // Timers may fire a fraction of a millisecond early.
      const now = Math.max(at, clock.now());
      report(sessionId, { type: 'time-passed', at: now }).catch(onError);
    };
    this.#expiries.set(sessionId, clock.after(Math.max(0, at - clock.now()), expireCall));
  }

  #clearExpiry(sessionId: string): void {
    this.#expiries.get(sessionId)?.();
    this.#expiries.delete(sessionId);
  }

  /** Never rejects. A poll that failed is followed by the next one. */
  async #poll(sessionId: string): Promise<void> {
    await this.#check(sessionId).catch(this.#options.onError);
    if (this.#tracked.has(sessionId)) this.#polls.add(sessionId);
  }

  /** A device that is disconnected and absent from the session in two consecutive polls is gone. */
  async #check(sessionId: string): Promise<void> {
    const before = this.#tracked.get(sessionId);
    const call = await this.#options.read(sessionId);
    if (!before || call?.status !== 'ongoing') return void this.#tracked.delete(sessionId);
    const now = await this.#checkPresence(call, before);
    this.#tracked.set(sessionId, now);
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
    const present = await this.#options.uidsInSession(sessionId);
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
  /**
   * The media session had a participant at some time. Otherwise emptiness proves nothing: media may use another
   * service.
   */
  readonly wasOccupied: boolean;
  readonly isEmpty: boolean;
}
