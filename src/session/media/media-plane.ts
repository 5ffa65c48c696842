import type { CallFact } from '../../domain/call/call-facts.js';
import type { LinkState, TrackSource } from '../../domain/call/call-state.js';
import { localIdBeforeJoin, type Participant, type ParticipantId } from '../../domain/call/participant.js';
import type { MediaEncryption } from '../../domain/media/media-encryption.js';
import type { KeySignal } from '../../domain/signal-data.js';
import type { TransportName, WantedVideo } from '../../domain/call/transport-grant.js';
import type { Peer, Transport, TransportContext, TransportSignaling } from '../../transports/transport.js';
import { AudioLevels, type Levels } from './levels/audio-levels.js';
import type { Handover } from './transport/handover.js';
import {
  generationOf,
  OpenTransport,
  type IncomingSignal,
  type NumberedGrant,
  type RelayedSignal,
} from './transport/open-transport.js';
import { ParticipantStreams } from './participant-streams.js';
import type { SessionPorts } from '../session-ports.js';

interface PreparedTransport {
  readonly transport: TransportName;
  readonly create: (context: TransportContext) => Transport;
  /** Aborting discards it. */
  readonly end: AbortController;
}

interface MediaPlaneOptions {
  readonly ports: Pick<SessionPorts, 'loadTransport' | 'createLevelMeter' | 'createHandover'>;
  readonly dispatch: (fact: CallFact) => void;
  /** Absent in a call without encryption. Rejects where it cannot work. */
  readonly encryption?: Promise<MediaEncryption> | undefined;
  /** Sends a signal through the server; resolves with whether it was delivered. */
  readonly sendSignal: TransportSignaling['send'];
  /** Nothing arrives from a participant any more. */
  readonly onSilent: () => void;
  /** Asks the server for a new grant. */
  readonly renewGrant: () => Promise<NumberedGrant>;
  /** The sources that a participant sends now. */
  readonly expectedSources: (id: ParticipantId) => readonly TrackSource[];
  /** Whether a participant may be seen and heard. What arrives from any other is ignored. */
  readonly maySend: (id: ParticipantId) => boolean;
  /** All media arrives through the transport of that generation. */
  readonly onTransportReady: (generation: number) => void;
  readonly signal: AbortSignal;
}

type Self = Pick<Participant, 'id' | 'order'>;

/** The media of the call: transport, streams of all participants, audio levels and active speaker. */
export class MediaPlane {
  readonly streams: ParticipantStreams;
  readonly #options: MediaPlaneOptions;
  readonly #levels: AudioLevels;
  readonly #local = new Map<TrackSource, MediaStreamTrack>();
  /** What was prepared before the join answer, for the first transport. */
  #prepared: PreparedTransport | undefined;
  #self: Self = { id: localIdBeforeJoin, order: 0 };
  #peers: readonly Peer[] = [];
  #wanted: ReadonlyMap<ParticipantId, WantedVideo> | undefined;
  #current: OpenTransport | undefined;
  /** The transport from which the call moves to the current one. */
  #previous: OpenTransport | undefined;
  #handover: Handover | undefined;
  /** Moves run one after the other. */
  #moving: Promise<void> = Promise.resolve();
  /** Aborted when the local participant gets another id, which needs new transports. */
  #lifetime = new AbortController();
  /** Signals that arrived before their transport was open. */
  #pendingSignals: IncomingSignal[] = [];

