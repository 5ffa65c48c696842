import {
  ConnectionQuality,
  ConnectionState,
  ParticipantEvent,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
  type RemoteTrackPublication,
} from 'livekit-client';
import { Emitter } from '../../base/emitter.js';
import { log } from '../../base/logger.js';
import { CallError } from '../../domain/call-error.js';
import type { LinkState, TrackSource } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { TransportGrant, WantedVideo } from '../../domain/call/transport-grant.js';
import { PeerEvents } from '../peer-events.js';
import type { Peer, Transport, TransportContext, TransportEvents, TransportFactory } from '../transport.js';
import { PublishedTrack } from './published-track.js';

const logger = log('sfu');

/**
 * Sends media through LiveKit, which forwards it. LiveKit carries media only: roster, mute state and events come from the
 * call server. Throws UNSUPPORTED_BROWSER without WebRTC.
 */
export const createSfuTransport: TransportFactory = (context) => new SfuTransport(context);

const liveKitSources: Readonly<Record<TrackSource, Track.Source>> = {
  microphone: Track.Source.Microphone,
  camera: Track.Source.Camera,
  screen: Track.Source.ScreenShare,
  'screen-audio': Track.Source.ScreenShareAudio,
};
const sources = Object.keys(liveKitSources) as readonly TrackSource[];

const grades: Readonly<Partial<Record<ConnectionQuality, number>>> = {
  [ConnectionQuality.Excellent]: 4,
  [ConnectionQuality.Good]: 3,
  [ConnectionQuality.Poor]: 1,
  [ConnectionQuality.Lost]: 0,
};

/** ms before the next attempt to connect, by the number of failures. LiveKit itself has tried for a while by then. */
const retryDelays = [0, 1000, 2000, 4000, 8000];
/** Failed attempts before PEER_UNREACHABLE is raised. Retries continue. */
const failuresBeforeError = 3;

class SfuTransport implements Transport {
  readonly events = new Emitter<TransportEvents>();
  readonly #context: TransportContext;
  readonly #room: Room;
  readonly #peers = new Map<ParticipantId, PeerEvents>();
  /** The participants that have been in LiveKit's room. */
  readonly #seen = new Set<ParticipantId>();
  readonly #published = new Map(sources.map((source) => [source, new PublishedTrack()]));
  readonly #tracks = new Map<TrackSource, MediaStreamTrack | null>();
  #wanted: ReadonlyMap<ParticipantId, WantedVideo> = new Map();
  /** The state of the connection to LiveKit. */
  #state: LinkState = 'connecting';
  #wake: () => void = () => undefined;

