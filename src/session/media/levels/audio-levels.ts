import { Emitter } from '../../../base/emitter.js';
import type { CallFact } from '../../../domain/call/call-facts.js';
import type { ParticipantId } from '../../../domain/call/participant.js';
import { nextSpeaker, noSpeaker } from './active-speaker.js';
import { levelPeriod, periodAfter } from './level-pace.js';
import type { SessionPorts } from '../../session-ports.js';

/** Audio level by participant, 0 to 1, linear. */
export type Levels = ReadonlyMap<ParticipantId, number>;

interface AudioLevelsOptions {
  readonly createLevelMeter: SessionPorts['createLevelMeter'];
  readonly dispatch: (fact: CallFact) => void;
  readonly selfId: () => ParticipantId;
  /** The levels of the remote participants. */
  readonly remote: () => Levels;
}

/** Reads the audio levels of all participants, and decides who is the active speaker. */
export class AudioLevels {
  readonly #options: AudioLevelsOptions;
  readonly #events = new Emitter<{ read: Levels }>();
  #speakerState = noSpeaker;
  #meter:
    | { readonly track: MediaStreamTrack; readonly read: () => number; readonly end: AbortController }
    | undefined;

  constructor(options: AudioLevelsOptions) {
    this.#options = options;
  }

  /** Reads about ten times a second until `signal` aborts, less often on a busy machine. */
  start(signal: AbortSignal): void {
    let tickedAt = performance.now();
    let dueAt = 0;
    const tick = (): void => {
      const startedAt = performance.now();
      const late = startedAt - tickedAt - levelPeriod;
      tickedAt = startedAt;
      if (startedAt < dueAt) return;
      this.#read();
      dueAt = startedAt + periodAfter(performance.now() - startedAt, late) - levelPeriod;
    };
    const timer = setInterval(tick, levelPeriod);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  onRead(handle: (levels: Levels) => void, options: { readonly signal: AbortSignal }): void {
    this.#events.on('read', handle, options);
  }

  /** Measures the local microphone; `null` ends that. */
  setMicrophone(track: MediaStreamTrack | null): void {
    this.#meter?.end.abort();
    this.#meter = undefined;
    if (!track) return;
    const end = new AbortController();
    const meter = this.#options.createLevelMeter(track, { signal: end.signal });
    this.#meter = { track, read: () => meter.read(), end };
  }

  #read(): void {
    const { dispatch, remote: readRemote, selfId } = this.#options;
    const remote = readRemote();
    const next = nextSpeaker(this.#speakerState, remote, performance.now());
    if (next.speaker !== this.#speakerState.speaker) dispatch({ type: 'speaker-changed', id: next.speaker });
    this.#speakerState = next;
    if (!this.#events.hasListeners('read')) return;
    const local = this.#meter?.track.enabled ? this.#meter.read() : 0;
    this.#events.emit('read', new Map([...remote, [selfId(), local]]));
  }
}
