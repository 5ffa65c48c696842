import type { TrackSource } from '../domain/call/call-state.js';
import type { ParticipantId } from '../domain/call/participant.js';
import type { WantedVideo } from '../domain/call/transport-grant.js';
import type { Transport } from '../transports/transport.js';
import type { Levels } from './media/levels/audio-levels.js';
import type { SessionParts } from './session-parts.js';

/** The audio and video of all participants. */
export interface SessionMedia {
  /** A participant's stream of one source, `null` without a track. Before the join, the local participant's id is `''`. */
  readonly streamOf: (id: ParticipantId, source: TrackSource) => MediaStream | null;
  /** `streamOf` for applications. The application may show or record the stream, so offscreen video is no longer paused. */
  readonly exposeStream: (id: ParticipantId, source: TrackSource) => MediaStream | null;
  /** Whether the application has received a stream. */
  readonly streamsExposed: boolean;
  /** The local track as captured, before processing; `undefined` while the source is closed. */
  readonly localTrack: (source: TrackSource) => MediaStreamTrack | undefined;
  /** Calls `handle` about ten times a second with the audio level (0 to 1) of each participant, until `signal` aborts. */
  readonly onLevels: (handle: (levels: Levels) => void, options: { readonly signal: AbortSignal }) => void;
  /** Sets the size at which each participant's video is shown; others send full size. Replaces the previous map. */
  readonly setWanted: (wanted: ReadonlyMap<ParticipantId, WantedVideo>) => void;
  /** What adapts the video to the processor; absent before the join. */
  readonly transport: Pick<Transport, 'reduceVideo' | 'cameraSize' | 'reports'> | undefined;
  /** Calls `run` when the media of new participants no longer waits for the main thread; at most 250 ms later. */
  readonly afterDescriptions: (run: () => void) => void;
}

export function sessionMedia({ media, tracks }: SessionParts): SessionMedia {
  let streamsExposed = false;
  const streamOf: SessionMedia['streamOf'] = (id, source) => media.streams.streamOf(id, source);
  return {
    streamOf,
    exposeStream(id, source) {
      streamsExposed = true;
      return streamOf(id, source);
    },
    get streamsExposed() {
      return streamsExposed;
    },
    get transport() {
      return media.transport;
    },
    localTrack: (source) => tracks.track(source),
    onLevels: (handle, options) => media.onLevels(handle, options),
    setWanted: (wanted) => media.setWanted(wanted),
    afterDescriptions(run) {
      const { transport } = media;
      if (transport?.afterDescriptions) transport.afterDescriptions(run);
      else run();
    },
  };
}
