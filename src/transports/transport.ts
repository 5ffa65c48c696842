import type { Emitter } from '../base/emitter.js';
import type { CallError } from '../domain/call-error.js';
import type { LinkState, TrackSource } from '../domain/call/call-state.js';
import type { ParticipantId } from '../domain/call/participant.js';
import type { TransportGrant, WantedVideo } from '../domain/call/transport-grant.js';
import type { MediaEncryption } from '../domain/media/media-encryption.js';
import type { SignalData } from '../domain/signal-data.js';

export interface TransportEvents {
  /** A participant's track arrived or was removed (`null`). Mute state comes from the server, not from here. */
  track: {
    readonly id: ParticipantId;
    readonly source: TrackSource;
    readonly track: MediaStreamTrack | null;
  };
  link: { readonly id: ParticipantId; readonly state: LinkState };
  /** 0 (lost) to 4 (excellent), computed from loss, round-trip time and jitter. */
  quality: { readonly id: ParticipantId; readonly quality: number };
  /** Nothing arrives from a peer any more. Often this page’s own network has changed. Emitted early, before `link` says so. */
  silent: { readonly id: ParticipantId };
  /** PEER_UNREACHABLE: a connection failed repeatedly; retries continue. ICE_SERVER_INVALID: a URL was left out. */
  error: CallError;
}

/** A remote participant, as far as a transport needs to know. */
export interface Peer {
  readonly id: ParticipantId;
  /** Of two peers, the one with the higher order makes the offer. Equal orders are decided by id. */
  readonly order: number;
  /** While `reconnecting`, signals do not reach the peer. */
  readonly connection: 'connected' | 'reconnecting';
}

export interface VideoSize {
  /** Lines: the shorter side, in px. */
  readonly height: number;
  /** Frames per second. */
  readonly frameRate: number;
}

/** Carries media between the participants. Independent of user interface, settings and application events. */
export interface Transport {
  readonly events: Emitter<TransportEvents>;
  /** Sets the remote participants, from the server. Opens and closes connections to match. May be called at any time. */
  setPeers(peers: readonly Peer[]): void;
  /** Sends `track` as `source` to all current and future peers; `null` stops sending. The last call wins. */
  send(source: TrackSource, track: MediaStreamTrack | null): Promise<void>;
  /**
   * Sets the size at which each peer's video is shown, so that nothing larger is sent, and nothing to `none`. Peers that
   * are not in the map send full size. Replaces the previous map. Audio is not affected.
   */
  setWanted?(wanted: ReadonlyMap<ParticipantId, WantedVideo>): void;
  /**
   * Sends smaller and fewer frames of video, because the processor is short of time: 0 is none less, and each step about
   * half as much work as the one before. Only of a transport that encodes once per peer.
   */
  reduceVideo?(steps: number): void;
  /** The largest size at which the camera is sent now. Capturing more would be wasted. */
  cameraSize?(): VideoSize;
  /** The last statistics of each connection, at most two seconds old. */
  reports?(): readonly RTCStatsReport[];
  /**
   * Calls `run` when the descriptions of new connections have been sent: at once if none is due, otherwise at most 250 ms
   * later. Work on the main thread would delay them.
   */
  afterDescriptions?(run: () => void): void;
  /** The current audio level of each peer: 0 to 1, linear. */
  levels(): ReadonlyMap<ParticipantId, number>;
  /** Verifies all connections, after a network change or possible signal loss. Rebuilds those that fail the check. */
  recover(): void;
}

/** How a transport exchanges signals with its peers. */
export interface TransportSignaling {
  readonly events: Emitter<{
    signal: { readonly from: ParticipantId; readonly epoch: number; readonly data: SignalData };
  }>;
  /** Resolves with whether it was delivered, at once if not; never rejects. */
  send(to: ParticipantId, epoch: number, data: SignalData): Promise<boolean>;
}

export interface TransportContext {
  readonly selfId: ParticipantId;
  readonly selfOrder: number;
  readonly signaling: TransportSignaling;
  /** The latest grant. Called for each new connection, because credentials expire. */
  readonly grant: () => TransportGrant;
  /** Asks the server for a new grant. Rejects while the server is unreachable. */
  readonly renewGrant: () => Promise<TransportGrant>;
  /** Encrypts all media, which is never sent or shown without it; absent in a call without encryption. */
  readonly encryption?: Pick<MediaEncryption, 'protect' | 'protectSender' | 'protectReceiver'> | undefined;
  /** Aborting closes all connections. */
  readonly signal: AbortSignal;
}

export interface TransportFactory {
  (context: TransportContext): Transport;
  /**
   * Starts what can be done before the server has answered the join, and returns the factory that uses it, once. Aborting
   * the signal discards it.
   */
  readonly prepare?: (options: { readonly signal: AbortSignal }) => (context: TransportContext) => Transport;
}
