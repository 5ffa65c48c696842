import { Emitter } from '../../base/emitter.js';
import { CallError } from '../../domain/call-error.js';
import type { TrackSource } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { Peer, Transport, TransportContext, TransportEvents, TransportFactory } from '../transport.js';
import type { OutgoingMedia } from './connection/media-sections.js';
import { MeshPeer } from './mesh-peer.js';
import { parseSignal } from './connection/parse-signal.js';

/** Sends media directly between all participants, over simple-peer. Throws UNSUPPORTED_BROWSER without WebRTC. */
export const createMeshTransport: TransportFactory = (context) => new MeshTransport(context);

interface SignalMessage {
  readonly from: ParticipantId;
  readonly epoch: number;
  readonly data: unknown;
}

/** The maximum number of signals kept for peers that the roster does not contain yet. */
const maxPendingSignals = 200;

/** ms by which a timer must be late to mean that the page was blocked, or that the machine slept. */
const stalledMs = 500;
const sleptMs = 4000;

class MeshTransport implements Transport {
  readonly events = new Emitter<TransportEvents>();
  readonly #context: TransportContext;
  readonly #peers = new Map<ParticipantId, MeshPeer>();
  readonly #tracks = new Map<TrackSource, MediaStreamTrack | null>();
  readonly #outgoing: OutgoingMedia;
  /** ICE server URLs already reported as invalid. */
  readonly #refused = new Set<string>();
  #pendingSignals: SignalMessage[] = [];
  #pausedVideo: ReadonlySet<ParticipantId> = new Set();
  #tickedAt = performance.now();

  constructor(context: TransportContext) {
    if (!globalThis.RTCPeerConnection) throw new CallError('UNSUPPORTED_BROWSER');
    this.#context = context;
    this.#outgoing = {
      tracks: this.#tracks,
      streams: { person: new MediaStream(), screen: new MediaStream() },
    };
    const { signal, signaling } = context;
    if (signal.aborted) return;
    signaling.events.on('signal', (message) => this.#receive(message), { signal });
    const timer = setInterval(() => this.#tick(), 1000);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      this.#retainPeers(new Set());
    });
  }

  setPeers(peers: readonly Peer[]): void {
    if (this.#context.signal.aborted) return;
    this.#retainPeers(new Set(peers.map(({ id }) => id)));
    for (const peer of peers) {
      const meshPeer = this.#peers.get(peer.id);
      if (meshPeer) meshPeer.update(peer);
      else this.#addPeer(peer);
    }
    const pending = this.#pendingSignals;
    this.#pendingSignals = [];
    for (const message of pending) this.#receive(message);
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    // The hint keeps text sharp. A hint set by the application is kept.
    if (source === 'screen' && track?.contentHint === '') track.contentHint = 'detail';
    this.#tracks.set(source, track);
    await Promise.all([...this.#peers.values()].map((meshPeer) => meshPeer.send(source, track)));
  }

  pauseRemoteVideo(ids: ReadonlySet<ParticipantId>): void {
    this.#pausedVideo = ids;
    for (const meshPeer of this.#peers.values()) meshPeer.ping();
  }

  levels(): ReadonlyMap<ParticipantId, number> {
    const now = performance.now();
    return new Map([...this.#peers].map(([id, meshPeer]) => [id, meshPeer.level(now)]));
  }

  recover(): void {
    for (const meshPeer of this.#peers.values()) meshPeer.verifyAlive();
  }

  #addPeer(peer: Peer): void {
    const { selfId, selfOrder } = this.#context;
    const meshPeer = new MeshPeer({
      peer,
      initiator: selfOrder > peer.order || (selfOrder === peer.order && selfId > peer.id),
      context: this.#context,
      events: this.events,
      outgoing: this.#outgoing,
      onIceRefused: this.#onIceRefused,
      peers: () => this.#peers.size,
      wantsVideo: () => !this.#pausedVideo.has(peer.id),
    });
    this.#peers.set(peer.id, meshPeer);
  }

  readonly #onIceRefused = (url: string): void => {
    if (this.#refused.has(url)) return;
    this.#refused.add(url);
    this.events.emit('error', new CallError('ICE_SERVER_INVALID', { details: { url } }));
  };

  #retainPeers(ids: ReadonlySet<ParticipantId>): void {
    for (const [id, meshPeer] of this.#peers) {
      if (ids.has(id)) continue;
      this.#peers.delete(id);
      meshPeer.close();
    }
  }

  #receive(message: SignalMessage): void {
    const data = parseSignal(message.data);
    if (!data || !Number.isSafeInteger(message.epoch)) return;
    const meshPeer = this.#peers.get(message.from);
    if (meshPeer) meshPeer.receive(message.epoch, data);
    else this.#pendingSignals = [...this.#pendingSignals, message].slice(-maxPendingSignals);
  }

  #tick(): void {
    const now = performance.now();
    const gap = now - this.#tickedAt - 1000;
    this.#tickedAt = now;
    for (const meshPeer of this.#peers.values()) meshPeer.tick(now, gap > stalledMs ? gap : 0);
    if (gap > sleptMs) this.recover();
  }
}
