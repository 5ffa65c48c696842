import { Emitter } from '../../base/emitter.js';
import { CallError } from '../../domain/call-error.js';
import type { TrackSource } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { WantedVideo } from '../../domain/call/transport-grant.js';
import type {
  Peer,
  Transport,
  TransportContext,
  TransportEvents,
  TransportFactory,
  VideoSize,
} from '../transport.js';
import type { OutgoingMedia } from './connection/media-sections.js';
import { DescriptionGate } from './description-gate.js';
import { PreparedLink } from './connection/prepared-link.js';
import { cameraSize } from './connection/send-parameters.js';
import { timeouts } from './health/connection-health.js';
import { iceServersOf } from './usable-ice-servers.js';
import { MeshPeer } from './mesh-peer.js';
import { parseSignal } from './connection/parse-signal.js';

/** Sends media directly between all participants, over simple-peer. Throws UNSUPPORTED_BROWSER without WebRTC. */
export const createMeshTransport: TransportFactory = Object.assign(
  (context: TransportContext): Transport => new MeshTransport(context),
  { prepare },
);

/** Makes the first connection and its offer while the socket opens. */
function prepare({ signal }: { readonly signal: AbortSignal }): (context: TransportContext) => Transport {
  if (!globalThis.RTCPeerConnection) return createMeshTransport;
  const outgoing = noMedia();
  const onIceRefused = (): void => undefined;
  const link = new PreparedLink({ initiator: true, iceServers: [], outgoing, onIceRefused, signal });
  return (context) => new MeshTransport(context, outgoing, link);
}

interface MeshMedia extends OutgoingMedia {
  readonly tracks: Map<TrackSource, MediaStreamTrack | null>;
}

const noMedia = (): MeshMedia => ({
  tracks: new Map(),
  streams: { person: new MediaStream(), screen: new MediaStream() },
});

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
  readonly #outgoing: MeshMedia;
  readonly #descriptions = new DescriptionGate();
  /** For the first peer that gets an offer. */
  #prepared: PreparedLink | undefined;
  /** ICE server URLs already reported as invalid. */
  readonly #refused = new Set<string>();
  #pendingSignals: SignalMessage[] = [];
  #wanted: ReadonlyMap<ParticipantId, WantedVideo> = new Map();
  /** See `reduceVideo`. */
  #reduction = 0;
  #tickedAt = performance.now();

  constructor(context: TransportContext, outgoing = noMedia(), prepared?: PreparedLink) {
    if (!globalThis.RTCPeerConnection) throw new CallError('UNSUPPORTED_BROWSER');
    this.#context = context;
    this.#outgoing = outgoing;
    this.#prepared = prepared;
    const { signal, signaling } = context;
    if (signal.aborted) return;
    signaling.events.on('signal', (message) => this.#receive(message), { signal });
    const timers = [setInterval(() => this.#tick(), 1000), setInterval(() => this.#watch(), timeouts.watch)];
    signal.addEventListener('abort', () => {
      timers.forEach(clearInterval);
      this.#prepared?.close();
      this.#retainPeers(new Set());
      this.#descriptions.close();
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
    // Those who join later make the offer.
    this.#prepared?.close();
    this.#prepared = undefined;
    const pending = this.#pendingSignals;
    this.#pendingSignals = [];
    for (const message of pending) this.#receive(message);
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    this.#outgoing.tracks.set(source, track);
    await Promise.all([...this.#peers.values()].map((meshPeer) => meshPeer.send(source, track)));
  }

  setWanted(wanted: ReadonlyMap<ParticipantId, WantedVideo>): void {
    this.#wanted = wanted;
    for (const meshPeer of this.#peers.values()) meshPeer.ping();
  }

  reduceVideo(steps: number): void {
    this.#reduction = steps;
  }

  cameraSize(): VideoSize {
    return cameraSize(this.#conditions());
  }

  reports(): readonly RTCStatsReport[] {
    return [...this.#peers.values()].flatMap(({ report }) => report ?? []);
  }

  afterDescriptions(run: () => void): void {
    this.#descriptions.whenOpen(run);
  }

  levels(): ReadonlyMap<ParticipantId, number> {
    const now = performance.now();
    return new Map([...this.#peers].map(([id, meshPeer]) => [id, meshPeer.level(now)]));
  }

  recover(): void {
    for (const meshPeer of this.#peers.values()) meshPeer.recover();
  }

  #conditions() {
    return { peers: this.#peers.size, reduction: this.#reduction };
  }

  #addPeer(peer: Peer): void {
    const { selfId, selfOrder, encryption } = this.#context;
    if (peer.connection === 'connected') this.#descriptions.expect(peer.id);
    const meshPeer = new MeshPeer({
      peer,
      initiator: selfOrder > peer.order || (selfOrder === peer.order && selfId > peer.id),
      context: this.#context,
      events: this.events,
      outgoing: {
        ...this.#outgoing,
        protect:
          encryption &&
          ((transceiver, source) => encryption.protect(transceiver, { source, selfId, peerId: peer.id })),
      },
      takePrepared: () => this.#takePrepared(),
      descriptions: this.#descriptions,
      onIceRefused: this.#onIceRefused,
      onSilent: () => this.events.emit('silent', { id: peer.id }),
      conditions: () => this.#conditions(),
      wantedHeight: () => wantedHeightOf(this.#wanted.get(peer.id)),
    });
    this.#peers.set(peer.id, meshPeer);
  }

  /** Its candidates were gathered without any server. */
  #takePrepared(): PreparedLink | undefined {
    const prepared = iceServersOf(this.#context.grant()).length === 0 ? this.#prepared : undefined;
    if (prepared) this.#prepared = undefined;
    return prepared;
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
      this.#descriptions.done(id);
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

  #watch(): void {
    const now = performance.now();
    for (const meshPeer of this.#peers.values()) meshPeer.watch(now);
  }

  #tick(): void {
    const now = performance.now();
    const gap = now - this.#tickedAt - 1000;
    this.#tickedAt = now;
    for (const meshPeer of this.#peers.values()) meshPeer.tick(now, gap > stalledMs ? gap : 0);
    if (gap > sleptMs) this.recover();
  }
}

function wantedHeightOf(wanted: WantedVideo | undefined): number {
  return wanted === 'none' ? 0 : (wanted?.height ?? Infinity);
}
