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
import type { ClientRequest, JoinAnswer, ServerPush } from '../protocol/messages.js';
import type { CallSettings } from '../settings/setting-rows.js';
import type { SignalingChannel } from '../signaling/signaling-channel.js';
import { CallStore } from './call-store.js';
import { DeviceChoice } from './device-choice.js';
import { deviceTeller } from './device-teller.js';
import { giveUpLater } from './give-up-later.js';
import { createIdleWatch, type IdleWatch } from './idle-watch.js';
import { LocalTracks, startsWithCamera } from './local-tracks.js';
import { MediaPlane, type Levels } from './media-plane.js';
import { OwnState } from './own-state.js';
import { pushFact } from './push-facts.js';
import { recordingSwitch } from './recording-switch.js';
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
  readonly #channel: SignalingChannel;
  readonly #idle: IdleWatch;
  #settings: CallSettings;
  #answer: JoinAnswer | undefined;
  /** The user asked for video, or agreed to it. */
  #agreesToVideo = false;
  readonly #own: OwnState;
  readonly #way: TracksWay;
  readonly #record: (on: boolean) => Promise<void>;
  /** What the server says between its answer and the transport's readiness. */
  readonly #early: ServerPush[] = [];

  constructor(settings: CallSettings, ports: SessionPorts) {
    const { signal } = this.#life;
    this.#settings = settings;
    this.#ports = ports;
    this.#own = new OwnState(
      this.store,
      { audioMuted: settings.startWithAudioMuted, videoPaused: !startsWithCamera(settings) },
      (changes) => this.#ask({ type: 'update', changes }),
    );
    this.#record = recordingSwitch({
      store: this.store,
      own: this.#own,
      recording: ports.recording,
      fail: (error) => this.#fail(error),
    });
    this.#devices = ports.createDeviceList({ signal });
    this.#tellDevices = deviceTeller({ devices: this.#devices, store: this.store, signal });
    this.#media = new MediaPlane({ ports, dispatch: this.#dispatch, sendSignal: this.#sendSignal, signal });
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
      signal,
    });
    this.#choice = new DeviceChoice({
      devices: this.#devices,
      use: (source, deviceId) => void this.#tracks.useDevice(source, deviceId),
      fail: (error) => this.#fail(error),
    });
    this.#idle = createIdleWatch({
      period: settings,
      dispatch: this.#dispatch,
      onTimeout: () => this.#end('timed-out'),
      signal,
    });
    this.#channel = ports.openChannel({ state: () => this.#own.told, signal });
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
    this.#listen(signal);
    this.prepare();
    try {
      const [answer] = await Promise.all([this.#channel.join(), this.#ports.loadTransport('mesh')]);
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
    void this.#tracks.want('microphone', !muted);
  }

  pauseVideo(paused: boolean): void {
    const state = this.store.get();
    if (isActive(state) && state.audioOnly && !paused) return;
    void this.#tracks.want('camera', !paused);
  }

  startScreenShare(): void {
    void this.#tracks.want('screen', true);
  }

  stopScreenShare(): void {
    void this.#tracks.want('screen', false);
  }

  switchCamera(): void {
    void this.#tracks.switchCamera();
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
    this.#agreesToVideo = true;
    this.#dispatch({ type: 'video-requested', by: state.selfId });
    this.#ask({ type: 'request-video' });
  }

  answerVideoRequest(accept: boolean): void {
    this.#agreesToVideo = accept;
    if (!accept) this.#dispatch({ type: 'video-request-ended' });
    this.#ask({ type: 'answer-video', accept });
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

  muteParticipant(participantId: ParticipantId): void {
    this.#ask({ type: 'mute-participant', participantId, source: 'microphone' });
  }

  pauseParticipantVideo(participantId: ParticipantId): void {
    this.#ask({ type: 'mute-participant', participantId, source: 'camera' });
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
    this.#channel.request({ type: 'end-session' }).then(
      () => this.#end('left'),
      (error: unknown) => this.#fail(asCallError(error)),
    );
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

  #listen(signal: AbortSignal): void {
    const { events } = this.#channel;
    events.on('message', (push) => this.#pushed(push), { signal });
    events.on('lost', () => this.#dispatch({ type: 'connection-lost' }), { signal });
    events.on('resumed', (answer) => void this.#resumed(answer), { signal });
    const why = ({ code }: CallError) => (code === 'SESSION_ENDED' ? 'ended-by-server' : 'failed');
    events.on('closed', (error) => this.#end(why(error), error), { signal });
    this.#ports.onNetworkChange(() => this.#media.recover(), { signal });
    this.store.subscribe((state, before) => {
      if (!isActive(state)) return;
      if (isActive(before) && state.participants === before.participants) return;
      this.#media.setPeers(others(state));
      this.#idle.alone(state.participants.size === 1);
    });
  }

  async #joined(answer: JoinAnswer): Promise<void> {
    this.#answer = answer;
    await this.#openTransport(answer);
    const { mode } = this.#settings;
    // One who comes to what has become a video call sees the others; the own camera stays as it was asked for.
    const audioOnly = this.#settings.audioOnly && !answer.switched;
    this.#dispatch({ type: 'joined', snapshot: answer, at: Date.now(), mode, audioOnly });
    for (const push of this.#early.splice(0)) this.#pushed(push);
    this.#own.correct(answer.self);
    this.#tellDevices(this.#tracks.start(this.#settings));
    if (this.#settings.defaultAudioMode) this.setAudioMode(this.#settings.defaultAudioMode);
    if (this.#settings.startRecordingOnCallStart) this.startRecording();
  }

  #openTransport(answer: JoinAnswer): Promise<void> {
    return this.#media.open(answer, () => (this.#answer ?? answer).iceServers as readonly RTCIceServer[]);
  }

  async #resumed(answer: JoinAnswer): Promise<void> {
    const state = this.store.get();
    if (!isActive(state)) return;
    const restarted = this.#answer?.serverId !== answer.serverId;
    this.#answer = answer;
    if (answer.self.id !== state.selfId) await this.#openTransport(answer);
    const listed = new Set(answer.participants.map(({ id }) => id));
    // A server that was restarted knows only those who have come back so far.
    const absent = restarted
      ? others(state)
          .map(({ id }) => id)
          .filter((id) => !listed.has(id))
      : [];
    this.#dispatch({ type: 'connection-restored', snapshot: answer, absent });
    // It has forgotten what was asked; nobody waits for an answer.
    if (restarted && state.videoRequest) this.#dispatch({ type: 'video-request-ended' });
    this.#own.correct(answer.self);
    this.#media.recover();
    const { store } = this;
    giveUpLater({ ids: absent, graceMs: answer.graceMs, store, signal: this.#life.signal });
  }

  #pushed(push: ServerPush): void {
    const state = this.store.get();
    if (push.type === 'closing') return logger.info('the server closes the connection', push.error.code);
    if (push.type === 'signal') return this.#media.receive(push);
    if (!isActive(state)) {
      if (state.phase === 'joining') this.#early.push(push);
      return;
    }
    this.#dispatch(pushFact(push));
    // Whoever came later, and was not asked, opens the camera themselves.
    if (push.type === 'switched-to-video' && this.#agreesToVideo) this.pauseVideo(false);
    if (push.type === 'switched-to-video' || push.type === 'video-request-ended') this.#agreesToVideo = false;
    if (push.type !== 'participant-updated' || push.participantId !== state.selfId) return;
    // Another participant muted this one.
    this.#own.accept(push.changes);
    if (push.changes.audioMuted) this.muteAudio(true);
    if (push.changes.videoPaused) this.pauseVideo(true);
  }

  readonly #localSettled = (source: LocalSource, on: boolean): void => {
    const changes: Record<LocalSource, Partial<ParticipantState>> = {
      microphone: { audioMuted: !on },
      camera: { videoPaused: !on },
      screen: { screenSharing: on },
    };
    this.#own.tell(changes[source]);
  };

  #ask(request: Exclude<ClientRequest, { type: 'join' | 'ping' | 'leave' }>): void {
    this.#channel.request(request).catch((error: unknown) => {
      const failure = asCallError(error);
      // The join after the gap carries the whole state: an update need not be repeated.
      if (request.type === 'update' && failure.retryable) return;
      this.#fail(failure);
    });
  }

  readonly #sendSignal = (
    to: ParticipantId,
    epoch: number,
    data: Parameters<MediaPlane['receive']>[0]['data'],
  ) =>
    this.#channel.request({ type: 'signal', to, epoch, data }).then(
      (answer) => answer.delivered,
      () => false,
    );

  #fail(error: CallError): void {
    this.#dispatch({ type: 'failed', error });
  }

  #end(reason: LeaveReason, error?: CallError): void {
    if (this.#life.signal.aborted) return;
    // The file is completed after the call; without a listener left to tell, a failure goes to the log.
    this.#ports.recording?.stop().catch((failure: unknown) => logger.error('the recording is lost', failure));
    this.#channel.leave();
    this.#life.abort();
    this.store.dispatch({ type: 'ended', reason, at: Date.now(), ...(error && { error }) });
  }
}
