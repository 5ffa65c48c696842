import type { Emitter } from '../../base/emitter.js';
import { CallError } from '../../domain/call-error.js';
import type { LinkState, TrackSource } from '../../domain/call-state.js';
import type { SignalData } from '../../domain/signal-data.js';
import type { Peer, TransportContext, TransportEvents } from '../transport.js';
import type { LinkStats } from './link-stats.js';
import type { Outgoing } from './media-lines.js';
import {
  newborn,
  patience,
  retryDelay,
  triesUntilTold,
  verdict,
  type PairHealth,
  type Verdict,
} from './pair-health.js';
import { PeerLink } from './peer-link.js';
import { experience, qualityGrade, type Experience } from './quality-grade.js';

export interface PairOptions {
  readonly peer: Peer;
  /** Makes the offers and counts the epochs. */
  readonly initiator: boolean;
  readonly context: TransportContext;
  readonly events: Emitter<TransportEvents>;
  readonly outgoing: Outgoing;
  /** How many others there are. */
  readonly peers: () => number;
}

/** Candidates of an epoch whose offer is still on its way; more than this are no candidates. */
const mostEarly = 100;

/**
 * Oneself and one of the others, for as long as both are in the call: a connection, and the next one when it dies. Each
 * connection is an epoch; what is signalled for another epoch is not for it.
 */
export class Pair {
  readonly #options: PairOptions;
  readonly #shown = new Map<TrackSource, MediaStreamTrack>();
  #peer: Peer;
  #epoch = 0;
  #link: PeerLink | undefined;
  #lifetime = new AbortController();
  #health = newborn(performance.now());
  #early: { readonly epoch: number; readonly data: SignalData }[] = [];
  /** Tries since a connection last held, failures since one was made. */
  #tries = 0;
  #failures = 0;
  #everConnected = false;
  /** Something was not delivered. */
  #missed = false;
  /** Dead, and the next try has its time. */
  #parked = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #proof: ReturnType<typeof setTimeout> | undefined;
  #readAt = 0;
  #reading: LinkStats | undefined;
  #felt: Experience | null = null;
  #state: LinkState | undefined;
  #quality: number | undefined;

  constructor(options: PairOptions) {
    this.#options = options;
    this.#peer = options.peer;
    if (options.initiator) this.#try();
    this.#show();
  }

