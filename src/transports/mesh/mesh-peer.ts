import type { Emitter } from '../../base/emitter.js';
import type { LinkState, TrackSource } from '../../domain/call/call-state.js';
import type { SignalData } from '../../domain/signal-data.js';
import type { Peer, TransportContext, TransportEvents } from '../transport.js';
import { PendingCandidates } from './connection/pending-candidates.js';
import type { OutgoingMedia } from './connection/media-sections.js';
import { PeerEvents } from './peer-events.js';
import { timeouts } from './health/connection-health.js';
import { PeerLink } from './connection/peer-link.js';
import { LivenessMonitor } from './health/liveness-monitor.js';
import { RetryBackoff } from './health/retry-backoff.js';

export interface MeshPeerOptions {
  readonly peer: Peer;
  /** Makes the offers and counts the epochs. */
  readonly initiator: boolean;
  readonly context: TransportContext;
  readonly events: Emitter<TransportEvents>;
  readonly outgoing: OutgoingMedia;
  readonly onIceRefused: (url: string) => void;
  /** How many others there are. */
  readonly peers: () => number;
  /** Whether anybody here looks at the other one's pictures. */
  readonly wantsVideo: () => boolean;
}

/**
 * Oneself and one of the others, for as long as both are in the call: a connection, and the next one when it dies. Each
 * connection is an epoch; what is signalled for another epoch is not for it.
 */
