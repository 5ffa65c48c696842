import type { LinkState, TrackSource } from '../../domain/call/call-state.js';
import type { SignalData } from '../../domain/signal-data.js';
import type { Peer } from '../transport.js';
import { hasCandidates, PendingCandidates } from './connection/pending-candidates.js';
import { PeerEvents } from '../peer-events.js';
import { iceServersOf } from './usable-ice-servers.js';
import { isBroken, timeouts } from './health/connection-health.js';
import { PeerLink } from './connection/peer-link.js';
import { prepareAnswer, type PreparedLink } from './connection/prepared-link.js';
import { LivenessMonitor } from './health/liveness-monitor.js';
import { RetryBackoff } from './health/retry-backoff.js';
import { SilenceWatch } from './health/silence-watch.js';
import { Verification } from './health/verification.js';
import type { MeshPeerOptions } from './mesh-peer-options.js';

/**
 * One remote participant, for as long as both are in the call. Keeps a connection open, and replaces it when it dies. Each
 * connection is an epoch; it ignores the signals of other epochs.
 */
export class MeshPeer {
  /** The last statistics of the connection. */
  report: RTCStatsReport | undefined;
  readonly #options: MeshPeerOptions;
  readonly #notifier: PeerEvents;
  #peer: Peer;
  #epoch = 0;
  #link: PeerLink | undefined;
  /** The connection of the first epoch, made before its signals. */
  #prepared: PreparedLink | undefined;
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
  readonly #silence = new SilenceWatch();
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #verification = new Verification();

