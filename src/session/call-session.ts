import { log } from '../base/logger.js';
import type { CallCommands } from '../domain/call/call-commands.js';
import { asCallError, CallError } from '../domain/call-error.js';
import type { CallFact } from '../domain/call/call-facts.js';
import {
  isActive,
  remoteParticipantsOf,
  type LayoutMode,
  type LeaveReason,
  type LocalSource,
  type TileRef,
  type TrackSource,
} from '../domain/call/call-state.js';
import type { ParticipantId, ParticipantState } from '../domain/call/participant.js';
import type { DeviceList } from '../media/devices/device-list.js';
import type { JoinAnswer } from '../protocol/messages.js';
import type { CallSettings } from '../settings/setting-rows.js';
import { CallStore } from './call-store.js';
import { DeviceSelection } from './devices/device-selection.js';
import { createDevicePublisher } from './devices/device-events.js';
import { createIdleTimeout, type IdleTimeout } from './room/idle-timeout.js';
import { LocalTracks, startsWithCamera } from './media/local-tracks.js';
import { MediaPlane, type Levels } from './media/media-plane.js';
import { LocalParticipant } from './room/local-participant.js';
import { createRecordingControl } from './media/recording-control.js';
import { RoomConnection } from './room/room-connection.js';
import type { SessionPorts } from './session-ports.js';
import { OutgoingTracks } from './media/outgoing-tracks.js';

const logger = log('session');

/**
 * One call, from `join()` to its end. Commands act on devices, server and transport; these report facts, and
 * `transition` alone derives state and events from the facts. A session cannot be reused after it has ended.
 */
export class CallSession implements CallCommands {
  readonly store = new CallStore();
  /** Whether the application has received a stream. Remote video must then not be paused for being offscreen here. */
  streamsExposed = false;
  readonly #lifetime = new AbortController();
  readonly #ports: SessionPorts;
  readonly #devices: DeviceList;
  readonly #publishDevices: (opened: Promise<void>) => void;
  readonly #tracks: LocalTracks;
  readonly #deviceSelection: DeviceSelection;
  readonly #media: MediaPlane;
  readonly #connection: RoomConnection;
  readonly #idleTimeout: IdleTimeout;
  #settings: CallSettings;
  readonly #localParticipant: LocalParticipant;
  readonly #outgoingTracks: OutgoingTracks;
  readonly #setRecording: (on: boolean) => Promise<void>;

