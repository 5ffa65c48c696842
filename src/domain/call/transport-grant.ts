/** What a participant needs to send and receive media. The server decides, and may decide anew during the call. */
export type TransportGrant = MeshGrant | SfuGrant;

/** Media flows directly between the participants. */
export interface MeshGrant {
  readonly transport: 'mesh';
  /** Entries of RTCConfiguration's `iceServers`. The credentials expire. */
  readonly iceServers: readonly IceServer[];
}

/** Media flows through a server that forwards it (LiveKit). */
export interface SfuGrant {
  readonly transport: 'sfu';
  /** WebSocket URL of the server. */
  readonly url: string;
  /** Admits this participant to the call's room. Valid for some minutes, which is enough to connect. */
  readonly token: string;
}

/** The same members as RTCIceServer, which does not exist in Node. */
export interface IceServer {
  readonly urls: string | string[];
  readonly username?: string | undefined;
  readonly credential?: string | undefined;
}

export type TransportName = TransportGrant['transport'];

/** The size (CSS pixels times device pixel ratio) at which a participant's video is shown; `none`: it is not visible. */
export type WantedVideo = { readonly width: number; readonly height: number } | 'none';
