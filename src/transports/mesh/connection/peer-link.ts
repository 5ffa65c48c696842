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

interface PeerLinkEvents {
  /** To be told to the other side. */
  signal: SignalData;
  track: { readonly source: TrackSource; readonly track: MediaStreamTrack };
  /** `connection` changed. */
  change: void;
}

interface PeerLinkOptions {
  readonly initiator: boolean;
  readonly iceServers: readonly RTCIceServer[];
  /** An address of an ICE server is none to this browser; it is left out. */
  readonly onIceRefused: (url: string) => void;
  readonly outgoing: OutgoingMedia;
  /** Whether anybody here looks at the other side's pictures. */
  readonly wantsVideo: () => boolean;
  /** Aborted: closed, in the same turn. */
  readonly signal: AbortSignal;
}

/**
 * simple-peer destroys itself at the first `failed` and at a candidate it cannot use; here the pair's health decides.
 * Of its methods only those are bundled that are needed here: see test/tools/build/simple-peer-slim.mjs.
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
 * One simple-peer connection, of one epoch of a pair; the rest of the code never sees simple-peer. Everything is negotiated
 * in the first offer and answer. Afterwards only the tracks of its senders are replaced, which needs no signals.
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
  /** Kept: asking for the transceivers builds a list, and the loudness is read ten times a second. */
  #voice: RTCRtpReceiver | undefined;

  constructor(options: PeerLinkOptions) {
    const { initiator, signal } = (this.#options = options);
    this.#peer = connect(options);
    this.#subscribe(signal);
    // Without a connection there is nothing to offer; it is `closed`, and tried again.
    if (initiator && this.#peer._pc) this.#offer();
    signal.addEventListener('abort', () => this.#close(), { once: true });
  }

  get connection(): RTCPeerConnectionState {
    return this.#peer._pc?.connectionState ?? 'closed';
  }

  /** Whether the other side's offer or answer has come. */
  get hasRemoteDescription(): boolean {
    return this.#hasRemoteDescription;
  }

  /** Takes what the other side said. Never throws. */
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

  /** Encodes as befits the number of others in the call, and whether this one looks; nothing to do while both stay the same. */
  tune(peers: number, videoWanted = this.#conditions.videoWanted): void {
    if (peers === this.#conditions.peers && videoWanted === this.#conditions.videoWanted) return;
    void this.#applyConditions((this.#conditions = { peers, videoWanted }));
  }

  tracks(): ReadonlyMap<TrackSource, MediaStreamTrack> {
    return receivedTracks(this.#transceivers());
  }

  /**
   * Asks the other side for a sign of life: it answers by itself, and the answer is in the statistics. Says whether
   * anybody looks at its pictures; as it is said again and again, none of it need arrive.
   */
  ping(): void {
    this.#sendData(this.#options.wantsVideo() ? '?' : '!');
  }

  async stats(): Promise<LinkStats | undefined> {
    try {
      const report = await this.#peer._pc?.getStats();
      return report && linkStats(report);
    } catch {
      return undefined; // Closed meanwhile.
    }
  }

  /** How loud the other side's microphone is, 0 to 1. */
  level(now: number): number {
    this.#voice ??= this.#transceivers()[0]?.receiver;
    const [audioSource] = this.#voice?.getSynchronizationSources?.() ?? [];
    if (!audioSource) return 0;
    // The browser remembers the last packet for ten seconds; browsers count its time from different points.
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

  /** In the same turn as its lines are there: what is drawn next would hold it up. */
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
    if (message !== '?' && message !== '!') return;
    this.#sendData('.');
    this.tune(this.#conditions.peers, message === '?');
  }

  #sendData(message: string): void {
    try {
      if (this.#peer.connected) this.#peer.send(message);
    } catch (error) {
      logger.debug('data channel send failed', error);
    }
  }

  /** simple-peer closes a moment later; an unloading page has no later. */
  #close(): void {
    this.#peer._pc?.close();
    this.#peer.destroy();
  }
}

/** simple-peer does not throw at what a browser refuses: it goes on without a connection. */
function connect({ initiator, iceServers, onIceRefused }: PeerLinkOptions): SimplePeer {
  const withServers = (servers: RTCIceServer[]): SimplePeer =>
    new LenientPeer({
      initiator,
      // A lost heartbeat is not worth repeating.
      channelConfig: { ordered: false, maxRetransmits: 0 },
      config: { iceServers: servers, bundlePolicy: 'max-bundle' },
    });
  const peer = withServers([...iceServers]);
  if (peer._pc) return peer;
  peer.on('error', (error) => logger.debug('not made', error));
  return withServers(usableIceServers(iceServers, onIceRefused));
}
