import { Emitter } from '../../base/emitter.js';
import type { CallFact } from '../../domain/call/call-facts.js';
import type { TrackSource } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { SignalData } from '../../domain/signal-data.js';
import type { JoinAnswer } from '../../protocol/messages.js';
import type { Peer, Transport, TransportSignaling } from '../../transports/transport.js';
import { nextSpeaker, noSpeaker } from './active-speaker.js';
import { ParticipantStreams } from './participant-streams.js';
import type { SessionPorts } from '../session-ports.js';

/** Loudness by participant, 0 to 1. */
export type Levels = ReadonlyMap<ParticipantId, number>;

interface IncomingSignal {
  readonly from: ParticipantId;
  readonly epoch: number;
  readonly data: SignalData;
}

interface MediaPlaneOptions {
  readonly ports: Pick<SessionPorts, 'loadTransport' | 'createLevelMeter'>;
  readonly dispatch: (fact: CallFact) => void;
  /** Hands a signal to the server; resolves with whether it was delivered. */
  readonly sendSignal: TransportSignaling['send'];
  readonly signal: AbortSignal;
}

/** ms between two readings of everybody's loudness. */
const levelPeriod = 100;

/** The own streams' key until the server has given an id. */
export const localIdBeforeJoin: ParticipantId = '';

/** What is heard and seen: the transport, everybody's streams, and how loud they are. */
export class MediaPlane {
  readonly streams: ParticipantStreams;
  readonly #options: MediaPlaneOptions;
  readonly #levels = new Emitter<{ read: Levels }>();
  readonly #signals: TransportSignaling['events'] = new Emitter();
  readonly #local = new Map<TrackSource, MediaStreamTrack>();
  #selfId = localIdBeforeJoin;
  #transport: Transport | undefined;
  /** Ends with the transport: a participant who had to join anew gets another one. */
  #lifetime = new AbortController();
  /** Signals that came while the transport was being downloaded. */
  #pendingSignals: IncomingSignal[] = [];
  #meter:
    | { readonly track: MediaStreamTrack; readonly read: () => number; readonly end: AbortController }
    | undefined;

  constructor(options: MediaPlaneOptions) {
    this.#options = options;
    this.streams = new ParticipantStreams(() => options.dispatch({ type: 'streams-changed' }));
    options.signal.addEventListener('abort', () => this.#close(), { once: true });
  }

  /** Makes the transport that the server chose. */
  async open({ self, transport }: JoinAnswer, iceServers: () => readonly RTCIceServer[]): Promise<void> {
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
    this.#transport = undefined;
    const { signal } = this.#lifetime;
    this.streams.rename(this.#selfId, self.id);
    this.#selfId = self.id;
    const create = await this.#options.ports.loadTransport(transport);
    if (signal.aborted || this.#options.signal.aborted) return;
    const signaling = { events: this.#signals, send: this.#options.sendSignal };
    const created = create({ selfId: self.id, selfOrder: self.order, signaling, iceServers, signal });
    this.#transport = created;
    this.#subscribe(created, signal);
    for (const [source, track] of this.#local) void created.send(source, track);
  }

  /** Who is in the call besides oneself. */
  setPeers(peers: readonly Peer[]): void {
    this.#transport?.setPeers(peers);
    this.streams.retain(new Set([this.#selfId, ...peers.map(({ id }) => id)]));
    for (const signal of this.#pendingSignals.splice(0)) this.receive(signal);
  }

  receive(signal: IncomingSignal): void {
    if (this.#transport) this.#signals.emit('signal', signal);
    else this.#pendingSignals.push(signal);
  }

  /** Shows an own track to its user and sends it to the others. */
  setLocalTrack(source: TrackSource, track: MediaStreamTrack | null): void {
    if (track) this.#local.set(source, track);
    else this.#local.delete(source);
    this.streams.setTrack(this.#selfId, source, track);
    void this.#transport?.send(source, track);
    if (source === 'microphone') this.#meterLocalAudio(track);
  }

  recover(): void {
    this.#transport?.recover();
  }

  /** Nobody looks at their pictures for now. */
  pauseRemoteVideo(ids: ReadonlySet<ParticipantId>): void {
    this.#transport?.pauseRemoteVideo?.(ids);
  }

  /** Reads everybody's loudness about ten times a second, while anybody is in the call. */
  onLevels(handle: (levels: Levels) => void, options: { readonly signal: AbortSignal }): void {
    this.#levels.on('read', handle, options);
  }

  #subscribe(transport: Transport, signal: AbortSignal): void {
    const { dispatch } = this.#options;
    const { events } = transport;
    events.on('track', ({ id, source, track }) => this.streams.setTrack(id, source, track), { signal });
    events.on('link', ({ id, state }) => dispatch({ type: 'link-changed', id, state }), { signal });
    events.on('quality', ({ id, quality }) => dispatch({ type: 'quality-changed', id, quality }), { signal });
    events.on('error', (error) => dispatch({ type: 'failed', error }), { signal });
    let speakerState = noSpeaker;
    const read = (): void => {
      const remote = transport.levels();
      const next = nextSpeaker(speakerState, remote, performance.now());
      if (next.speaker !== speakerState.speaker) dispatch({ type: 'speaker-changed', id: next.speaker });
      speakerState = next;
      if (!this.#levels.isHeard('read')) return;
      const localLevel = this.#meter?.track.enabled ? this.#meter.read() : 0;
      this.#levels.emit('read', new Map([...remote, [this.#selfId, localLevel]]));
    };
    const timer = setInterval(read, levelPeriod);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  #meterLocalAudio(track: MediaStreamTrack | null): void {
    this.#meter?.end.abort();
    this.#meter = undefined;
    if (!track) return;
    const end = new AbortController();
    const meter = this.#options.ports.createLevelMeter(track, { signal: end.signal });
    this.#meter = { track, read: () => meter.read(), end };
  }

  #close(): void {
    this.#lifetime.abort();
    this.#meterLocalAudio(null);
    this.#transport = undefined;
    this.#pendingSignals = [];
  }
}