export class MeshPeer {
  readonly #options: MeshPeerOptions;
  readonly #notifier: PeerEvents;
  #peer: Peer;
  #epoch = 0;
  #link: PeerLink | undefined;
  #liveness = new LivenessMonitor();
  /** Of this epoch. */
  #lifetime = new AbortController();
  readonly #pendingCandidates = new PendingCandidates();
  readonly #retries = new RetryBackoff();
  #everConnected = false;
  /** Something was not delivered. */
  #undelivered = false;
  /** Dead, and the next try has its time. */
  #awaitingRetry = false;
  /** When an offer that did not come was asked for last. */
  #offerRequestedAt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #proofTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: MeshPeerOptions) {
    this.#options = options;
    this.#peer = options.peer;
    this.#notifier = new PeerEvents(options.peer.id, options.events);
    if (options.initiator) this.#connect();
    this.#publishState();
  }

  /** What the server says of the other one now. */
  update(peer: Peer): void {
    this.#peer = peer;
    if (peer.connection !== 'connected' || !this.#undelivered) return;
    if (this.#liveness.status(this.#link) === 'connected') this.#undelivered = false;
    else this.#connect();
  }

  receive(epoch: number, data: SignalData): void {
    if (this.#options.initiator) this.#receiveAsInitiator(epoch, data);
    else if (data.type === 'offer' && epoch > this.#epoch) this.#acceptOffer(epoch, data);
    // Late, or from somebody whose page was loaded anew and counts from one again.
    else if (data.type === 'offer' && epoch < this.#epoch) this.verifyAlive();
    else if (data.type === 'candidate' && epoch > this.#epoch) this.#pendingCandidates.add(epoch, data);
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
    if (gap > 0) this.#liveness.excuseGap(gap);
    this.#evaluate();
    this.#requestOffer(now);
    // Not at once: it blocks the page while the first picture is on its way.
    if (this.#liveness.connectedAt !== null) this.#link?.tune(this.#options.peers());
    if (this.#liveness.isStatsDue(now, this.#liveness.status(this.#link))) void this.#readStats();
  }

  /** There is reason to think that it is dead: it has to prove the contrary. */
  verifyAlive(): void {
    if (this.#awaitingRetry) this.#connect();
    else void this.#requestProof(this.#liveness);
  }

  /** The other one left. */
  close(): void {
    this.#endEpoch();
    this.#notifier.removed();
  }

  #receiveAsInitiator(epoch: number, data: SignalData): void {
    if (data.type === 'rebuild') {
      if (epoch < this.#epoch && !this.#offerMayBeLost()) return;
      // Greater when this page was here before.
      this.#epoch = Math.max(epoch, this.#epoch);
      this.#connect();
    } else if (epoch === this.#epoch) this.#link?.receive(data);
  }

  /** Whether the other side has had time to answer the offer, and has not. */
  #offerMayBeLost(): boolean {
    const age = performance.now() - this.#liveness.startedAt;
    return this.#link?.hasRemoteDescription === false && age >= timeouts.offerInFlight;
  }

  /** What was said to be delivered may be lost all the same. */
  #requestOffer(now: number): void {
    if (this.#options.initiator || this.#link || this.#awaitingRetry) return;
    if (now - Math.max(this.#offerRequestedAt, this.#liveness.startedAt) < timeouts.offer) return;
    this.#offerRequestedAt = now;
    this.#sendSignal({ type: 'rebuild' });
  }

  #acceptOffer(epoch: number, offer: SignalData): void {
    const link = this.#open(epoch);
    for (const data of [offer, ...this.#pendingCandidates.takeForEpoch(epoch)]) link.receive(data);
  }

  #connect(): void {
    clearTimeout(this.#retryTimer);
    this.#undelivered = this.#peer.connection === 'reconnecting';
    if (this.#undelivered) return;
    this.#retries.attempt();
    if (this.#options.initiator) this.#open(this.#epoch + 1);
    else {
      this.#startEpoch();
      this.#sendSignal({ type: 'rebuild' });
    }
  }

  #open(epoch: number): PeerLink {
    const { context, outgoing, initiator, wantsVideo, onIceRefused } = this.#options;
    this.#startEpoch();
    this.#epoch = epoch;
    const { signal } = this.#lifetime;
    const iceServers = context.iceServers();
    const link = new PeerLink({ initiator, outgoing, wantsVideo, iceServers, onIceRefused, signal });
    link.events.on('signal', (data) => this.#sendSignal(data), { signal });
    link.events.on('change', () => this.#changed(link), { signal });
    link.events.on('track', (received) => this.#trackReceived(received.source, received.track), { signal });
    return (this.#link = link);
  }

  #startEpoch(): void {
    this.#endEpoch();
    this.#awaitingRetry = false;
    this.#lifetime = new AbortController();
    this.#liveness = new LivenessMonitor();
  }

  #endEpoch(): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#proofTimer);
    this.#lifetime.abort();
    this.#link = undefined;
  }

  #sendSignal(data: SignalData): void {
    const epoch = this.#epoch;
    if (this.#peer.connection === 'reconnecting') this.#undelivered = true;
    else
      void this.#options.context.signaling.send(this.#peer.id, epoch, data).then((delivered) => {
        if (!delivered && epoch === this.#epoch) this.#undelivered = true;
      });
  }

  #changed(link: PeerLink): void {
    const before = this.#liveness.connectedAt;
    this.#liveness.connectionChanged(link.connection);
    if (before !== null) void this.#readStats();
    else if (this.#liveness.connectedAt !== null) this.#connected(link);
    this.#evaluate();
  }

  #connected(link: PeerLink): void {
    this.#everConnected = true;
    this.#retries.connected();
    for (const [source, track] of link.tracks()) this.#notifier.track(source, track);
  }

  /** Until the next connection stands, the last picture of the one before is better than none. */
  #trackReceived(source: TrackSource, track: MediaStreamTrack): void {
    if (!this.#everConnected) this.#notifier.track(source, track);
  }

  async #readStats(): Promise<void> {
    const liveness = this.#liveness;
    if (this.#link) await liveness.readStats(this.#link);
    if (liveness === this.#liveness) this.#evaluate();
  }

  async #requestProof(liveness: LivenessMonitor): Promise<void> {
    await this.#readStats(); // What arrived before is no proof.
    if (liveness !== this.#liveness || this.#lifetime.signal.aborted) return;
    liveness.requireProof();
    clearTimeout(this.#proofTimer);
    const ping = (): void => {
      const wasOnTrial = liveness.isOnTrial;
      void this.#readStats();
      if (wasOnTrial) this.#proofTimer = setTimeout(ping, timeouts.ping);
    };
    ping();
  }

  #evaluate(): void {
    if (this.#lifetime.signal.aborted) return;
    if (!this.#awaitingRetry && this.#liveness.status(this.#link) === 'dead') this.#scheduleRetry();
    this.#publishState();
  }

  #scheduleRetry(): void {
    const { connectedAt } = this.#liveness;
    this.#awaitingRetry = true;
    if (connectedAt !== null) this.#retries.disconnected(performance.now() - connectedAt);
    // What could not even be told to the other side says nothing of the way to it.
    else if (!this.#undelivered && this.#retries.failed()) this.#notifier.unreachable();
    const closeGrace = this.#link?.connection === 'closed' ? timeouts.closeGrace : 0;
    this.#retryTimer = setTimeout(() => this.#connect(), Math.max(closeGrace, this.#retries.delay()));
  }

  #publishState(): void {
    const state = this.#state();
    this.#notifier.link(state);
    if (state !== 'connecting') this.#notifier.quality(state === 'connected' ? this.#liveness.quality : 0);
  }

  #state(): LinkState {
    if (!this.#awaitingRetry && this.#liveness.status(this.#link) === 'connected') return 'connected';
    if (this.#retries.isUnreachable) return 'failed';
    return this.#everConnected ? 'interrupted' : 'connecting';
  }
}
