import { log } from '../base/logger.js';
import type { CallCommands } from '../domain/call-commands.js';
import { asCallError, CallError } from '../domain/call-error.js';
import type { CallFact } from '../domain/call-facts.js';
import {
  isActive,
  others,
  type LayoutMode,
  type LeaveReason,
  type LocalSource,
  type TileRef,
  type TrackSource,
} from '../domain/call-state.js';
import type { ParticipantId, ParticipantState } from '../domain/participant.js';
import type { DeviceList } from '../media/device-list.js';
import type { JoinAnswer } from '../protocol/messages.js';
import type { CallSettings } from '../settings/setting-rows.js';
import { CallStore } from './call-store.js';
import { DeviceChoice } from './device-choice.js';
import { deviceTeller } from './device-teller.js';
import { createIdleWatch, type IdleWatch } from './idle-watch.js';
import { LocalTracks, startsWithCamera } from './local-tracks.js';
import { MediaPlane, type Levels } from './media-plane.js';
import { OwnState } from './own-state.js';
import { recordingSwitch } from './recording-switch.js';
import { ServerLine } from './server-line.js';
import type { SessionPorts } from './session-ports.js';
import { TracksWay } from './tracks-way.js';

const logger = log('session');

/**
 * One call, from the wish to join to its end. Commands go in; facts come back from the world and pass through
 * `transition`, which alone decides what the state is and which events are raised.
 */
export class CallSession implements CallCommands {
  readonly store = new CallStore();
  /** The page has asked for streams. */
  streamsTaken = false;
  readonly #life = new AbortController();
  readonly #ports: SessionPorts;
  readonly #devices: DeviceList;
  readonly #tellDevices: (opened: Promise<void>) => void;
  readonly #tracks: LocalTracks;
  readonly #choice: DeviceChoice;
  readonly #media: MediaPlane;
  readonly #line: ServerLine;
  readonly #idle: IdleWatch;
  #settings: CallSettings;
  readonly #own: OwnState;
  readonly #way: TracksWay;
  readonly #record: (on: boolean) => Promise<void>;

