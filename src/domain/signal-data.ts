/** Signals between two peers (JSEP, RFC 8829). The server relays them without interpreting them. */
export type SignalData =
  | { readonly type: 'offer' | 'answer'; readonly sdp: string }
  /** Trickled candidates. Those gathered before a description was sent are in the description. */
  | { readonly type: 'candidates'; readonly candidates: IceCandidate[] }
  /** Requests a new connection from the offering side, because the answering side's epoch has failed. */
  | { readonly type: 'rebuild' }
  /** Requests new candidates for the same connection (ICE restart, RFC 8445 section 9), because its path has failed. */
  | { readonly type: 'restart' };

/** What a participant of an encrypted call says about its key to another one. */
export interface KeySignal {
  readonly type: 'key';
  /** The public key, for the agreement. */
  readonly key: string;
  /** The number of the key under which the sender sends, or will; 0: none yet. */
  readonly generation: number;
  /** The number of the receiver's key that the sender has; 0: none. */
  readonly has: number;
  /** The sender's key, encrypted for the receiver; absent if the receiver has it, or cannot have it yet. */
  readonly wrapped?: string | undefined;
}

/** The members of RTCIceCandidateInit that are sent. */
export interface IceCandidate {
  readonly candidate: string;
  readonly sdpMid?: string | null | undefined;
  readonly sdpMLineIndex?: number | null | undefined;
}
