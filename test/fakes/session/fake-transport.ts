import { Emitter } from '../../../src/base/emitter.js';
import type { TrackSource } from '../../../src/domain/call/call-state.js';
import type { ParticipantId } from '../../../src/domain/call/participant.js';
import type {
  Peer,
  Transport,
  TransportContext,
  TransportEvents,
  TransportFactory,
} from '../../../src/transports/transport.js';

/** What fake transports share: who is in it hears the others. */
export class FakeNetwork {
  /** The transports that are open, by whose they are. */
  readonly transports = new Map<ParticipantId, FakeTransport>();
  readonly create: TransportFactory = (context) => new FakeTransport(context, this);
}

/** A transport without a network: tracks are handed over as they are. Tests read what it received, and make it emit events. */
export class FakeTransport implements Transport {
  readonly events = new Emitter<TransportEvents>();
  readonly sent = new Map<TrackSource, MediaStreamTrack | null>();
  /** As last set. */
  peers: readonly Peer[] = [];
  recoveries = 0;
  /** What `levels` says, beside those who send a microphone. */
  readonly loudness = new Map<ParticipantId, number>();
  readonly #linked = new Set<FakeTransport>();

  constructor(
    readonly context: TransportContext,
    readonly network = new FakeNetwork(),
  ) {
    if (context.signal.aborted) return;
    network.transports.set(context.selfId, this);
    context.signal.addEventListener('abort', () => {
      if (network.transports.get(context.selfId) === this) network.transports.delete(context.selfId);
      for (const other of this.#linked) this.#disconnect(other);
    });
  }

  setPeers(peers: readonly Peer[]): void {
    if (this.context.signal.aborted) return;
    const known = new Set(this.peers.map(({ id }) => id));
    this.peers = peers;
    for (const { id } of peers) {
      if (!known.has(id)) this.events.emit('link', { id, state: 'connecting' });
      const other = this.network.transports.get(id);
      if (other && this.#isConnected(other) && other.#isConnected(this) && !this.#linked.has(other))
        this.#connect(other);
    }
    for (const other of [...this.#linked]) if (!this.#isConnected(other)) this.#disconnect(other);
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    this.sent.set(source, track);
    for (const other of this.#linked) other.#receive(this, source, track);
  }

  levels(): ReadonlyMap<ParticipantId, number> {
    const speaking = [...this.#linked].map(
      (other) => [other.context.selfId, other.sent.get('microphone') ? 0.5 : 0] as const,
    );
    return new Map([...speaking, ...this.loudness]);
  }

  recover(): void {
    this.recoveries += 1;
  }

  #isConnected(other: FakeTransport): boolean {
    return this.peers.some(({ id }) => id === other.context.selfId);
  }

  #connect(other: FakeTransport): void {
    for (const [one, two] of [
      [this, other],
      [other, this],
    ] as const) {
      one.#linked.add(two);
      one.events.emit('link', { id: two.context.selfId, state: 'connected' });
      one.events.emit('quality', { id: two.context.selfId, quality: 4 });
      for (const [source, track] of two.sent) if (track) one.#receive(two, source, track);
    }
  }

  #disconnect(other: FakeTransport): void {
    for (const [one, two] of [
      [this, other],
      [other, this],
    ] as const) {
      one.#linked.delete(two);
      for (const [source, track] of two.sent) if (track) one.#receive(two, source, null);
    }
  }

  #receive(from: FakeTransport, source: TrackSource, track: MediaStreamTrack | null): void {
    this.events.emit('track', { id: from.context.selfId, source, track });
  }
}
