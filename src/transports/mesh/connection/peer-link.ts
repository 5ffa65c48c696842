import { Emitter } from '../../../base/emitter.js';
import { log } from '../../../base/logger.js';
import { reconciler } from '../../../base/reconciler.js';
import type { TrackSource } from '../../../domain/call/call-state.js';
import type { IceCandidate, SignalData } from '../../../domain/signal-data.js';
import { linkStats, type LinkStats } from '../health/link-stats.js';
import { answerSendRecv, protectAll, replaceTrack, sourceOf, tuneSenders } from './transceivers.js';
import { createPeer, type LenientPeer, type PeerOptions } from './lenient-peer.js';
import { mediaSections, type OutgoingMedia } from './media-sections.js';
import { parseCandidate, parseSignal } from './parse-signal.js';
import { ReceivedMedia } from './received-media.js';
import type { SendConditions } from './send-parameters.js';
import { ReceivedDescriptions, survivesIceRestart } from './received-descriptions.js';

const logger = log('mesh');

/** The answer to a ping. Needs no handling: its arrival is the information. */
const pong = '.';

interface PeerLinkEvents {
  /** A signal to send to the peer. */
  signal: SignalData;
  track: { readonly source: TrackSource; readonly track: MediaStreamTrack };
  /** Both sides have described the connection. */
  negotiated: void;
  /** `connection` changed. */
  change: void;
  /** A message arrived on the data channel: the connection is alive. */
  activity: void;
}

interface PeerLinkOptions extends PeerOptions {
  readonly outgoing: OutgoingMedia;
  /** The height (px) of the video that this client wants of the peer: 0 is none, Infinity the full size. */
  readonly wantedHeight: () => number;
  /** Aborting closes the connection synchronously. */
  readonly signal: AbortSignal;
}

/** ms to collect candidates for one message. The first leaves at once: it is often the one that connects. */
const candidatePeriod = 20;

/**
 * One simple-peer connection: one epoch of a peer. The first offer and answer negotiate
 * all media sections; afterwards only sender tracks are replaced, which needs no signals.
 */
