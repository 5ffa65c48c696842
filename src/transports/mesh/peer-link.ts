import SimplePeer from 'simple-peer';
import { Emitter } from '../../base/emitter.js';
import { log } from '../../base/logger.js';
import { reconciler } from '../../base/reconciler.js';
import type { TrackSource } from '../../domain/call-state.js';
import type { SignalData } from '../../domain/signal-data.js';
import { linkStats, type LinkStats } from './link-stats.js';
import {
  answerBothWays,
  receivedTracks,
  replaceTrack,
  sourceOf,
  tuneSenders,
  type Sending,
} from './line-transceivers.js';
import { mediaLines, type Outgoing } from './media-lines.js';
import { readSignal } from './read-signal.js';
import { usableIceServers } from './usable-ice-servers.js';

const logger = log('mesh');

interface LinkEvents {
  /** To be told to the other side. */
  signal: SignalData;
  track: { readonly source: TrackSource; readonly track: MediaStreamTrack };
  /** `connection` changed. */
  change: void;
}

interface LinkOptions {
  readonly initiator: boolean;
  readonly iceServers: readonly RTCIceServer[];
  /** An address of an ICE server is none to this browser; it is left out. */
  readonly onIceRefused: (url: string) => void;
  readonly outgoing: Outgoing;
  /** Whether anybody here looks at the other side's pictures. */
  readonly looks: () => boolean;
  /** Aborted: closed, in the same turn. */
  readonly signal: AbortSignal;
}

/**
 * simple-peer destroys itself at the first `failed` and at a candidate it cannot use; here the pair's health decides.
 * Of its methods only those are bundled that are needed here: see test/tools/simple-peer-slim.mjs.
 */
class PatientPeer extends SimplePeer {
  override _maybeReady(): void {
    this._connected = this._pcReady && this._channelReady;
  }

  override _onIceStateChange(): void {
    if (this._pc?.iceConnectionState !== 'failed') super._onIceStateChange();
  }

  override _addIceCandidate(candidate: RTCIceCandidateInit): void {
    this._pc?.addIceCandidate(candidate).catch((error: unknown) => logger.debug('candidate refused', error));
  }
}

/**
 * One simple-peer connection, of one epoch of a pair; the rest of the code never sees simple-peer. Everything is negotiated
 * in the first offer and answer. Afterwards only the tracks of its senders are replaced, which needs no signals.
 */
export class PeerLink {
  readonly events = new Emitter<LinkEvents>();
  readonly #peer: SimplePeer;
  readonly #options: LinkOptions;
  readonly #tune = reconciler((sending: Sending) => tuneSenders(this.#transceivers(), sending));
  #sending: Sending = { peers: 0, watched: true };
  #described = false;
  #spokeAt = { source: 0, here: 0 };
  /** Kept: asking for the transceivers builds a list, and the loudness is read ten times a second. */
  #voice: RTCRtpReceiver | undefined;

  constructor(options: LinkOptions) {
    const { initiator, signal } = (this.#options = options);
    this.#peer = connect(options);
    this.#listen(signal);
    // Without a connection there is nothing to offer; it is `closed`, and tried again.
    if (initiator && this.#peer._pc) this.#offer();
    signal.addEventListener('abort', () => this.#close(), { once: true });
  }

  get connection(): RTCPeerConnectionState {
    return this.#peer._pc?.connectionState ?? 'closed';
  }

  /** Whether the other side's offer or answer has come. */
  get isDescribed(): boolean {
    return this.#described;
  }

  /** Takes what the other side said. Never throws. */
  receive(data: SignalData): void {
    if (data.type !== 'candidate') {
      // A second description would start a renegotiation, or destroy the connection.
      if (data.type !== (this.#options.initiator ? 'answer' : 'offer') || this.#described) return;
      this.#described = true;
    }
    try {
      this.#peer.signal(data);
    } catch (error) {
      logger.debug('signal refused', error);
    }
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    await replaceTrack(this.#transceivers(), source, track);
  }

  /** Encodes as befits the number of others in the call, and whether this one looks; nothing to do while both stay the same. */
  tune(peers: number, watched = this.#sending.watched): void {
    if (peers === this.#sending.peers && watched === this.#sending.watched) return;
    void this.#tune((this.#sending = { peers, watched }));
  }

  tracks(): ReadonlyMap<TrackSource, MediaStreamTrack> {
    return receivedTracks(this.#transceivers());
  }

  /**
   * Asks the other side for a sign of life: it answers by itself, and the answer is in the statistics. Says whether
   * anybody looks at its pictures; as it is said again and again, none of it need arrive.
   */
  ping(): void {
    this.#say(this.#options.looks() ? '?' : '!');
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
    const [spoken] = this.#voice?.getSynchronizationSources?.() ?? [];
    if (!spoken) return 0;
    // The browser remembers the last packet for ten seconds; browsers count its time from different points.
    if (spoken.timestamp !== this.#spokeAt.source) this.#spokeAt = { source: spoken.timestamp, here: now };
    return now - this.#spokeAt.here < 600 ? (spoken.audioLevel ?? 0) : 0;
  }

  #transceivers(): readonly RTCRtpTransceiver[] {
    return this.#peer._pc?.getTransceivers() ?? [];
  }

  #listen(signal: AbortSignal): void {
    const peer = this.#peer;
    const changed = (): void => this.events.emit('change', undefined);
    peer.on('signal', (said) => {
      const data = readSignal(said);
      if (data && !signal.aborted) this.events.emit('signal', data);
    });
    peer.on('signalingStateChange', (state) => {
      if (state === 'have-remote-offer') answerBothWays(this.#transceivers(), this.#options.outgoing);
    });
    peer.on('data', (data) => this.#hear(data));
    peer.on('error', (error) => logger.debug('link ended', error));
    peer.on('close', changed);
    peer._pc?.addEventListener('connectionstatechange', changed, { signal });
    peer._pc?.addEventListener('track', (event) => this.#arrived(event), { signal });
  }

  #arrived({ transceiver, track }: RTCTrackEvent): void {
    const source = sourceOf(this.#transceivers(), transceiver);
    if (source) this.events.emit('track', { source, track });
  }

  /** In the same turn as its lines are there: what is drawn next would hold it up. */
  #offer(): void {
    const { tracks, streams } = this.#options.outgoing;
    for (const { source, kind, group } of mediaLines)
      this.#peer.addTransceiver(tracks.get(source) ?? kind, {
        direction: 'sendrecv',
        streams: [streams[group]],
      });
    this.#peer._createOffer();
  }

  #hear(word: unknown): void {
    if (word !== '?' && word !== '!') return;
    this.#say('.');
    this.tune(this.#sending.peers, word === '?');
  }

  #say(word: string): void {
    try {
      if (this.#peer.connected) this.#peer.send(word);
    } catch (error) {
      logger.debug('not sent', error);
    }
  }

  /** simple-peer closes a moment later; an unloading page has no later. */
  #close(): void {
    this.#peer._pc?.close();
    this.#peer.destroy();
  }
}

/** simple-peer does not throw at what a browser refuses: it goes on without a connection. */
function connect({ initiator, iceServers, onIceRefused }: LinkOptions): SimplePeer {
  const withServers = (servers: RTCIceServer[]): SimplePeer =>
    new PatientPeer({
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
