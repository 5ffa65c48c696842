/**
 * The part of simple-peer 9.11.1 that the mesh uses; the published typings would bring Node's globals into the browser.
 * The rest is not in the bundle: see test/tools/build/simple-peer-slim.mjs.
 */
declare module 'simple-peer' {
  /** A session description, a candidate, or a renegotiation request. */
  export type SignalData = { readonly type?: string } & Readonly<Record<string, unknown>>;

  export interface Options {
    initiator?: boolean;
    channelName?: string;
    channelConfig?: RTCDataChannelInit;
    /** Always set: the default uses public STUN servers. */
    config?: RTCConfiguration & {
      /** Chromium only. */
      readonly encodedInsertableStreams?: boolean;
    };
    offerOptions?: RTCOfferOptions;
    answerOptions?: RTCAnswerOptions;
    sdpTransform?: (sdp: string) => string;
    trickle?: boolean;
    allowHalfTrickle?: boolean;
    objectMode?: boolean;
  }

  export interface Events {
    signal: [data: SignalData];
    data: [chunk: Uint8Array<ArrayBuffer> | string];
    error: [error: Error & { readonly code?: string }];
    close: [];
    negotiated: [];
    signalingStateChange: [state: RTCSignalingState];
    iceStateChange: [connection: RTCIceConnectionState, gathering: RTCIceGatheringState];
  }

  export default class SimplePeer {
    constructor(options?: Options);
    readonly initiator: boolean;
    readonly connected: boolean;
    readonly destroyed: boolean;
    readonly destroying: boolean;
    /** `null` once destroyed. */
    readonly _pc: RTCPeerConnection | null;
    readonly _isNegotiating: boolean;
    readonly _pcReady: boolean;
    readonly _channelReady: boolean;
    _connected: boolean;
    _maybeReady(): void;
    _onIceStateChange(): void;
    _addIceCandidate(candidate: RTCIceCandidateInit): void;
    signal(data: SignalData | string): void;
    send(chunk: string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>): void;
    _createOffer(): void;
    _createAnswer(): void;
    emit(name: 'signal', data: SignalData): boolean;
    addTransceiver(kind: 'audio' | 'video' | MediaStreamTrack, init?: RTCRtpTransceiverInit): void;
    destroy(error?: Error): void;
    on<Name extends keyof Events>(name: Name, listener: (...args: Events[Name]) => void): this;
    removeListener<Name extends keyof Events>(name: Name, listener: (...args: Events[Name]) => void): this;
  }
}
