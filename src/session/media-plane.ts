import { Emitter } from '../base/emitter.js';
import type { CallFact } from '../domain/call-facts.js';
import type { TrackSource } from '../domain/call-state.js';
import type { ParticipantId } from '../domain/participant.js';
import type { SignalData } from '../domain/signal-data.js';
import type { JoinAnswer } from '../protocol/messages.js';
import type { Peer, Transport, TransportSignaling } from '../transports/transport.js';
import { nextSpeaker, nobodySpeaks } from './active-speaker.js';
import { ParticipantStreams } from './participant-streams.js';
import type { SessionPorts } from './session-ports.js';

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
export const selfBeforeJoin: ParticipantId = '';

/** What is heard and seen: the transport, everybody's streams, and how loud they are. */
export class MediaPlane {
  readonly streams: ParticipantStreams;
  readonly #options: MediaPlaneOptions;
  readonly #levels = new Emitter<{ read: Levels }>();
  readonly #signals: TransportSignaling['events'] = new Emitter();
  readonly #local = new Map<TrackSource, MediaStreamTrack>();
  #selfId = selfBeforeJoin;
  #transport: Transport | undefined;
  /** Ends with the transport: a participant who had to join anew gets another one. */
  #life = new AbortController();
  /** Signals that came while the transport was being downloaded. */
  #early: IncomingSignal[] = [];
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
    this.#life.abort();
    this.#life = new AbortController();
    this.#transport = undefined;
    const { signal } = this.#life;
    this.streams.rename(this.#selfId, self.id);
    this.#selfId = self.id;
    const create = await this.#options.ports.loadTransport(transport);
    if (signal.aborted || this.#options.signal.aborted) return;
    const signaling = { events: this.#signals, send: this.#options.sendSignal };
    const made = create({ selfId: self.id, selfOrder: self.order, signaling, iceServers, signal });
    this.#transport = made;
    this.#listen(made, signal);
    for (const [source, track] of this.#local) void made.send(source, track);
  }

  /** Who is in the call besides oneself. */
  setPeers(peers: readonly Peer[]): void {
    this.#transport?.setPeers(peers);
    this.streams.keepOnly(new Set([this.#selfId, ...peers.map(({ id }) => id)]));
    for (const signal of this.#early.splice(0)) this.receive(signal);
  }

  receive(signal: IncomingSignal): void {
    if (this.#transport) this.#signals.emit('signal', signal);
    else this.#early.push(signal);
  }

  /** Shows an own track to its user and sends it to the others. */
  setLocalTrack(source: TrackSource, track: MediaStreamTrack | null): void {
    if (track) this.#local.set(source, track);
    else this.#local.delete(source);
    this.streams.setTrack(this.#selfId, source, track);
    void this.#transport?.send(source, track);
    if (source === 'microphone') this.#measure(track);
  }

  recover(): void {
    this.#transport?.recover();
  }

  /** Nobody looks at their pictures for now. */
  ignorePictures(of: ReadonlySet<ParticipantId>): void {
    this.#transport?.ignorePictures?.(of);
  }

  /** Reads everybody's loudness about ten times a second, while anybody is in the call. */
  onLevels(handle: (levels: Levels) => void, options: { readonly signal: AbortSignal }): void {
    this.#levels.on('read', handle, options);
  }

  #listen(transport: Transport, signal: AbortSignal): void {
    const { dispatch } = this.#options;
    const { events } = transport;
    events.on('track', ({ id, source, track }) => this.streams.setTrack(id, source, track), { signal });
    events.on('link', ({ id, state }) => dispatch({ type: 'link-changed', id, state }), { signal });
    events.on('quality', ({ id, quality }) => dispatch({ type: 'quality-changed', id, quality }), { signal });
    events.on('error', (error) => dispatch({ type: 'failed', error }), { signal });
    let speech = nobodySpeaks;
    const read = (): void => {
      const remote = transport.levels();
      const next = nextSpeaker(speech, remote, performance.now());
      if (next.speaker !== speech.speaker) dispatch({ type: 'speaker-changed', id: next.speaker });
      speech = next;
      if (!this.#levels.isHeard('read')) return;
      const own = this.#meter?.track.enabled ? this.#meter.read() : 0;
      this.#levels.emit('read', new Map([...remote, [this.#selfId, own]]));
    };
    const timer = setInterval(read, levelPeriod);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  #measure(track: MediaStreamTrack | null): void {
    this.#meter?.end.abort();
    this.#meter = undefined;
    if (!track) return;
    const end = new AbortController();
    const meter = this.#options.ports.createLevelMeter(track, { signal: end.signal });
    this.#meter = { track, read: () => meter.read(), end };
  }

  #close(): void {
    this.#life.abort();
    this.#measure(null);
    this.#transport = undefined;
    this.#early = [];
  }
}
