/** Signals between two peers (JSEP, RFC 8829). The server relays them without interpreting them. */
export type SignalData =
  | { readonly type: 'offer' | 'answer'; readonly sdp: string }
  | { readonly type: 'candidate'; readonly candidate: IceCandidate }
  /** Requests a new connection from the offering side, because the answering side's epoch has failed. */
  | { readonly type: 'rebuild' };

/** The members of RTCIceCandidateInit that are sent. */
export interface IceCandidate {
  readonly candidate: string;
  readonly sdpMid?: string | null | undefined;
  readonly sdpMLineIndex?: number | null | undefined;
  readonly usernameFragment?: string | null | undefined;
}