  constructor(options: MeshPeerOptions) {
    this.#options = options;
    this.#peer = options.peer;
    this.#notifier = new PeerEvents(options.peer.id, options.events);
    this.#prepared = options.initiator ? options.takePrepared() : prepareAnswer(options);
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
    else if (data.type === 'candidates' && epoch > this.#epoch) this.#pendingCandidates.add(epoch, data);
    else if (epoch === this.#epoch) this.#link?.receive(data);
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    await this.#link?.send(source, track);
  }

  /** Requests a pong, and sends how much video this client wants. */
  ping(): void {
    this.#link?.ping();
  }

  level(now: number): number {
    // Reading it blocks the page until the media thread answers, which is busy with the new connection.
    return this.#liveness.connectedAt === null ? 0 : (this.#link?.media.level(now) ?? 0);
  }

  /** Called once a second. `gap`: ms that the timer was late. */
  tick(now: number, gap: number): void {
    if (gap > 0) this.#liveness.excuseGap(gap);
    this.#evaluate();
    this.#requestOffer(now);
    // `setParameters` would block the page before the first video frame.
    if (now - (this.#liveness.connectedAt ?? now) > timeouts.firstFrame)
      this.#link?.tune(this.#options.conditions());
    if (this.#liveness.isStatsDue(now, this.#liveness.status(this.#link))) void this.#readStats();
  }

  /** Called a few times a second. Notices silence early, and restarts ICE when a burst of pings stays unanswered. */
  watch(now: number): void {
    const link = this.#link;
    if (!link || this.#awaitingRetry || this.#liveness.connectedAt === null) return;
    this.#liveness.noteActivity(link.media);
    const step = this.#silence.step(this.#liveness.isSilent, now);
    if (step === 'restart') this.#restart(link);
    if (step !== 'verify') return;
    this.#options.onSilent();
    this.verifyAlive();
  }

  /**
   * The network has changed, or signals may have been lost. A connection in which nothing arrives is repaired at once; another one is
   * verified, and rebuilt if it is dead. A scheduled retry runs at once.
   */
  recover(): void {
    const link = this.#link;
    if (this.#awaitingRetry) this.#connect();
    else if (!link || !this.#liveness.isSilent) this.verifyAlive();
    else if (link.canRestart) this.#restart(link);
    else this.#connect();
  }

  /** Verifies a doubtful connection: it is rebuilt if no data arrives in time. */
  verifyAlive(): void {
    void this.#requestProof(this.#liveness);
  }

  /** The peer left the call. */
  close(): void {
    this.#prepared?.close();
    this.#endEpoch();
    this.#notifier.removed();
  }

  #receiveAsInitiator(epoch: number, data: SignalData): void {
    if (data.type === 'rebuild') {
      if (epoch < this.#epoch && !this.#offerMayBeLost()) return;
      // The peer's epoch is greater if this page was reloaded during the call.
      this.#epoch = Math.max(epoch, this.#epoch);
      this.#connect();
    } else if (data.type === 'restart') {
      if (epoch === this.#epoch && this.#link) this.#restart(this.#link);
    } else if (epoch === this.#epoch) this.#link?.receive(data);
  }

  /** Gets new candidates for the same connection. Does nothing where that would stop its media; then it is rebuilt once it is dead. */
  #restart(link: PeerLink): void {
    if (!link.canRestart) return;
    this.#silence.restarted();
    // The restarted connection gets its time to prove itself.
    this.#liveness.requireProof();
    if (this.#options.initiator) link.restart();
    else this.#sendSignal({ type: 'restart' });
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
    [offer, ...this.#pendingCandidates.takeForEpoch(epoch)].forEach((data) => link.receive(data));
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
    const { context, outgoing, initiator, wantedHeight, onIceRefused, descriptions } = this.#options;
    this.#startEpoch();
    this.#epoch = epoch;
    const { signal } = this.#lifetime;
    const iceServers = iceServersOf(context.grant());
    const prepared = this.#prepared?.take({ wantedHeight, signal });
    this.#prepared = undefined;
    const own = { initiator, outgoing, wantedHeight, iceServers, onIceRefused, signal };
    const link = prepared ?? new PeerLink(own);
    link.events.on('activity', () => this.#liveness.noteActivity(), { signal });
    link.events.on('signal', (data) => this.#sendSignal(data), { signal });
    link.events.on('negotiated', () => initiator && descriptions.done(this.#peer.id), { signal });
    link.events.on('change', () => this.#changed(link), { signal });
    link.events.on('track', (received) => this.#trackReceived(received.source, received.track), { signal });
    this.#link = link;
    prepared?.announce();
    return link;
  }

  #startEpoch(): void {
    this.#endEpoch();
    this.#awaitingRetry = false;
    this.#lifetime = new AbortController();
    this.#liveness = new LivenessMonitor();
    this.#silence.reset();
  }

  #endEpoch(): void {
    clearTimeout(this.#retryTimer);
    this.#verification.stop();
    this.#lifetime.abort();
    this.#link = undefined;
  }

  #sendSignal(data: SignalData): void {
    const epoch = this.#epoch;
    const { context, descriptions, initiator } = this.#options;
    // The first candidates follow the description closely.
    if (hasCandidates(data)) descriptions[initiator ? 'offered' : 'done'](this.#peer.id);
    const failed = (): void => {
      if (epoch !== this.#epoch) return;
      // A restart is repeated. Only a first negotiation starts again from the beginning.
      if (this.#liveness.connectedAt === null) this.#undelivered = true;
      else this.#silence.restartFailed();
    };
    if (this.#peer.connection === 'reconnecting') return failed();
    void context.signaling.send(this.#peer.id, epoch, data).then((delivered) => delivered || failed());
  }

  #changed(link: PeerLink): void {
    const before = this.#liveness.connectedAt;
    this.#liveness.noteActivity(link.media); // What arrived before the change is no sign of life after it.
    this.#liveness.connectionChanged(link.connection);
    if (before !== null) void this.#readStats();
    else if (this.#liveness.connectedAt !== null) this.#connected(link);
    // Firefox reports it as soon as the address is gone, and with it the connection to the server.
    if (before !== null && isBroken(link.connection)) this.#options.onSilent();
    this.#evaluate();
  }

  #connected(link: PeerLink): void {
    this.#everConnected = true;
    this.#retries.connected();
    for (const [source, track] of link.media.tracks()) this.#notifier.track(source, track);
  }

  /** Only for the first connection. After a rebuild, the last frame stays visible until the new connection is up. */
  #trackReceived(source: TrackSource, track: MediaStreamTrack): void {
    if (!this.#everConnected) this.#notifier.track(source, track);
  }

  async #readStats(): Promise<void> {
    const liveness = this.#liveness;
    if (this.#link) this.report = (await liveness.readStats(this.#link))?.report;
    if (liveness === this.#liveness) this.#evaluate();
  }

  async #requestProof(liveness: LivenessMonitor): Promise<void> {
    await this.#readStats(); // Data that arrived earlier proves nothing.
    if (liveness !== this.#liveness || this.#lifetime.signal.aborted) return;
    this.#verification.start(liveness, () => this.#readStats());
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
