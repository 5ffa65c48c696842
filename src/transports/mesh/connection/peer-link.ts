import SimplePeer from 'simple-peer';
import { Emitter } from '../../../base/emitter.js';
import { log } from '../../../base/logger.js';
import { reconciler } from '../../../base/reconciler.js';
import type { TrackSource } from '../../../domain/call/call-state.js';
import type { SignalData } from '../../../domain/signal-data.js';
import { linkStats, type LinkStats } from '../health/link-stats.js';
import {
  answerSendRecv,
  receivedTracks,
  replaceTrack,
  sourceOf,
  tuneSenders,
  type SendConditions,
} from './transceivers.js';
import { mediaSections, type OutgoingMedia } from './media-sections.js';
import { parseSignal } from './parse-signal.js';
import { usableIceServers } from '../usable-ice-servers.js';

const logger = log('mesh');

/**
 * The data channel messages, part of the protocol between clients. The channel is unordered and unreliable: every ping
 * repeats whether its sender wants video, so a lost one does no harm. A ping asks for a pong, whose bytes count in the
 * statistics of the receiver.
 */
const dataMessages = {
  /** Sent about once a second or two, and faster while a connection is verified. */
  pingVideoWanted: '?',
  /** The same ping from a client that wants no video now: the receiver stops encoding it for this peer. */
  pingVideoUnwanted: '!',
  /** The answer to both pings. Needs no handling: its arrival is the information. */
  pong: '.',
} as const;

interface PeerLinkEvents {
  /** A signal to send to the peer. */
  signal: SignalData;
  track: { readonly source: TrackSource; readonly track: MediaStreamTrack };
  /** `connection` changed. */
  change: void;
}

interface PeerLinkOptions {
  readonly initiator: boolean;
  readonly iceServers: readonly RTCIceServer[];
  /** The browser refused an ICE server URL; the connection goes on without it. */
  readonly onIceRefused: (url: string) => void;
  readonly outgoing: OutgoingMedia;
  /** Whether this client wants the peer's video. */
  readonly wantsVideo: () => boolean;
  /** Aborting closes the connection synchronously. */
  readonly signal: AbortSignal;
}

/**
 * simple-peer destroys itself on the first `failed` state and on any rejected candidate. Here `ConnectionHealth` decides.
 * The bundle contains only the methods used here: see test/tools/build/simple-peer-slim.mjs.
 */
class LenientPeer extends SimplePeer {
  override _maybeReady(): void {
    this._connected = this._pcReady && this._channelReady;
  }

  override _onIceStateChange(): void {
    if (this._pc?.iceConnectionState !== 'failed') super._onIceStateChange();
  }

  override _addIceCandidate(candidate: RTCIceCandidateInit): void {
    this._pc
      ?.addIceCandidate(candidate)
      .catch((error: unknown) => logger.debug('ICE candidate rejected', error));
  }
}

/**
 * One simple-peer connection: one epoch of a peer. No other module uses simple-peer. The first offer and answer negotiate
 * all media sections; afterwards only sender tracks are replaced, which needs no signals.
 */
export class PeerLink {
  readonly events = new Emitter<PeerLinkEvents>();
  readonly #peer: SimplePeer;
  readonly #options: PeerLinkOptions;
  readonly #applyConditions = reconciler((conditions: SendConditions) =>
    tuneSenders(this.#transceivers(), conditions),
  );
  #conditions: SendConditions = { peers: 0, videoWanted: true };
  #hasRemoteDescription = false;
  #lastAudio = { source: 0, local: 0 };
  /** Cached: `getTransceivers()` allocates a list, and the level is read ten times a second. */
  #audioReceiver: RTCRtpReceiver | undefined;