  constructor(context: TransportContext) {
    if (!globalThis.RTCPeerConnection) throw new CallError('UNSUPPORTED_BROWSER');
    this.#context = context;
    setLogLevel('error');
    this.#room = new Room({
      dynacast: true,
      // The call's own elements show the tracks, so the call itself says what is wanted: see `setWanted`.
      adaptiveStream: false,
      disconnectOnPageLeave: false,
      stopLocalTrackOnUnpublish: false,
      ...(context.encryption && { publishDefaults: { videoCodec: 'vp8', backupCodec: false, red: false } }),
    });
    if (context.signal.aborted) return;
    this.#subscribe();
    context.signal.addEventListener('abort', () => this.#close(), { once: true });
    void this.#stayConnected();
  }

  setPeers(peers: readonly Peer[]): void {
    if (this.#context.signal.aborted) return;
    this.#retainPeers(new Set(peers.map(({ id }) => id)));
    for (const { id } of peers) if (!this.#peers.has(id)) this.#addPeer(id);
  }

  async send(source: TrackSource, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks.set(source, track);
    await this.#publish(source);
  }

  setWanted(wanted: ReadonlyMap<ParticipantId, WantedVideo>): void {
    this.#wanted = wanted;
    for (const { identity, trackPublications } of this.#room.remoteParticipants.values())
      for (const publication of trackPublications.values()) this.#request(publication, identity);
  }

  levels(): ReadonlyMap<ParticipantId, number> {
    // From LiveKit: it does not forward the header extension from which browsers know the level of a packet (RFC 6464).
    const levelOf = (id: ParticipantId): number => this.#room.remoteParticipants.get(id)?.audioLevel ?? 0;
    return new Map([...this.#peers.keys()].map((id) => [id, levelOf(id)]));
  }

  recover(): void {
    this.#wake();
  }

  #subscribe(): void {
    this.#room
      .on(RoomEvent.TrackSubscribed, ({ receiver }, publication, { identity }) => {
        this.#protectReceiver(receiver, publication, identity);
        this.#request(publication, identity);
        this.#showTrack(publication, identity);
      })
      .on(RoomEvent.TrackUnsubscribed, (_, { source }, { identity }) => {
        const own = sourceOf(source);
        if (own) this.#peers.get(identity)?.trackRemoved(own);
      })
      .on(RoomEvent.ParticipantConnected, ({ identity }) => this.#showLink(identity))
      .on(RoomEvent.ParticipantDisconnected, ({ identity }) => this.#showLink(identity))
      .on(RoomEvent.Reconnecting, () => this.#setState('interrupted'))
      .on(RoomEvent.Reconnected, () => this.#setState('connected'))
      .on(RoomEvent.ConnectionQualityChanged, (quality, { identity }) =>
        this.#peers.get(identity)?.quality(grades[quality]),
      );
    this.#room.localParticipant.on(ParticipantEvent.LocalSenderCreated, (sender, { mediaStreamTrack }) => {
      for (const [source, published] of this.#published)
        if (published.has(mediaStreamTrack)) this.#senderCreated(source, published, sender);
    });
  }

  /** Connects, and connects again whenever LiveKit gives up. Ends with the transport. */
  async #stayConnected(): Promise<void> {
    const { signal, grant, renewGrant } = this.#context;
    let [failures, isFirst] = [0, true];
    while (!signal.aborted) {
      try {
        await this.#connect(isFirst ? grant() : await renewGrant());
        failures = 0;
        await this.#disconnected();
      } catch (error) {
        logger.info('media server not reached', error);
        failures += 1;
        if (failures === failuresBeforeError && !signal.aborted)
          this.events.emit(
            'error',
            new CallError('PEER_UNREACHABLE', { details: { server: true }, cause: error }),
          );
      }
      isFirst = false;
      for (const published of this.#published.values()) published.end();
      if (failures >= failuresBeforeError) this.#setState('failed');
      else if (this.#state !== 'connecting') this.#setState('interrupted');
      await this.#delay(retryDelays[Math.min(failures, retryDelays.length - 1)] ?? 0);
    }
  }

  async #connect(grant: TransportGrant): Promise<void> {
    // The call has moved to another transport, and this one is about to be closed.
    if (grant.transport !== 'sfu') throw new CallError('CONNECTION_LOST');
    // With the flag, Chromium lets no frame through before its transform is there, and feeds it also later.
    const rtcConfig: RTCConfiguration & { encodedInsertableStreams: boolean } = {
      encodedInsertableStreams: !!this.#context.encryption,
    };
    await this.#room.connect(grant.url, grant.token, { maxRetries: 1, rtcConfig });
    if (this.#context.signal.aborted) return this.#close();
    this.#setState('connected');
    for (const source of sources) this.#publish(source).catch(logFailure);
  }

  #disconnected(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#room.state === ConnectionState.Disconnected) resolve();
      else this.#room.once(RoomEvent.Disconnected, () => resolve());
    });
  }

  /** Resolves after `ms`, or earlier if the network is back or the transport is closed. */
  #delay(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #publish(source: TrackSource): Promise<void> {
    // Otherwise it is published once connected.
    if (this.#state === 'connected' || this.#state === 'interrupted')
      await this.#published.get(source)?.send(this.#tracks.get(source) ?? null, async (placeholder) => {
        await this.#room.localParticipant.publishTrack(placeholder, { source: liveKitSources[source] });
      });
  }

  #senderCreated(source: TrackSource, published: PublishedTrack, sender: RTCRtpSender): void {
    const { encryption, selfId } = this.#context;
    encryption?.protectSender(sender, { source, selfId });
    published.senderCreated(sender).catch(logFailure);
  }

  /** LiveKit reuses receivers: for another track, there is another key. */
  #protectReceiver(
    receiver: RTCRtpReceiver | undefined,
    { source: liveKitSource }: RemoteTrackPublication,
    peerId: ParticipantId,
  ): void {
    const source = sourceOf(liveKitSource);
    if (receiver && source) this.#context.encryption?.protectReceiver(receiver, { source, peerId });
  }

  /** Tells LiveKit which size is wanted of a camera. A shared screen is wanted whole, or not at all. */
  #request(publication: RemoteTrackPublication, id: ParticipantId): void {
    if (publication.kind !== Track.Kind.Video || !publication.isSubscribed) return;
    const wanted = this.#wanted.get(id);
    publication.setEnabled(wanted !== 'none');
    if (wanted === 'none') return;
    const isCamera = publication.source === Track.Source.Camera;
    publication.setVideoDimensions((isCamera && wanted) || { width: 3840, height: 2160 });
  }

  #addPeer(id: ParticipantId): void {
    this.#peers.set(id, new PeerEvents(id, this.events));
    this.#showLink(id);
    for (const publication of this.#room.remoteParticipants.get(id)?.trackPublications.values() ?? [])
      this.#showTrack(publication, id);
  }

  #retainPeers(ids: ReadonlySet<ParticipantId>): void {
    for (const [id, events] of this.#peers) {
      if (ids.has(id)) continue;
      this.#peers.delete(id);
      events.removed();
    }
  }

  #showTrack({ source, track }: RemoteTrackPublication, id: ParticipantId): void {
    const own = sourceOf(source);
    if (own && track) this.#peers.get(id)?.track(own, track.mediaStreamTrack);
  }

  #showLink(id: ParticipantId): void {
    const isThere = this.#room.remoteParticipants.has(id);
    if (isThere) this.#seen.add(id);
    const elsewhere = this.#seen.has(id) ? 'interrupted' : 'connecting';
    const state = this.#state !== 'connected' ? this.#state : isThere ? 'connected' : elsewhere;
    this.#peers.get(id)?.link(state);
  }

  #setState(state: LinkState): void {
    if (this.#context.signal.aborted) return;
    this.#state = state;
    for (const id of this.#peers.keys()) this.#showLink(id);
  }

  #close(): void {
    this.#wake();
    this.#retainPeers(new Set());
    for (const published of this.#published.values()) published.end();
    this.#room.disconnect(false).catch(logFailure);
  }
}

function sourceOf(liveKitSource: Track.Source): TrackSource | undefined {
  return sources.find((source) => liveKitSources[source] === liveKitSource);
}

function logFailure(error: unknown): void {
  logger.info('media server request failed', error);
}