export class PeerLink {
  readonly events = new Emitter<PeerLinkEvents>();
  readonly #peer: LenientPeer;
  readonly #options: PeerLinkOptions;
  readonly #applyConditions = reconciler((conditions: SendConditions) =>
    tuneSenders(this.#transceivers(), conditions),
  );
  #conditions: SendConditions = { peers: 0, reduction: 0, wantedHeight: Infinity };
  #tunedFor = '';
  readonly #received = new ReceivedDescriptions();
  /** An offer was sent, and its answer has not arrived. */
  #awaitsAnswer = false;
  /** Gathered, and waiting for the next message. */
  #candidates: IceCandidate[] = [];
  #candidateTimer: ReturnType<typeof setTimeout> | undefined;
  /** What arrives from the peer. */
  readonly media = new ReceivedMedia(() => this.#transceivers());

  constructor(options: PeerLinkOptions) {
    const { initiator, signal } = (this.#options = options);
    this.#peer = createPeer(options);
    this.#subscribe(signal);
    // Without an RTCPeerConnection the state is `closed`, and a retry follows.
    if (initiator && this.#peer._pc) this.#offer();
    signal.addEventListener('abort', () => this.#close(), { once: true });
  }

  get connection(): RTCPeerConnectionState {
    return this.#peer._pc?.connectionState ?? 'closed';
  }

  /** Whether the peer's offer or answer was received. */
  get hasRemoteDescription(): boolean {
    return !this.#received.isEmpty;
  }

  /** Handles a signal of the peer. Never throws. */
  receive(data: SignalData): void {
    if (data.type === 'candidates') {
      for (const candidate of data.candidates) this.#signal({ type: 'candidate', candidate });
      return;
    }
    if (data.type === 'answer' && this.#acceptsAnswer(data.sdp)) this.#signal(data);
    if (data.type === 'offer' && this.#acceptsOffer(data.sdp)) this.#signal(data);
  }

  /** Signals the offer again, with all candidates gathered so far. Does nothing before there is one. */
  announce(): void {
    this.#candidates = [];
    this.#peer.announce();
  }

  /** Whether an ICE restart keeps the media. Both ends come to the same result. */
  get canRestart(): boolean {
    const { localDescription: local, remoteDescription: remote } = this.#peer._pc ?? {};
    if (!local || !remote) return false;
    return this.#options.initiator
      ? survivesIceRestart(local.sdp, remote.sdp)
      : survivesIceRestart(remote.sdp, local.sdp);
  }

  /** Offers new ICE candidates on the same connection, or repeats such an offer that was not answered. For the initiator only. */
  restart(): void {
    const connection = this.#peer._pc;
    if (!connection || this.#received.isEmpty) return;
    if (this.#awaitsAnswer) {
      const { localDescription: offer, signalingState } = connection;
      const isPending = offer && signalingState === 'have-local-offer';
      if (isPending) this.events.emit('signal', { type: 'offer', sdp: offer.sdp });
      return;
    }
    this.#awaitsAnswer = true;
    connection.restartIce();
    this.#peer._createOffer();
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    await replaceTrack(this.#transceivers(), source, track);
    // The next camera may have another resolution.
    if (this.#tunedFor) this.tune();
  }

  /** Adapts the encodings, if the conditions or the size of the camera's video have changed. */
  tune(changes: Partial<SendConditions> = {}): void {
    const conditions = (this.#conditions = { ...this.#conditions, ...changes });
    const { height } = this.#options.outgoing.tracks.get('camera')?.getSettings() ?? {};
    const reason = [...Object.values(conditions), height].join();
    if (reason === this.#tunedFor) return;
    this.#tunedFor = reason;
    void this.#applyConditions(conditions);
  }

  ping(): void {
    this.#sendData(pingFor(this.#options.wantedHeight()));
  }

  async stats(): Promise<LinkStats | undefined> {
    try {
      const report = await this.#peer._pc?.getStats();
      return report && linkStats(report);
    } catch {
      return undefined; // Closed meanwhile.
    }
  }

  #signal(data: Parameters<LenientPeer['signal']>[0]): void {
    try {
      this.#peer.signal(data);
    } catch (error) {
      logger.debug('signal rejected', error);
    }
  }

  /** Sends the first candidate at once, and the later ones of each period in one message. */
  #trickle(candidate: IceCandidate): void {
    this.#candidates.push(candidate);
    if (this.#candidateTimer !== undefined) return;
    const flush = (): void => {
      this.#candidateTimer = undefined;
      const candidates = this.#candidates.splice(0);
      if (candidates.length === 0) return;
      this.#candidateTimer = setTimeout(flush, candidatePeriod);
      this.events.emit('signal', { type: 'candidates', candidates });
    };
    flush();
  }

  /** Only the first answer to an offer: another one would destroy the connection. */
  #acceptsAnswer(sdp: string): boolean {
    const accepts = this.#options.initiator && this.#awaitsAnswer && this.#received.add(sdp) === 'new';
    if (accepts) this.#awaitsAnswer = false;
    return accepts;
  }

  /** The first offer, and those of ICE restarts. A repeated offer means that its answer was lost. */
  #acceptsOffer(sdp: string): boolean {
    if (this.#options.initiator) return false;
    const connection = this.#peer._pc;
    const kind = this.#received.add(sdp);
    const answer = connection?.signalingState === 'stable' ? connection.localDescription : undefined;
    if (kind === 'repeated' && answer) this.events.emit('signal', { type: 'answer', sdp: answer.sdp });
    return kind === 'new';
  }

  #transceivers(): readonly RTCRtpTransceiver[] {
    return this.#peer._pc?.getTransceivers() ?? [];
  }

  #subscribe(signal: AbortSignal): void {
    const peer = this.#peer;
    const changed = (): void => this.events.emit('change', undefined);
    peer.on('signal', (raw) => {
      if (signal.aborted) return;
      const candidate = parseCandidate(raw.candidate);
      if (candidate) return this.#trickle(candidate);
      const description = parseSignal(raw);
      if (description?.type === 'offer') this.#awaitsAnswer = true;
      if (description) this.events.emit('signal', description);
    });
    peer.on('signalingStateChange', (state) => {
      if (state === 'stable') this.events.emit('negotiated', undefined);
      if (state === 'have-remote-offer') answerSendRecv(this.#transceivers(), this.#options.outgoing);
    });
    peer.on('data', (data) => {
      this.events.emit('activity', undefined);
      this.#receivePing(data);
    });
    peer.on('error', (error) => logger.debug('peer connection closed', error));
    peer.on('close', changed);
    peer._pc?.addEventListener('connectionstatechange', changed, { signal });
    peer._pc?.addEventListener('track', (event) => this.#trackReceived(event), { signal });
  }

  #trackReceived({ transceiver, track }: RTCTrackEvent): void {
    const source = sourceOf(this.#transceivers(), transceiver);
    if (source) this.events.emit('track', { source, track });
  }

  /** Creates the offer synchronously: the next rendering would delay it. */
  #offer(): void {
    const { outgoing } = this.#options;
    const { tracks, streams } = outgoing;
    for (const { source, kind, group } of mediaSections)
      this.#peer.addTransceiver(tracks.get(source) ?? kind, {
        direction: 'sendrecv',
        streams: [streams[group]],
      });
    protectAll(this.#transceivers(), outgoing);
    this.#peer._createOffer();
  }

  #receivePing(message: unknown): void {
    const wantedHeight = heightIn(message);
    if (wantedHeight === undefined) return;
    this.#sendData(pong);
    this.tune({ wantedHeight });
  }

  #sendData(message: string): void {
    try {
      if (this.#peer.connected) this.#peer.send(message);
    } catch (error) {
      logger.debug('data channel send failed', error);
    }
  }

  /** Closes the connection directly: simple-peer closes it in a later task, which an unloading page never runs. */
  #close(): void {
    const connection = this.#peer._pc;
    clearTimeout(this.#candidateTimer);
    connection?.close();
    this.#peer.destroy();
    // simple-peer keeps this handler, and Chromium may keep a connection that was closed while it gathered candidates.
    if (connection) connection.onconnectionstatechange = null;
  }
}

/**
 * A data channel message, part of the protocol between clients: `?` and the height of the video that its sender wants, or
 * `!` for none. The channel is unordered and unreliable; each ping repeats the wish, so a lost one does no harm. Sent about
 * once a second or two, and faster while a connection is verified: the bytes of the pong count in the statistics.
 */
function pingFor(wantedHeight: number): string {
  if (wantedHeight === 0) return '!';
  return wantedHeight === Infinity ? '?' : `?${wantedHeight}`;
}

/** The height in a ping; `undefined` for any other message. */
function heightIn(message: unknown): number | undefined {
  if (message === '!') return 0;
  const digits = typeof message === 'string' ? /^\?(\d{0,5})$/.exec(message)?.[1] : undefined;
  if (digits === undefined) return undefined;
  return digits === '' ? Infinity : Number(digits);
}