  /** What the server says of the other one now. */
  update(peer: Peer): void {
    this.#peer = peer;
    if (peer.connection !== 'connected' || !this.#missed) return;
    if (this.#verdict() === 'connected') this.#missed = false;
    else this.#try();
  }

  receive(epoch: number, data: SignalData): void {
    if (this.#options.initiator) this.#receiveAsInitiator(epoch, data);
    else if (data.type === 'offer' && epoch > this.#epoch) this.#accept(epoch, data);
    else if (data.type === 'offer' && epoch < this.#epoch) this.doubt();
    else if (data.type === 'candidate' && epoch > this.#epoch)
      this.#early = [...this.#early, { epoch, data }].slice(-mostEarly);
    else if (epoch === this.#epoch) this.#link?.receive(data);
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    await this.#link?.send(source, track);
  }

  tune(): void {
    if (this.#health.connectedAt !== null) this.#link?.tune(this.#options.peers());
  }

  level(now: number): number {
    return this.#link?.level(now) ?? 0;
  }

  /** Once a second. */
  tick(now: number): void {
    this.#judge();
    if (this.#verdict() !== 'connected' || now - this.#readAt >= patience.reading - 100) void this.#read();
  }

  /** Nobody looked for a while (the computer slept): that silence proves nothing. */
  forgive(gap: number): void {
    const { startedAt, heardAt } = this.#health;
    this.#health = { ...this.#health, startedAt: startedAt + gap, heardAt: heardAt + gap };
  }

  /** There is reason to think that it is dead: it has to prove the contrary. */
  doubt(): void {
    if (this.#parked) return this.#try();
    const epoch = this.#epoch;
    void this.#read().then(() => {
      if (this.#gone() || epoch !== this.#epoch) return;
      this.#health = { ...this.#health, doubtedAt: performance.now() };
      clearTimeout(this.#proof);
      this.#proof = setTimeout(() => void this.#read(), patience.proof + 50);
    });
  }

  /** The other one left. */
  close(): void {
    this.#drop();
    for (const source of this.#shown.keys())
      this.#options.events.emit('track', { id: this.#peer.id, source, track: null });
  }

  #gone(): boolean {
    return this.#options.context.signal.aborted || this.#lifetime.signal.aborted;
  }

  #receiveAsInitiator(epoch: number, data: SignalData): void {
    if (data.type === 'rebuild' && epoch >= this.#epoch) {
      // Greater when this page was here before, and counts from one again.
      this.#epoch = epoch;
      this.#try();
    } else if (epoch === this.#epoch && data.type !== 'rebuild') this.#link?.receive(data);
  }

  #accept(epoch: number, offer: SignalData): void {
    this.#open(epoch).receive(offer);
    const early = this.#early;
    this.#early = early.filter((each) => each.epoch > epoch);
    for (const each of early) if (each.epoch === epoch) this.#link?.receive(each.data);
  }

  #try(): void {
    clearTimeout(this.#retry);
    this.#missed = this.#peer.connection === 'reconnecting';
    if (this.#missed) return;
    this.#tries += 1;
    if (this.#options.initiator) this.#open(this.#epoch + 1);
    else {
      this.#drop();
      this.#begin();
      this.#tell({ type: 'rebuild' });
    }
  }

  #open(epoch: number): PeerLink {
    const { context, outgoing, initiator } = this.#options;
    this.#drop();
    this.#begin();
    this.#epoch = epoch;
    const { signal } = this.#lifetime;
    const link = new PeerLink({ initiator, outgoing, iceServers: context.iceServers(), signal });
    link.events.on('signal', (data) => this.#tell(data), { signal });
    link.events.on('change', () => this.#changed(), { signal });
    link.events.on('track', ({ source, track }) => this.#everConnected || this.#arrived(source, track), {
      signal,
    });
    this.#link = link;
    return link;
  }

  #begin(): void {
    this.#parked = false;
    this.#lifetime = new AbortController();
    this.#health = newborn(performance.now());
    this.#reading = undefined;
    this.#felt = null;
  }

  #drop(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#proof);
    this.#lifetime.abort();
    this.#link = undefined;
  }

  #tell(data: SignalData): void {
    const { signaling } = this.#options.context;
    const epoch = this.#epoch;
    if (this.#peer.connection === 'reconnecting') this.#missed = true;
    else
      void signaling.send(this.#peer.id, epoch, data).then((delivered) => {
        if (!delivered && epoch === this.#epoch) this.#missed = true;
      });
  }

  #changed(): void {
    const connection = this.#link?.connection ?? 'closed';
    const now = performance.now();
    const { connectedAt, troubledAt } = this.#health;
    this.#health = { ...this.#health, connection };
    if (connection === 'connected') {
      this.#health = { ...this.#health, troubledAt: null, connectedAt: connectedAt ?? now };
      if (connectedAt === null) this.#connected(now);
    } else if (connectedAt !== null) {
      this.#health = { ...this.#health, troubledAt: troubledAt ?? now };
      void this.#read();
    }
    this.#judge();
  }

  #connected(now: number): void {
    this.#health = { ...this.#health, heardAt: now };
    this.#everConnected = true;
    this.#failures = 0;
    this.tune();
    // Of a connection that replaces another, only now: until then the last picture of the old one is better than none.
    for (const [source, track] of this.#link?.tracks() ?? []) this.#arrived(source, track);
  }

  #arrived(source: TrackSource, track: MediaStreamTrack): void {
    if (this.#shown.get(source) === track) return;
    this.#shown.set(source, track);
    this.#options.events.emit('track', { id: this.#peer.id, source, track });
  }

  /** Reads the statistics: is anything heard, and how well? */
  async #read(): Promise<void> {
    const link = this.#link;
    if (!link) return;
    this.#readAt = performance.now();
    link.ping();
    const stats = await link.stats();
    if (link !== this.#link || this.#gone()) return;
    const before = this.#reading;
    if (stats && stats.bytes > (before?.bytes ?? 0))
      this.#health = { ...this.#health, heardAt: performance.now() };
    if (stats && before) this.#felt = experience(before, stats, this.#felt);
    this.#reading = stats ?? before;
    this.#judge();
  }

  #verdict(): Verdict {
    // A connection that was closed behind its back tells nobody.
    const health: PairHealth =
      this.#link?.connection === 'closed' ? { ...this.#health, connection: 'closed' } : this.#health;
    return verdict(health, performance.now());
  }

  #judge(): void {
    if (this.#gone()) return;
    const { connectedAt } = this.#health;
    if (!this.#parked && this.#verdict() === 'dead') {
      if (connectedAt === null) this.#failed();
      else if (performance.now() - connectedAt >= patience.success) this.#tries = 0;
      this.#parked = true;
      const closed = this.#link?.connection === 'closed' ? patience.farewell : 0;
      this.#retry = setTimeout(() => this.#try(), Math.max(closed, retryDelay(this.#tries)));
    }
    this.#show();
  }

  /** A try without success. What could not even be told to the other side says nothing of the way to it. */
  #failed(): void {
    if (this.#missed) return;
    this.#failures += 1;
    const { id } = this.#peer;
    if (this.#failures === triesUntilTold)
      this.#options.events.emit('error', new CallError('PEER_UNREACHABLE', { details: { id } }));
  }

  #show(): void {
    const { events } = this.#options;
    const { id } = this.#peer;
    const state = this.#stateNow();
    if (state !== this.#state) events.emit('link', { id, state: (this.#state = state) });
    const quality = this.#qualityNow(state);
    if (quality !== this.#quality && quality !== undefined)
      events.emit('quality', { id, quality: (this.#quality = quality) });
  }

  #stateNow(): LinkState {
    if (!this.#parked && this.#verdict() === 'connected') return 'connected';
    if (this.#failures >= triesUntilTold) return 'failed';
    return this.#everConnected ? 'interrupted' : 'connecting';
  }

  #qualityNow(state: LinkState): number | undefined {
    if (state === 'connected') return this.#felt ? qualityGrade(this.#felt) : undefined;
    return state === 'connecting' ? undefined : 0;
  }
}
