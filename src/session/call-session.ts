import { log } from '../base/logger.js';
import type { CallCommands } from '../domain/call/call-commands.js';
import { asCallError, type CallError } from '../domain/call-error.js';
import type { CallFact } from '../domain/call/call-facts.js';
import { isActive, mediaPeersOf, type LeaveReason } from '../domain/call/call-state.js';
import type { JoinAnswer } from '../protocol/messages.js';
import type { CallSettings } from '../settings/setting-rows.js';
import { CallStore } from './call-store.js';
import { mediaCommands, viewerCommands } from './commands/media-commands.js';
import { roomCommands } from './commands/room-commands.js';
import { viewCommands } from './commands/view-commands.js';
import { sessionMedia, type SessionMedia } from './session-media.js';
import { createSessionParts, type SessionContext, type SessionParts } from './session-parts.js';
import type { SessionPorts } from './session-ports.js';

const logger = log('session');

/**
 * One call, from `join()` to its end. Commands act on devices, server and transport; these report facts, and
 * `transition` alone derives state and events from the facts. A session cannot be reused after it has ended.
 */
export class CallSession {
  readonly store = new CallStore();
  readonly commands: CallCommands;
  readonly media: SessionMedia;
  readonly #lifetime = new AbortController();
  readonly #ports: SessionPorts;
  readonly #parts: SessionParts;
  #settings: CallSettings;

  constructor(settings: CallSettings, ports: SessionPorts) {
    this.#settings = settings;
    this.#ports = ports;
    const context: SessionContext = {
      settings,
      ports,
      store: this.store,
      dispatch: this.#dispatch,
      onError: (error) => this.#dispatch({ type: 'failed', error }),
      end: (reason, error) => this.#end(reason, error),
      signal: this.#lifetime.signal,
    };
    this.#parts = createSessionParts(context);
    this.commands = {
      ...mediaCommands(this.#parts),
      ...(settings.presentation === 'viewer' && viewerCommands),
      ...roomCommands(context, this.#parts),
      ...viewCommands(context),
    };
    this.media = sessionMedia(this.#parts);
    // The first subscriber: connections begin before other subscribers are notified of the participants.
    this.#subscribe();
  }

  /** Opens microphone and camera. `join()` does it too; a lobby calls it earlier. Failures raise `failed`. */
  openLocalMedia(): void {
    void this.#parts.tracks.start(this.#settings);
    this.#parts.deviceSelection.setInitialOutput(this.#settings.audioOutputDeviceId);
  }

  /**
   * Joins the call. Opens devices, connects and downloads the transport in parallel. Never rejects: a failed join ends the
   * session with reason `failed` and the error. Later calls do nothing.
   */
  async join(): Promise<void> {
    const { signal } = this.#lifetime;
    if (this.store.get().phase !== 'idle') return;
    this.#dispatch({ type: 'join-started' });
    this.#ports.onNetworkChange(() => this.#parts.media.recover(), { signal });
    this.openLocalMedia();
    try {
      const { connection, media } = this.#parts;
      // Most calls use it. If it fails to load, opening the transport reports that.
      media.prepare('mesh').catch(() => undefined);
      const answer = await connection.join();
      if (signal.aborted) return;
      await this.#joined(answer);
    } catch (error) {
      if (!signal.aborted) this.#end('failed', asCallError(error, 'SERVER_UNREACHABLE'));
    }
  }

  /** Applies settings that changed during the call: layout, idle periods, audio-only, audio mode, processing. */
  updateSettings(settings: CallSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    if (settings.mode !== before.mode) this.commands.setMode(settings.mode);
    this.#parts.idleTimeout.setPeriod(settings);
    if (settings.audioOnly !== before.audioOnly) this.#setAudioOnly(settings.audioOnly);
    const { defaultAudioMode } = settings;
    if (defaultAudioMode && defaultAudioMode !== before.defaultAudioMode)
      this.commands.setAudioMode(defaultAudioMode);
    this.#parts.outgoingTracks.applySettings(settings);
    const { encryptionKey } = settings;
    if (encryptionKey !== before.encryptionKey)
      void this.#parts.encryption?.then((encryption) => encryption.setKey(encryptionKey));
  }

  /** Publishes whether the local camera delivers black frames. */
  reportBlackCamera(cameraBlack: boolean): void {
    this.#parts.localParticipant.publish({ cameraBlack });
  }

  /** Ends the session from the built-in button, with reason `hung-up`. */
  hangUp(): void {
    this.#end('hung-up');
  }

  #setAudioOnly(audioOnly: boolean): void {
    this.#dispatch({ type: 'audio-only-set', audioOnly });
    if (audioOnly) this.commands.pauseVideo(true);
  }

  readonly #dispatch = (fact: CallFact): void => {
    if (!this.#lifetime.signal.aborted) this.store.dispatch(fact);
  };

  #subscribe(): void {
    const { media, idleTimeout } = this.#parts;
    this.store.subscribe((state, before) => {
      if (!isActive(state)) return;
      if (isActive(before) && state.participants === before.participants) return;
      media.setPeers(mediaPeersOf(state));
      idleTimeout.setAlone(state.participants.size === 1);
    });
  }

  async #joined(admitted: JoinAnswer): Promise<void> {
    const { signal } = this.#lifetime;
    const { connection, publishDevices, tracks, deviceSelection } = this.#parts;
    const answer = await connection.openTransport(admitted);
    if (signal.aborted) return;
    const { mode } = this.#settings;
    // After a switch to video, a participant who joins late sees remote video. The local camera keeps its setting.
    const audioOnly = this.#settings.audioOnly && !answer.switched;
    this.#dispatch({ type: 'joined', snapshot: answer, at: performance.now(), mode, audioOnly });
    connection.flushPending(answer);
    publishDevices(tracks.start(this.#settings));
    deviceSelection.beginWithMode(this.#settings.defaultAudioMode, signal);
    if (this.#settings.startRecordingOnCallStart) this.commands.startRecording();
  }

  #end(reason: LeaveReason, error?: CallError): void {
    if (this.#lifetime.signal.aborted) return;
    // The recorder completes the file after the call. No listener is left by then, so a failure is only logged.
    this.#ports.recording
      ?.stop()
      .catch((failure: unknown) => logger.error('the recording could not be completed', failure));
    this.#parts.connection.leave();
    this.#lifetime.abort();
    this.store.dispatch({ type: 'ended', reason, at: performance.now(), ...(error && { error }) });
  }
}
