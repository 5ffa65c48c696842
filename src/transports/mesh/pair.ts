import type { Emitter } from '../../base/emitter.js';
import type { LinkState, TrackSource } from '../../domain/call-state.js';
import type { SignalData } from '../../domain/signal-data.js';
import type { Peer, TransportContext, TransportEvents } from '../transport.js';
import { EarlySignals } from './early-signals.js';
import type { Outgoing } from './media-lines.js';
import { PairFace } from './pair-face.js';
import { patience } from './pair-health.js';
import { PeerLink } from './peer-link.js';
import { Pulse } from './pulse.js';
import { Tries } from './tries.js';

export interface PairOptions {
  readonly peer: Peer;
  /** Makes the offers and counts the epochs. */
  readonly initiator: boolean;
  readonly context: TransportContext;
  readonly events: Emitter<TransportEvents>;
  readonly outgoing: Outgoing;
  readonly onIceRefused: (url: string) => void;
  /** How many others there are. */
  readonly peers: () => number;
  /** Whether anybody here looks at the other one's pictures. */
  readonly looks: () => boolean;
}

/**
 * Oneself and one of the others, for as long as both are in the call: a connection, and the next one when it dies. Each
 * connection is an epoch; what is signalled for another epoch is not for it.
 */
export class Pair {
  readonly #options: PairOptions;
  readonly #face: PairFace;
  #peer: Peer;
  #epoch = 0;
  #link: PeerLink | undefined;
  #pulse = new Pulse();
  /** Of this epoch. */
  #lifetime = new AbortController();
  readonly #early = new EarlySignals();
  readonly #tries = new Tries();
  #everConnected = false;
  /** Something was not delivered. */
  #missed = false;
  /** Dead, and the next try has its time. */
  #parked = false;
  /** When an offer that did not come was asked for last. */
  #askedAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #proof: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PairOptions) {
    this.#options = options;
    this.#peer = options.peer;
    this.#face = new PairFace(options.peer.id, options.events);
    if (options.initiator) this.#try();
    this.#show();
  }

  /** What the server says of the other one now. */
  update(peer: Peer): void {
    this.#peer = peer;
    if (peer.connection !== 'connected' || !this.#missed) return;
    if (this.#pulse.verdict(this.#link) === 'connected') this.#missed = false;
    else this.#try();
  }

  receive(epoch: number, data: SignalData): void {
    if (this.#options.initiator) this.#receiveAsInitiator(epoch, data);
    else if (data.type === 'offer' && epoch > this.#epoch) this.#accept(epoch, data);
    // Late, or from somebody whose page was loaded anew and counts from one again.
    else if (data.type === 'offer' && epoch < this.#epoch) this.doubt();
    else if (data.type === 'candidate' && epoch > this.#epoch) this.#early.keep(epoch, data);
    else if (epoch === this.#epoch) this.#link?.receive(data);
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    await this.#link?.send(source, track);
  }

  /** Tells the other side that this one is there, and whether it looks. */
  ping(): void {
    this.#link?.ping();
  }

  level(now: number): number {
    return this.#link?.level(now) ?? 0;
  }

  /** Once a second; `gap` is how much more than a second has passed. */
  tick(now: number, gap: number): void {
    if (gap > 0) this.#pulse.forgive(gap);
    this.#judge();
    this.#askForOffer(now);
    // Not at once: it blocks the page while the first picture is on its way.
    if (this.#pulse.connectedAt !== null) this.#link?.tune(this.#options.peers());
    if (this.#pulse.isDue(now, this.#pulse.verdict(this.#link))) void this.#read();
  }

  /** There is reason to think that it is dead: it has to prove the contrary. */
  doubt(): void {
    if (this.#parked) this.#try();
    else void this.#askProof(this.#pulse);
  }

  /** The other one left. */
  close(): void {
    this.#drop();
    this.#face.gone();
  }

  #receiveAsInitiator(epoch: number, data: SignalData): void {
    if (data.type === 'rebuild') {
      if (epoch < this.#epoch && !this.#mayBeLost()) return;
      // Greater when this page was here before.
      this.#epoch = Math.max(epoch, this.#epoch);
      this.#try();
    } else if (epoch === this.#epoch) this.#link?.receive(data);
  }

  /** Whether the other side has had time to answer the offer, and has not. */
  #mayBeLost(): boolean {
    const age = performance.now() - this.#pulse.startedAt;
    return this.#link?.isDescribed === false && age >= patience.onItsWay;
  }

  /** What was said to be delivered may be lost all the same. */
  #askForOffer(now: number): void {
    if (this.#options.initiator || this.#link || this.#parked) return;
    if (now - Math.max(this.#askedAt, this.#pulse.startedAt) < patience.offer) return;
    this.#askedAt = now;
    this.#tell({ type: 'rebuild' });
  }

  #accept(epoch: number, offer: SignalData): void {
    const link = this.#open(epoch);
    for (const data of [offer, ...this.#early.take(epoch)]) link.receive(data);
  }

  #try(): void {
    clearTimeout(this.#retry);
    this.#missed = this.#peer.connection === 'reconnecting';
    if (this.#missed) return;
    this.#tries.begin();
    if (this.#options.initiator) this.#open(this.#epoch + 1);
    else {
      this.#begin();
      this.#tell({ type: 'rebuild' });
    }
  }

  #open(epoch: number): PeerLink {
    const { context, outgoing, initiator, looks, onIceRefused } = this.#options;
    this.#begin();
    this.#epoch = epoch;
    const { signal } = this.#lifetime;
    const iceServers = context.iceServers();
    const link = new PeerLink({ initiator, outgoing, looks, iceServers, onIceRefused, signal });
    link.events.on('signal', (data) => this.#tell(data), { signal });
    link.events.on('change', () => this.#changed(link), { signal });
    link.events.on('track', (arrived) => this.#arrived(arrived.source, arrived.track), { signal });
    return (this.#link = link);
  }

  #begin(): void {
    this.#drop();
    this.#parked = false;
    this.#lifetime = new AbortController();
    this.#pulse = new Pulse();
  }

  #drop(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#proof);
    this.#lifetime.abort();
    this.#link = undefined;
  }

  #tell(data: SignalData): void {
    const epoch = this.#epoch;
    if (this.#peer.connection === 'reconnecting') this.#missed = true;
    else
      void this.#options.context.signaling.send(this.#peer.id, epoch, data).then((delivered) => {
        if (!delivered && epoch === this.#epoch) this.#missed = true;
      });
  }

  #changed(link: PeerLink): void {
    const before = this.#pulse.connectedAt;
    this.#pulse.changed(link.connection);
    if (before !== null) void this.#read();
    else if (this.#pulse.connectedAt !== null) this.#connected(link);
    this.#judge();
  }

  #connected(link: PeerLink): void {
    this.#everConnected = true;
    this.#tries.succeed();
    for (const [source, track] of link.tracks()) this.#face.track(source, track);
  }

  /** Until the next connection stands, the last picture of the one before is better than none. */
  #arrived(source: TrackSource, track: MediaStreamTrack): void {
    if (!this.#everConnected) this.#face.track(source, track);
  }

  async #read(): Promise<void> {
    const pulse = this.#pulse;
    if (this.#link) await pulse.read(this.#link);
    if (pulse === this.#pulse) this.#judge();
  }

  async #askProof(pulse: Pulse): Promise<void> {
    await this.#read(); // What arrived before is no proof.
    if (pulse !== this.#pulse || this.#lifetime.signal.aborted) return;
    pulse.doubt();
    clearTimeout(this.#proof);
    const ping = (): void => {
      const wasOnTrial = pulse.isOnTrial;
      void this.#read();
      if (wasOnTrial) this.#proof = setTimeout(ping, patience.ping);
    };
    ping();
  }

  #judge(): void {
    if (this.#lifetime.signal.aborted) return;
    if (!this.#parked && this.#pulse.verdict(this.#link) === 'dead') this.#park();
    this.#show();
  }

  #park(): void {
    const { connectedAt } = this.#pulse;
    this.#parked = true;
    if (connectedAt !== null) this.#tries.end(performance.now() - connectedAt);
    // What could not even be told to the other side says nothing of the way to it.
    else if (!this.#missed && this.#tries.fail()) this.#face.unreachable();
    const farewell = this.#link?.connection === 'closed' ? patience.farewell : 0;
    this.#retry = setTimeout(() => this.#try(), Math.max(farewell, this.#tries.delay()));
  }

  #show(): void {
    const state = this.#state();
    this.#face.link(state);
    if (state !== 'connecting') this.#face.quality(state === 'connected' ? this.#pulse.quality : 0);
  }

  #state(): LinkState {
    if (!this.#parked && this.#pulse.verdict(this.#link) === 'connected') return 'connected';
    if (this.#tries.isHopeless) return 'failed';
    return this.#everConnected ? 'interrupted' : 'connecting';
  }
}
