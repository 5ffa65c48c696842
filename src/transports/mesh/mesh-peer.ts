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
  /** Whether this side makes the offers and numbers the epochs. */
  readonly initiator: boolean;
  readonly context: TransportContext;
  readonly events: Emitter<TransportEvents>;
  readonly outgoing: OutgoingMedia;
  readonly onIceRefused: (url: string) => void;
  /** The number of remote participants. */
  readonly peers: () => number;
  /** Whether this client wants the peer's video. */
  readonly wantsVideo: () => boolean;
}

/**
 * One remote participant, for as long as both are in the call. Keeps a connection open, and replaces it when it dies. Each
 * connection is an epoch; it ignores the signals of other epochs.
 */
export class MeshPeer {
  readonly #options: MeshPeerOptions;
  readonly #notifier: PeerEvents;
  #peer: Peer;
  #epoch = 0;
  #link: PeerLink | undefined;
  #liveness = new LivenessMonitor();
  /** Aborted at the end of the epoch. */
  #lifetime = new AbortController();
  readonly #pendingCandidates = new PendingCandidates();
  readonly #retries = new RetryBackoff();
  #everConnected = false;
  /** A signal of this epoch was not delivered. */
  #undelivered = false;
  /** The connection is dead, and a retry is scheduled. */
  #awaitingRetry = false;
  /** When this side last requested a missing offer. */
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

  /** Updates the peer's state from the server. Reconnects if a signal was lost and the peer is back. */
  update(peer: Peer): void {
    this.#peer = peer;
    if (peer.connection !== 'connected' || !this.#undelivered) return;
    if (this.#liveness.status(this.#link) === 'connected') this.#undelivered = false;
    else this.#connect();
  }

  receive(epoch: number, data: SignalData): void {
    if (this.#options.initiator) this.#receiveAsInitiator(epoch, data);
    else if (data.type === 'offer' && epoch > this.#epoch) this.#acceptOffer(epoch, data);
    // A late offer, or the peer reloaded its page and restarted the numbering.
    else if (data.type === 'offer' && epoch < this.#epoch) this.verifyAlive();
    else if (data.type === 'candidate' && epoch > this.#epoch) this.#pendingCandidates.add(epoch, data);
    else if (epoch === this.#epoch) this.#link?.receive(data);
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    await this.#link?.send(source, track);
  }

  /** Requests a pong, and sends whether this client wants video. */
  ping(): void {
    this.#link?.ping();
  }

  level(now: number): number {
    return this.#link?.level(now) ?? 0;
  }

  /** Called once a second. `gap`: ms that the timer was late. */
  tick(now: number, gap: number): void {
    if (gap > 0) this.#liveness.excuseGap(gap);
    this.#evaluate();
    this.#requestOffer(now);
    // Waits for the connection: `setParameters` would block the page before the first video frame.
    if (this.#liveness.connectedAt !== null) this.#link?.tune(this.#options.peers());
    if (this.#liveness.isStatsDue(now, this.#liveness.status(this.#link))) void this.#readStats();
  }

  /** Checks whether a doubtful connection is alive, and rebuilds it if not. A scheduled retry runs at once. */
  verifyAlive(): void {
    if (this.#awaitingRetry) this.#connect();
    else void this.#requestProof(this.#liveness);
  }

  /** The peer left the call. */
  close(): void {
    this.#endEpoch();
    this.#notifier.removed();
  }

  #receiveAsInitiator(epoch: number, data: SignalData): void {
    if (data.type === 'rebuild') {
      if (epoch < this.#epoch && !this.#offerMayBeLost()) return;
      // The peer's epoch is greater if this page was reloaded during the call.
      this.#epoch = Math.max(epoch, this.#epoch);
      this.#connect();
    } else if (epoch === this.#epoch) this.#link?.receive(data);
  }

  /** Whether the offer is still unanswered after its time in flight. */
  #offerMayBeLost(): boolean {
    const age = performance.now() - this.#liveness.startedAt;
    return this.#link?.hasRemoteDescription === false && age >= timeouts.offerInFlight;
  }

  /** Requests an offer that is overdue: a delivered signal can still be lost. */
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

  /** Only for the first connection. After a rebuild, the last frame stays visible until the new connection is up. */
  #trackReceived(source: TrackSource, track: MediaStreamTrack): void {
    if (!this.#everConnected) this.#notifier.track(source, track);
  }

  async #readStats(): Promise<void> {
    const liveness = this.#liveness;
    if (this.#link) await liveness.readStats(this.#link);
    if (liveness === this.#liveness) this.#evaluate();
  }

  async #requestProof(liveness: LivenessMonitor): Promise<void> {
    await this.#readStats(); // Data that arrived earlier proves nothing.
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
    // An undelivered signal says nothing about the network path to the peer.
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