  constructor(options: PeerLinkOptions) {
    const { initiator, signal } = (this.#options = options);
    this.#peer = connect(options);
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
    return this.#hasRemoteDescription;
  }

  /** Handles a signal of the peer. Never throws. */
  receive(data: SignalData): void {
    if (data.type !== 'candidate') {
      // A second description would start a renegotiation, or destroy the connection.
      if (data.type !== (this.#options.initiator ? 'answer' : 'offer') || this.#hasRemoteDescription) return;
      this.#hasRemoteDescription = true;
    }
    try {
      this.#peer.signal(data);
    } catch (error) {
      logger.debug('signal rejected', error);
    }
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    await replaceTrack(this.#transceivers(), source, track);
  }

  /** Adapts the encodings to the number of peers and to whether this peer wants video. No-op if both are unchanged. */
  tune(peers: number, videoWanted = this.#conditions.videoWanted): void {
    if (peers === this.#conditions.peers && videoWanted === this.#conditions.videoWanted) return;
    void this.#applyConditions((this.#conditions = { peers, videoWanted }));
  }

  tracks(): ReadonlyMap<TrackSource, MediaStreamTrack> {
    return receivedTracks(this.#transceivers());
  }

  /** Sends a ping. See `dataMessages`. */
  ping(): void {
    this.#sendData(
      this.#options.wantsVideo() ? dataMessages.pingVideoWanted : dataMessages.pingVideoUnwanted,
    );
  }

  async stats(): Promise<LinkStats | undefined> {
    try {
      const report = await this.#peer._pc?.getStats();
      return report && linkStats(report);
    } catch {
      return undefined; // Closed meanwhile.
    }
  }

  /** The level of the peer's microphone, 0 to 1. `now`: `performance.now()`. */
  level(now: number): number {
    this.#audioReceiver ??= this.#transceivers()[0]?.receiver;
    const [audioSource] = this.#audioReceiver?.getSynchronizationSources?.() ?? [];
    if (!audioSource) return 0;
    // The last packet stays listed for ten seconds, and browsers use different time origins for it.
    if (audioSource.timestamp !== this.#lastAudio.source)
      this.#lastAudio = { source: audioSource.timestamp, local: now };
    return now - this.#lastAudio.local < 600 ? (audioSource.audioLevel ?? 0) : 0;
  }

  #transceivers(): readonly RTCRtpTransceiver[] {
    return this.#peer._pc?.getTransceivers() ?? [];
  }

  #subscribe(signal: AbortSignal): void {
    const peer = this.#peer;
    const changed = (): void => this.events.emit('change', undefined);
    peer.on('signal', (raw) => {
      const data = parseSignal(raw);
      if (data && !signal.aborted) this.events.emit('signal', data);
    });
    peer.on('signalingStateChange', (state) => {
      if (state === 'have-remote-offer') answerSendRecv(this.#transceivers(), this.#options.outgoing);
    });
    peer.on('data', (data) => this.#receivePing(data));
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
    const { tracks, streams } = this.#options.outgoing;
    for (const { source, kind, group } of mediaSections)
      this.#peer.addTransceiver(tracks.get(source) ?? kind, {
        direction: 'sendrecv',
        streams: [streams[group]],
      });
    this.#peer._createOffer();
  }

  #receivePing(message: unknown): void {
    if (message !== dataMessages.pingVideoWanted && message !== dataMessages.pingVideoUnwanted) return;
    this.#sendData(dataMessages.pong);
    this.tune(this.#conditions.peers, message === dataMessages.pingVideoWanted);
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
    connection?.close();
    this.#peer.destroy();
    // simple-peer keeps this handler, and Chromium may keep a connection that was closed while it gathered candidates.
    if (connection) connection.onconnectionstatechange = null;
  }
}

/** Creates the peer. If the browser refuses the configuration, simple-peer has no connection instead of throwing. */
function connect({ initiator, iceServers, onIceRefused }: PeerLinkOptions): SimplePeer {
  const withServers = (servers: RTCIceServer[]): SimplePeer =>
    new LenientPeer({
      initiator,
      // Pings are repeated anyway, so lost ones are not retransmitted.
      channelConfig: { ordered: false, maxRetransmits: 0 },
      config: { iceServers: servers, bundlePolicy: 'max-bundle' },
    });
  const peer = withServers([...iceServers]);
  if (peer._pc) return peer;
  peer.on('error', (error) => logger.debug('configuration refused', error));
  return withServers(usableIceServers(iceServers, onIceRefused));
}