  constructor(settings: CallSettings, ports: SessionPorts) {
    const { signal } = this.#lifetime;
    this.#settings = settings;
    this.#ports = ports;
    this.#localParticipant = new LocalParticipant(
      this.store,
      { audioMuted: settings.startWithAudioMuted, videoPaused: !startsWithCamera(settings) },
      (changes) => this.#connection.send({ type: 'update', changes }),
    );
    this.#setRecording = createRecordingControl({
      store: this.store,
      localParticipant: this.#localParticipant,
      recording: ports.recording,
      onError: (error) => this.#raiseError(error),
    });
    this.#devices = ports.createDeviceList({ signal });
    this.#publishDevices = createDevicePublisher({ devices: this.#devices, store: this.store, signal });
    this.#media = new MediaPlane({
      ports,
      dispatch: this.#dispatch,
      sendSignal: (...message) => this.#connection.sendSignal(...message),
      signal,
    });
    this.#tracks = new LocalTracks({
      ports,
      devices: this.#devices,
      dispatch: this.#dispatch,
      onTrack: (source, track) => this.#outgoingTracks.setTrack(source, track),
      onSettled: this.#localMediaSettled,
      signal,
    });
    this.#outgoingTracks = new OutgoingTracks(settings, {
      load: ports.loadProcessing,
      track: (source) => this.#tracks.track(source),
      send: this.#media.setLocalTrack.bind(this.#media),
      onMissing: this.#processingMissing,
      signal,
    });
    this.#deviceSelection = new DeviceSelection({
      devices: this.#devices,
      openInput: (source, deviceId) => this.#tracks.useDevice(source, deviceId),
      checkSpeaker: ports.checkSpeaker,
      onError: (error) => this.#raiseError(error),
    });
    this.#idleTimeout = createIdleTimeout({
      period: settings,
      dispatch: this.#dispatch,
      onTimeout: () => this.#end('timed-out'),
      signal,
    });
    this.#connection = new RoomConnection({
      openChannel: (channel) => ports.openChannel(channel),
      store: this.store,
      localParticipant: this.#localParticipant,
      media: this.#media,
      dispatch: this.#dispatch,
      muteAudio: (muted) => this.muteAudio(muted),
      pauseVideo: (paused) => this.pauseVideo(paused),
      onError: (error) => this.#raiseError(error),
      onEnded: (reason, error) => this.#end(reason, error),
      signal,
    });
  }

  /** Opens microphone and camera. `join()` does it too; a lobby calls it earlier. Failures raise `failed`. */
  openLocalMedia(): void {
    void this.#tracks.start(this.#settings);
    this.#deviceSelection.setInitialOutput(this.#settings.audioOutputDeviceId);
  }

  /**
   * Joins the call. Opens devices, connects and downloads the transport in parallel. Never rejects: a failed join ends the
   * session with reason `failed` and the error. Later calls do nothing.
   */
  async join(): Promise<void> {
    const { signal } = this.#lifetime;
    if (this.store.get().phase !== 'idle') return;
    this.#dispatch({ type: 'join-started' });
    this.#subscribe(signal);
    this.openLocalMedia();
    try {
      const [answer] = await Promise.all([this.#connection.join(), this.#ports.loadTransport('mesh')]);
      if (signal.aborted) return;
      await this.#joined(answer);
    } catch (error) {
      if (!signal.aborted) this.#end('failed', asCallError(error, 'SERVER_UNREACHABLE'));
    }
  }

  /** A participant's stream of one source, `null` without a track. Before the join, the local participant's id is `''`. */
  streamOf(id: ParticipantId, source: TrackSource): MediaStream | null {
    return this.#media.streams.streamOf(id, source);
  }

  /** `streamOf` for applications. The application may show or record the stream, so offscreen video is no longer paused. */
  exposeStream(id: ParticipantId, source: TrackSource): MediaStream | null {
    this.streamsExposed = true;
    return this.streamOf(id, source);
  }

  /** The local track as captured, before processing; `undefined` while the source is closed. */
  localTrack(source: TrackSource): MediaStreamTrack | undefined {
    return this.#tracks.track(source);
  }

  /** Calls `handle` about ten times a second with the audio level (0 to 1) of each participant, until `signal` aborts. */
  onLevels(handle: (levels: Levels) => void, options: { readonly signal: AbortSignal }): void {
    this.#media.onLevels(handle, options);
  }

  /** Asks these participants to stop sending video to this client. Each call replaces the previous set. */
  pauseRemoteVideo(ids: ReadonlySet<ParticipantId>): void {
    this.#media.pauseRemoteVideo(ids);
  }

  /** Applies settings that changed during the call: layout, idle periods, audio-only, audio mode, processing. */
  updateSettings(settings: CallSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    if (settings.mode !== before.mode) this.setMode(settings.mode);
    this.#idleTimeout.setPeriod(settings);
    if (settings.audioOnly !== before.audioOnly) this.#setAudioOnly(settings.audioOnly);
    const { defaultAudioMode } = settings;
    if (defaultAudioMode && defaultAudioMode !== before.defaultAudioMode) this.setAudioMode(defaultAudioMode);
    this.#outgoingTracks.applySettings(settings);
  }

  muteAudio(muted: boolean): void {
    this.#tracks.setEnabled('microphone', !muted);
  }

  pauseVideo(paused: boolean): void {
    const state = this.store.get();
    if (isActive(state) && state.audioOnly && !paused) return;
    this.#tracks.setEnabled('camera', !paused);
  }

  startScreenShare(): void {
    this.#tracks.setEnabled('screen', true);
  }

  stopScreenShare(): void {
    this.#tracks.setEnabled('screen', false);
  }

  switchCamera(): void {
    this.#tracks.switchCamera();
  }

  setAudioInputDevice(deviceId: string): void {
    this.#deviceSelection.selectInput('microphone', deviceId);
  }

  setVideoInputDevice(deviceId: string): void {
    this.#deviceSelection.selectInput('camera', deviceId);
  }

  setAudioOutputDevice(deviceId: string): void {
    this.#deviceSelection.selectOutput(deviceId);
  }

  setAudioMode(mode: string): void {
    this.#deviceSelection.selectOutputByMode(mode);
  }

  switchToVideoCall(): void {
    const state = this.store.get();
    if (!isActive(state) || !state.audioOnly) return;
    this.#dispatch({ type: 'video-requested', by: state.selfId });
    this.#connection.requestVideo();
  }

  answerVideoRequest(accept: boolean): void {
    if (!accept) this.#dispatch({ type: 'video-request-ended' });
    this.#connection.answerVideo(accept);
  }

  startRecording(): void {
    void this.#setRecording(true);
  }

  stopRecording(): void {
    void this.#setRecording(false);
  }

  raiseHand(): void {
    this.#localParticipant.publish({ handRaisedAt: Date.now() });
  }

  lowerHand(): void {
    this.#localParticipant.publish({ handRaisedAt: null });
  }

  /** Publishes whether the local camera delivers black frames. */
  reportBlackCamera(cameraBlack: boolean): void {
    this.#localParticipant.publish({ cameraBlack });
  }

  muteParticipant(participantId: ParticipantId): void {
    this.#connection.send({ type: 'mute-participant', participantId, source: 'microphone' });
  }

  pauseParticipantVideo(participantId: ParticipantId): void {
    this.#connection.send({ type: 'mute-participant', participantId, source: 'camera' });
  }

  pin(tile: TileRef | null): void {
    this.#dispatch({ type: 'tile-pinned', tile });
  }

  setMode(mode: LayoutMode): void {
    this.#dispatch({ type: 'mode-set', mode });
  }

  showParticipantList(shown: boolean): void {
    this.#dispatch({ type: 'participant-list-shown', on: shown });
  }

  togglePictureInPicture(): void {
    const { pictureInPicture } = this.#ports;
    if (!isActive(this.store.get())) return;
    if (!pictureInPicture)
      return this.#raiseError(new CallError('UNSUPPORTED', { details: { what: 'picture-in-picture' } }));
    const settle = (on: boolean): void => this.#dispatch({ type: 'picture-in-picture-changed', on });
    pictureInPicture
      .toggle(() => settle(false))
      .then(settle, (error: unknown) => this.#raiseError(asCallError(error)));
  }

  openVirtualBackground(): void {
    this.#ports.showBackgrounds?.(true);
  }

  closeVirtualBackground(): void {
    this.#ports.showBackgrounds?.(false);
  }

  stay(): void {
    this.#idleTimeout.stay();
  }

  pressControl(control: string): void {
    this.#dispatch({ type: 'control-pressed', control });
  }

  pressEndCall(): void {
    this.#dispatch({ type: 'end-pressed' });
  }

  endSession(): void {
    this.#end('left');
  }

  endSessionForAll(): void {
    if (!isActive(this.store.get())) return;
    this.#connection.endForAll();
  }

  /** Ends the session from the built-in button, with reason `hung-up`. */
  hangUp(): void {
    this.#end('hung-up');
  }

  #setAudioOnly(audioOnly: boolean): void {
    this.#dispatch({ type: 'audio-only-set', audioOnly });
    if (audioOnly) this.pauseVideo(true);
  }

  readonly #dispatch = (fact: CallFact): void => {
    if (!this.#lifetime.signal.aborted) this.store.dispatch(fact);
  };

  #subscribe(signal: AbortSignal): void {
    this.#ports.onNetworkChange(() => this.#media.recover(), { signal });
    this.store.subscribe((state, before) => {
      if (!isActive(state)) return;
      if (isActive(before) && state.participants === before.participants) return;
      this.#media.setPeers(remoteParticipantsOf(state));
      this.#idleTimeout.setAlone(state.participants.size === 1);
    });
  }

  async #joined(admitted: JoinAnswer): Promise<void> {
    const { signal } = this.#lifetime;
    const answer = await this.#connection.openTransport(admitted);
    if (signal.aborted) return;
    const { mode } = this.#settings;
    // After a switch to video, a participant who joins late sees remote video. The local camera keeps its setting.
    const audioOnly = this.#settings.audioOnly && !answer.switched;
    this.#dispatch({ type: 'joined', snapshot: answer, at: performance.now(), mode, audioOnly });
    this.#connection.flushPending(answer);
    this.#publishDevices(this.#tracks.start(this.#settings));
    this.#deviceSelection.beginWithMode(this.#settings.defaultAudioMode, signal);
    if (this.#settings.startRecordingOnCallStart) this.startRecording();
  }

  readonly #localMediaSettled = (source: LocalSource, on: boolean): void => {
    const changes: Record<LocalSource, Partial<ParticipantState>> = {
      microphone: { audioMuted: !on },
      camera: { videoPaused: !on },
      screen: { screenSharing: on },
    };
    this.#localParticipant.publish(changes[source]);
  };

  /** Turns off sources whose processing failed to load: unprocessed video would show the room. */
  readonly #processingMissing = (error: unknown, withheld: readonly LocalSource[]): void => {
    const failure = asCallError(error);
    this.#raiseError(failure);
    for (const source of withheld) {
      this.#tracks.setEnabled(source, false);
      this.#dispatch({ type: 'media-settled', source, on: false, trouble: failure.code });
    }
  };

  #raiseError(error: CallError): void {
    this.#dispatch({ type: 'failed', error });
  }

  #end(reason: LeaveReason, error?: CallError): void {
    if (this.#lifetime.signal.aborted) return;
    // The recorder completes the file after the call. No listener is left by then, so a failure is only logged.
    this.#ports.recording
      ?.stop()
      .catch((failure: unknown) => logger.error('the recording could not be completed', failure));
    this.#connection.leave();
    this.#lifetime.abort();
    this.store.dispatch({ type: 'ended', reason, at: performance.now(), ...(error && { error }) });
  }
}
