import { Emitter } from '../../base/emitter.js';
import { CallError } from '../../domain/call-error.js';
import type { TrackSource } from '../../domain/call-state.js';
import type { ParticipantId } from '../../domain/participant.js';
import type { Peer, Transport, TransportContext, TransportEvents, TransportFactory } from '../transport.js';
import type { Outgoing } from './media-lines.js';
import { Pair } from './pair.js';
import { readSignal } from './read-signal.js';

/** Media straight from each participant to each other one, over simple-peer. */
export const createMeshTransport: TransportFactory = (context) => new MeshTransport(context);

interface Signal {
  readonly from: ParticipantId;
  readonly epoch: number;
  readonly data: unknown;
}

/** Signals of somebody whom the roster does not name yet; more than this are noise. */
const mostEarly = 200;

/** The clock skipped so much (ms): this page was held up, or even slept. */
const heldUp = 500;
const slept = 4000;

class MeshTransport implements Transport {
  readonly events = new Emitter<TransportEvents>();
  readonly #context: TransportContext;
  readonly #pairs = new Map<ParticipantId, Pair>();
  readonly #tracks = new Map<TrackSource, MediaStreamTrack | null>();
  readonly #outgoing: Outgoing;
  /** Addresses of ICE servers that were refused, which was told. */
  readonly #refused = new Set<string>();
  #early: Signal[] = [];
  #ignored: ReadonlySet<ParticipantId> = new Set();
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
    signaling.events.on('signal', (said) => this.#receive(said), { signal });
    const timer = setInterval(() => this.#tick(), 1000);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      this.#keep(new Set());
    });
  }

  setPeers(peers: readonly Peer[]): void {
    if (this.#context.signal.aborted) return;
    this.#keep(new Set(peers.map(({ id }) => id)));
    for (const peer of peers) {
      const pair = this.#pairs.get(peer.id);
      if (pair) pair.update(peer);
      else this.#meet(peer);
    }
    const early = this.#early;
    this.#early = [];
    for (const said of early) this.#receive(said);
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    // Where the browser knows the hint, text stays sharp; what the application chose stays.
    if (source === 'screen' && track?.contentHint === '') track.contentHint = 'detail';
    this.#tracks.set(source, track);
    await Promise.all([...this.#pairs.values()].map((pair) => pair.send(source, track)));
  }

  ignorePictures(of: ReadonlySet<ParticipantId>): void {
    this.#ignored = of;
    for (const pair of this.#pairs.values()) pair.ping();
  }

  levels(): ReadonlyMap<ParticipantId, number> {
    const now = performance.now();
    return new Map([...this.#pairs].map(([id, pair]) => [id, pair.level(now)]));
  }

  recover(): void {
    for (const pair of this.#pairs.values()) pair.doubt();
  }

  #meet(peer: Peer): void {
    const { selfId, selfOrder } = this.#context;
    const pair = new Pair({
      peer,
      initiator: selfOrder > peer.order || (selfOrder === peer.order && selfId > peer.id),
      context: this.#context,
      events: this.events,
      outgoing: this.#outgoing,
      onIceRefused: this.#onIceRefused,
      peers: () => this.#pairs.size,
      looks: () => !this.#ignored.has(peer.id),
    });
    this.#pairs.set(peer.id, pair);
  }

  readonly #onIceRefused = (url: string): void => {
    if (this.#refused.has(url)) return;
    this.#refused.add(url);
    this.events.emit('error', new CallError('ICE_SERVER_INVALID', { details: { url } }));
  };

  #keep(ids: ReadonlySet<ParticipantId>): void {
    for (const [id, pair] of this.#pairs) {
      if (ids.has(id)) continue;
      this.#pairs.delete(id);
      pair.close();
    }
  }

  #receive(said: Signal): void {
    const data = readSignal(said.data);
    if (!data || !Number.isSafeInteger(said.epoch)) return;
    const pair = this.#pairs.get(said.from);
    if (pair) pair.receive(said.epoch, data);
    else this.#early = [...this.#early, said].slice(-mostEarly);
  }

  #tick(): void {
    const now = performance.now();
    const gap = now - this.#tickedAt - 1000;
    this.#tickedAt = now;
    for (const pair of this.#pairs.values()) pair.tick(now, gap > heldUp ? gap : 0);
    if (gap > slept) this.recover();
  }
}