  constructor(options: MediaPlaneOptions) {
    this.#options = options;
    const { dispatch, maySend } = options;
    this.streams = new ParticipantStreams(() => dispatch({ type: 'streams-changed' }), maySend);
    this.#levels = new AudioLevels({
      createLevelMeter: options.ports.createLevelMeter,
      dispatch: options.dispatch,
      selfId: () => this.#self.id,
      remote: () => new Map([...this.#remoteLevels()].filter(([id]) => maySend(id))),
    });
    options.signal.addEventListener('abort', () => this.#close(), { once: true });
  }

  /** Loads the transport that the server will probably choose, and prepares it. Rejects if its code fails to load. */
  async prepare(transport: TransportName): Promise<void> {
    const { ports, signal } = this.#options;
    const factory = await ports.loadTransport(transport);
    // What is prepared has no id yet, which is part of the keys.
    if (signal.aborted || this.#current || this.#options.encryption) return;
    const end = new AbortController();
    signal.addEventListener('abort', () => end.abort(), { once: true, signal: end.signal });
    const create = factory.prepare?.({ signal: end.signal });
    if (create) this.#prepared = { transport, create, end };
  }

  /** Opens the transport that the server chose, replacing any other. Rejects if its code fails to load. */
  async open(self: Self, grant: NumberedGrant): Promise<void> {
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
    this.#current = this.#previous = this.#handover = undefined;
    const { signal } = this.#lifetime;
    this.streams.rename(this.#self.id, self.id);
    this.#self = self;
    const created = await this.#create(grant, signal);
    if (!created) return;
    this.#current = created;
    this.#subscribe(created);
    this.#levels.start(signal);
    this.#sendTo(created);
  }

  /**
   * Moves the call to another transport. The one before stays open until `settle`, and each participant is shown from it
   * until the new one delivers. A grant of the current generation only replaces the current grant. Rejects
   * if code fails to load: then nothing has changed.
   */
  move(grant: NumberedGrant): Promise<void> {
    const { signal } = this.#lifetime;
    this.#moving = this.#moving.then(() => this.#move(grant, signal));
    const moving = this.#moving;
    this.#moving = moving.catch(() => undefined);
    return moving;
  }

  /** Everyone receives all media through the transport of that generation: closes the one before. */
  settle(generation: number): void {
    const previous = this.#previous;
    if (!previous || generation !== this.#current?.generation) return;
    this.#previous = undefined;
    this.#handover?.finish();
    this.#handover = undefined;
    previous.close();
    for (const [id, state] of this.#current.links)
      this.#options.dispatch({ type: 'link-changed', id, state });
  }

  /** Sets the remote participants: connects new ones, and drops the streams of those who left. */
  setPeers(peers: readonly Peer[]): void {
    this.#peers = peers;
    this.#handover?.setPeers(peers.map(({ id }) => id));
    this.#current?.transport.setPeers(peers);
    const previous = this.#previous;
    // Those who joined since then are not on it.
    previous?.transport.setPeers(peers.filter(({ id }) => previous.links.has(id)));
    this.streams.retain(new Set([this.#self.id, ...peers.map(({ id }) => id)]));
    for (const signal of this.#pendingSignals.splice(0)) this.receive(signal);
  }

  receive({ from, epoch, data }: RelayedSignal): void {
    if (data.type === 'key') return this.#receiveKey(from, data);
    const signal = { from, epoch, data };
    const generation = generationOf(signal);
    const open = [this.#current, this.#previous].find((each) => each?.generation === generation);
    if (open) open.receive(signal);
    else if (!this.#current || generation > this.#current.generation) this.#pendingSignals.push(signal);
  }

  #receiveKey(from: ParticipantId, data: KeySignal): void {
    this.#options.encryption?.then(
      (encryption) => encryption.receive(from, data),
      () => undefined,
    );
  }

  /** Shows a local track in the self view and sends it to all participants; `null` removes it. */
  setLocalTrack(source: TrackSource, track: MediaStreamTrack | null): void {
    if (track) this.#local.set(source, track);
    else this.#local.delete(source);
    this.streams.setTrack(this.#self.id, source, track);
    for (const open of [this.#current, this.#previous]) void open?.transport.send(source, track);
    if (source === 'microphone') this.#levels.setMicrophone(track);
  }

  recover(): void {
    for (const open of [this.#current, this.#previous]) open?.transport.recover();
  }

  /** Sets the size at which each participant's video is shown. Each call replaces the previous map. */
  setWanted(wanted: ReadonlyMap<ParticipantId, WantedVideo>): void {
    this.#wanted = wanted;
    for (const open of [this.#current, this.#previous]) open?.transport.setWanted?.(wanted);
  }

  /** The transport in use. */
  get transport(): Transport | undefined {
    return this.#current?.transport;
  }

  /** Calls `handle` about ten times a second with all audio levels, while a transport is open. */
  onLevels(handle: (levels: Levels) => void, options: { readonly signal: AbortSignal }): void {
    this.#levels.onRead(handle, options);
  }

  #takePrepared(transport: TransportName): PreparedTransport['create'] | undefined {
    const prepared = this.#prepared;
    this.#prepared = undefined;
    if (prepared?.transport === transport) return prepared.create;
    prepared?.end.abort();
    return undefined;
  }

  async #create(grant: NumberedGrant, signal: AbortSignal): Promise<OpenTransport | undefined> {
    const { ports, sendSignal, renewGrant } = this.#options;
    const create = await ports.loadTransport(grant.transport);
    const encryption = await this.#options.encryption;
    if (signal.aborted || this.#options.signal.aborted) return undefined;
    const { id: selfId, order: selfOrder } = this.#self;
    return new OpenTransport(this.#takePrepared(grant.transport) ?? create, {
      selfId,
      selfOrder,
      grant,
      renewGrant,
      sendSignal,
      encryption,
      signal,
    });
  }

  async #move(grant: NumberedGrant, signal: AbortSignal): Promise<void> {
    if (signal.aborted || !this.#current) return;
    if (grant.generation === this.#current.generation) return this.#current.renew(grant);
    this.settle(this.#current.generation);
    const before = this.#current;
    const next = await this.#create(grant, signal);
    if (!next) return;
    const { ports, expectedSources, onTransportReady } = this.#options;
    const handover = await ports
      .createHandover({
        before,
        next,
        streams: this.streams,
        expected: (id) => (this.#wanted?.get(id) === 'none' ? [] : expectedSources(id)),
        onReady: () => onTransportReady(next.generation),
        onOverdue: () => this.settle(next.generation),
      })
      .catch((error: unknown) => {
        next.close();
        throw error;
      });
    if (signal.aborted) return handover.finish();
    this.#previous = before;
    this.#current = next;
    this.#handover = handover;
    this.#subscribe(next);
    if (this.#wanted) next.transport.setWanted?.(this.#wanted);
    this.#sendTo(next);
    this.setPeers(this.#peers);
  }

  #sendTo({ transport }: OpenTransport): void {
    for (const [source, track] of this.#local) void transport.send(source, track);
  }

  #subscribe(opened: OpenTransport): void {
    const { dispatch } = this.#options;
    opened.on('track', ({ id, source, track }) => {
      // During a move, the handover decides which of two tracks is shown.
      if (opened === this.#current && !this.#handover) this.streams.setTrack(id, source, track);
    });
    opened.on('link', ({ id, state }) => this.#linkChanged(opened, id, state));
    opened.on('quality', ({ id, quality }) => dispatch({ type: 'quality-changed', id, quality }));
    opened.on('silent', () => this.#options.onSilent());
    opened.on('error', (error) => dispatch({ type: 'failed', error }));
  }

  /** While two transports are open, a participant is connected if one of them connects. */
  #linkChanged(opened: OpenTransport, id: ParticipantId, state: LinkState): void {
    const other = opened === this.#current ? this.#previous : this.#current;
    if (state !== 'connected' && other?.links.get(id) === 'connected') return;
    this.#options.dispatch({ type: 'link-changed', id, state });
  }

  #remoteLevels(): Levels {
    const levels = this.#current?.transport.levels() ?? new Map<ParticipantId, number>();
    if (!this.#previous) return levels;
    const both = new Map(levels);
    for (const [id, level] of this.#previous.transport.levels())
      both.set(id, Math.max(level, both.get(id) ?? 0));
    return both;
  }

  #close(): void {
    this.#lifetime.abort();
    this.#levels.setMicrophone(null);
    this.#current = this.#previous = this.#handover = undefined;
    this.#pendingSignals = [];
  }
}
