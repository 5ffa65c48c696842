import type { Emitter } from '../base/emitter.js';
import type { CallError } from '../domain/call-error.js';
import type { LinkState, TrackSource } from '../domain/call/call-state.js';
import type { ParticipantId } from '../domain/call/participant.js';
import type { SignalData } from '../domain/signal-data.js';

export interface TransportEvents {
  /** A participant's track arrived (`track`) or went away (`null`). Muting is not told here: the server says it. */
  track: {
    readonly id: ParticipantId;
    readonly source: TrackSource;
    readonly track: MediaStreamTrack | null;
  };
  link: { readonly id: ParticipantId; readonly state: LinkState };
  /** 0 (lost) to 4 (excellent), from loss, delay and jitter. */
  quality: { readonly id: ParticipantId; readonly quality: number };
  /** A link failed again and again, and is still tried; or a server was left out. */
  error: CallError;
}

/** One of the others, as far as a transport needs to know. */
export interface Peer {
  readonly id: ParticipantId;
  /** Of two, the one with the higher order makes the offer. */
  readonly order: number;
  /** While `reconnecting`, it cannot be signalled. */
  readonly connection: 'connected' | 'reconnecting';
}

/** Carries media between the participants; knows nothing of buttons, settings or listeners. */
export interface Transport {
  readonly events: Emitter<TransportEvents>;
  /** Who is in the call besides oneself, from the server: links are made and closed to match. May be called any time. */
  setPeers(peers: readonly Peer[]): void;
  /** Sends `track` as `source` to everybody, now and later; `null` stops sending. The last call wins. */
  send(source: TrackSource, track: MediaStreamTrack | null): Promise<void>;
  /** Whose pictures nobody looks at here, for now: a transport that can lets them be sent no longer. Sound goes on. */
  pauseRemoteVideo?(ids: ReadonlySet<ParticipantId>): void;
  /** How loud each participant is now: 0 to 1, linear. */
  levels(): ReadonlyMap<ParticipantId, number>;
  /** The network changed, or signals may have been lost: what is not surely well is rebuilt at once. */
  recover(): void;
}

/** How a transport reaches its peers. */
export interface TransportSignaling {
  readonly events: Emitter<{
    signal: { readonly from: ParticipantId; readonly epoch: number; readonly data: SignalData };
  }>;
  /** Resolves with whether it was delivered; never rejects. */
  send(to: ParticipantId, epoch: number, data: SignalData): Promise<boolean>;
}

export interface TransportContext {
  readonly selfId: ParticipantId;
  readonly selfOrder: number;
  readonly signaling: TransportSignaling;
  /** Asked for each new connection: credentials in it expire. */
  readonly iceServers: () => readonly RTCIceServer[];
  /** Aborted: everything is closed. */
  readonly signal: AbortSignal;
}

export type TransportFactory = (context: TransportContext) => Transport;