  constructor(settings: CallSettings, ports: SessionPorts) {
    const { signal } = this.#life;
    this.#settings = settings;
    this.#ports = ports;
    this.#own = new OwnState(
      this.store,
      { audioMuted: settings.startWithAudioMuted, videoPaused: !startsWithCamera(settings) },
      (changes) => this.#line.ask({ type: 'update', changes }),
    );
    this.#record = recordingSwitch({
      store: this.store,
      own: this.#own,
      recording: ports.recording,
      fail: (error) => this.#fail(error),
    });
    this.#devices = ports.createDeviceList({ signal });
    this.#tellDevices = deviceTeller({ devices: this.#devices, store: this.store, signal });
    this.#media = new MediaPlane({
      ports,
      dispatch: this.#dispatch,
      sendSignal: (...said) => this.#line.sendSignal(...said),
      signal,
    });
    this.#tracks = new LocalTracks({
      ports,
      devices: this.#devices,
      dispatch: this.#dispatch,
      onTrack: (source, track) => this.#way.feed(source, track),
      onSettled: this.#localSettled,
      signal,
    });
    this.#way = new TracksWay(settings, {
      load: ports.loadProcessing,
      track: (source) => this.#tracks.track(source),
      send: this.#media.setLocalTrack.bind(this.#media),
      onMissing: this.#processingMissing,
      signal,
    });
    this.#choice = new DeviceChoice({
      devices: this.#devices,
      use: (source, deviceId) => this.#tracks.useDevice(source, deviceId),
      checkSpeaker: ports.checkSpeaker,
      fail: (error) => this.#fail(error),
    });
    this.#idle = createIdleWatch({
      period: settings,
      dispatch: this.#dispatch,
      onTimeout: () => this.#end('timed-out'),
      signal,
    });
    this.#line = new ServerLine({
      openChannel: (channel) => ports.openChannel(channel),
      store: this.store,
      own: this.#own,
      media: this.#media,
      dispatch: this.#dispatch,
      muteAudio: (muted) => this.muteAudio(muted),
      pauseVideo: (paused) => this.pauseVideo(paused),
      fail: (error) => this.#fail(error),
      end: (reason, error) => this.#end(reason, error),
      signal,
    });
  }

  /** Opens microphone and camera: at the join, or before it for a lobby. */
  prepare(): void {
    void this.#tracks.start(this.#settings);
    this.#choice.beginWith(this.#settings.audioOutputDeviceId);
  }

  /** Joins the call: camera, server and transport code are asked for at the same time. Does nothing a second time. */
  async join(): Promise<void> {
    const { signal } = this.#life;
    if (this.store.get().phase !== 'idle') return;
    this.#dispatch({ type: 'join-started' });
    this.#watch(signal);
    this.prepare();
    try {
      const [answer] = await Promise.all([this.#line.join(), this.#ports.loadTransport('mesh')]);
      if (signal.aborted) return;
      await this.#joined(answer);
    } catch (error) {
      if (!signal.aborted) this.#end('failed', asCallError(error, 'SERVER_UNREACHABLE'));
    }
  }

  /** A participant's stream, `null` while there is none; oneself before the join: `''`. */
  streamOf(id: ParticipantId, source: TrackSource): MediaStream | null {
    return this.#media.streams.streamOf(id, source);
  }

  /** The same for a page that does with it what it wants: what nobody sees here may be seen, or recorded, there. */
  takeStream(id: ParticipantId, source: TrackSource): MediaStream | null {
    this.streamsTaken = true;
    return this.streamOf(id, source);
  }

  /** What the own camera or microphone gives, before anything is made of it. */
  ownTrack(source: TrackSource): MediaStreamTrack | undefined {
    return this.#tracks.track(source);
  }

  /** Everybody's loudness about ten times a second. */
  onLevels(handle: (levels: Levels) => void, options: { readonly signal: AbortSignal }): void {
    this.#media.onLevels(handle, options);
  }

  /** Nobody looks at their pictures for now: they need not be sent. */
  ignorePictures(of: ReadonlySet<ParticipantId>): void {
    this.#media.ignorePictures(of);
  }

  /** Settings that were changed during the call. */
  updateSettings(settings: CallSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    if (settings.mode !== before.mode) this.setMode(settings.mode);
    this.#idle.setPeriod(settings);
    if (settings.audioOnly !== before.audioOnly) this.#setAudioOnly(settings.audioOnly);
    const { defaultAudioMode } = settings;
    if (defaultAudioMode && defaultAudioMode !== before.defaultAudioMode) this.setAudioMode(defaultAudioMode);
    this.#way.want(settings);
  }

  muteAudio(muted: boolean): void {
    this.#tracks.want('microphone', !muted);
  }

  pauseVideo(paused: boolean): void {
    const state = this.store.get();
    if (isActive(state) && state.audioOnly && !paused) return;
    this.#tracks.want('camera', !paused);
  }

  startScreenShare(): void {
    this.#tracks.want('screen', true);
  }

  stopScreenShare(): void {
    this.#tracks.want('screen', false);
  }

  switchCamera(): void {
    this.#tracks.switchCamera();
  }

  setAudioInputDevice(deviceId: string): void {
    this.#choice.input('microphone', deviceId);
  }

  setVideoInputDevice(deviceId: string): void {
    this.#choice.input('camera', deviceId);
  }

  setAudioOutputDevice(deviceId: string): void {
    this.#choice.output(deviceId);
  }

  setAudioMode(mode: string): void {
    this.#choice.outputOfMode(mode);
  }

  switchToVideoCall(): void {
    const state = this.store.get();
    if (!isActive(state) || !state.audioOnly) return;
    this.#dispatch({ type: 'video-requested', by: state.selfId });
    this.#line.requestVideo();
  }

  answerVideoRequest(accept: boolean): void {
    if (!accept) this.#dispatch({ type: 'video-request-ended' });
    this.#line.answerVideo(accept);
  }

  startRecording(): void {
    void this.#record(true);
  }

  stopRecording(): void {
    void this.#record(false);
  }

  raiseHand(): void {
    this.#own.tell({ handRaisedAt: Date.now() });
  }

  lowerHand(): void {
    this.#own.tell({ handRaisedAt: null });
  }

  /** The own camera gives a black picture, or no longer: the others are told. */
  reportBlackCamera(cameraBlack: boolean): void {
    this.#own.tell({ cameraBlack });
  }

  muteParticipant(participantId: ParticipantId): void {
    this.#line.ask({ type: 'mute-participant', participantId, source: 'microphone' });
  }

  pauseParticipantVideo(participantId: ParticipantId): void {
    this.#line.ask({ type: 'mute-participant', participantId, source: 'camera' });
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
      return this.#fail(new CallError('UNSUPPORTED', { details: { what: 'picture-in-picture' } }));
    const settle = (on: boolean): void => this.#dispatch({ type: 'picture-in-picture-changed', on });
    pictureInPicture
      .toggle(() => settle(false))
      .then(settle, (error: unknown) => this.#fail(asCallError(error)));
  }

  openVirtualBackground(): void {
    this.#ports.showBackgrounds?.(true);
  }

  closeVirtualBackground(): void {
    this.#ports.showBackgrounds?.(false);
  }

  stay(): void {
    this.#idle.stay();
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
    this.#line.endForAll();
  }

  /** The user hung up with the built-in button. */
  hangUp(): void {
    this.#end('hung-up');
  }

  #setAudioOnly(audioOnly: boolean): void {
    this.#dispatch({ type: 'audio-only-set', audioOnly });
    if (audioOnly) this.pauseVideo(true);
  }

  readonly #dispatch = (fact: CallFact): void => {
    if (!this.#life.signal.aborted) this.store.dispatch(fact);
  };

  /** Who is there, and over which network. */
  #watch(signal: AbortSignal): void {
    this.#ports.onNetworkChange(() => this.#media.recover(), { signal });
    this.store.subscribe((state, before) => {
      if (!isActive(state)) return;
      if (isActive(before) && state.participants === before.participants) return;
      this.#media.setPeers(others(state));
      this.#idle.alone(state.participants.size === 1);
    });
  }

  async #joined(admitted: JoinAnswer): Promise<void> {
    const { signal } = this.#life;
    const answer = await this.#line.openTransport(admitted);
    if (signal.aborted) return;
    const { mode } = this.#settings;
    // One who comes to what has become a video call sees the others; the own camera stays as it was asked for.
    const audioOnly = this.#settings.audioOnly && !answer.switched;
    this.#dispatch({ type: 'joined', snapshot: answer, at: performance.now(), mode, audioOnly });
    this.#line.catchUp(answer);
    this.#tellDevices(this.#tracks.start(this.#settings));
    this.#choice.beginWithMode(this.#settings.defaultAudioMode, signal);
    if (this.#settings.startRecordingOnCallStart) this.startRecording();
  }

  readonly #localSettled = (source: LocalSource, on: boolean): void => {
    const changes: Record<LocalSource, Partial<ParticipantState>> = {
      microphone: { audioMuted: !on },
      camera: { videoPaused: !on },
      screen: { screenSharing: on },
    };
    this.#own.tell(changes[source]);
  };

  /** Others must not see the room because a file did not load. */
  readonly #processingMissing = (error: unknown, withheld: readonly LocalSource[]): void => {
    const failure = asCallError(error);
    this.#fail(failure);
    for (const source of withheld) {
      this.#tracks.want(source, false);
      this.#dispatch({ type: 'media-settled', source, on: false, trouble: failure.code });
    }
  };

  #fail(error: CallError): void {
    this.#dispatch({ type: 'failed', error });
  }

  #end(reason: LeaveReason, error?: CallError): void {
    if (this.#life.signal.aborted) return;
    // The file is completed after the call; without a listener left to tell, a failure goes to the log.
    this.#ports.recording?.stop().catch((failure: unknown) => logger.error('the recording is lost', failure));
    this.#line.leave();
    this.#life.abort();
    this.store.dispatch({ type: 'ended', reason, at: performance.now(), ...(error && { error }) });
  }
}
