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

/** Audio level by participant, 0 to 1, linear. */
export type Levels = ReadonlyMap<ParticipantId, number>;

interface IncomingSignal {
  readonly from: ParticipantId;
  readonly epoch: number;
  readonly data: SignalData;
}

interface MediaPlaneOptions {
  readonly ports: Pick<SessionPorts, 'loadTransport' | 'createLevelMeter'>;
  readonly dispatch: (fact: CallFact) => void;
  /** Sends a signal through the server; resolves with whether it was delivered. */
  readonly sendSignal: TransportSignaling['send'];
  readonly signal: AbortSignal;
}

/** ms between two readings of the audio levels. */
const levelPeriod = 100;

/** The id of the local participant until the server assigns one. */
export const localIdBeforeJoin: ParticipantId = '';

/** The media of the call: transport, streams of all participants, audio levels and active speaker. */
export class MediaPlane {
  readonly streams: ParticipantStreams;
  readonly #options: MediaPlaneOptions;
  readonly #levels = new Emitter<{ read: Levels }>();
  readonly #signals: TransportSignaling['events'] = new Emitter();
  readonly #local = new Map<TrackSource, MediaStreamTrack>();
  #selfId = localIdBeforeJoin;
  #transport: Transport | undefined;
  /** Aborted with the transport. A participant who rejoins with a new id gets a new transport. */
  #lifetime = new AbortController();
  /** Signals received while the transport is downloading. */
  #pendingSignals: IncomingSignal[] = [];
  #meter:
    | { readonly track: MediaStreamTrack; readonly read: () => number; readonly end: AbortController }
    | undefined;

  constructor(options: MediaPlaneOptions) {
    this.#options = options;
    this.streams = new ParticipantStreams(() => options.dispatch({ type: 'streams-changed' }));
    options.signal.addEventListener('abort', () => this.#close(), { once: true });
  }

  /** Creates the transport that the server chose, replacing the previous one. Rejects if its code fails to load. */
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

  /** Sets the remote participants: connects new ones, and drops the streams of those who left. */
  setPeers(peers: readonly Peer[]): void {
    this.#transport?.setPeers(peers);
    this.streams.retain(new Set([this.#selfId, ...peers.map(({ id }) => id)]));
    for (const signal of this.#pendingSignals.splice(0)) this.receive(signal);
  }

  receive(signal: IncomingSignal): void {
    if (this.#transport) this.#signals.emit('signal', signal);
    else this.#pendingSignals.push(signal);
  }

  /** Shows a local track in the self view and sends it to all participants; `null` removes it. */
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

  /** Asks these participants to stop sending video to this client. Each call replaces the previous set. */
  pauseRemoteVideo(ids: ReadonlySet<ParticipantId>): void {
    this.#transport?.pauseRemoteVideo?.(ids);
  }

  /** Calls `handle` about ten times a second with all audio levels, while a transport is open. */
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
      if (!this.#levels.hasListeners('read')) return;
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
