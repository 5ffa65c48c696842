/** What two peers tell each other to connect (JSEP, RFC 8829). The server passes it on unread. */
export type SignalData =
  | { readonly type: 'offer' | 'answer'; readonly sdp: string }
  | { readonly type: 'candidate'; readonly candidate: IceCandidate }
  /** The answering side asks the offering side for a new connection: its own epoch is dead. */
  | { readonly type: 'rebuild' };

/** The members of RTCIceCandidateInit that travel. */
export interface IceCandidate {
  readonly candidate: string;
  readonly sdpMid?: string | null | undefined;
  readonly sdpMLineIndex?: number | null | undefined;
  readonly usernameFragment?: string | null | undefined;
}
