import { log } from '../../base/logger.js';
import { asCallError, type CallError } from '../../domain/call-error.js';
import type { CallFact } from '../../domain/call/call-facts.js';
import { isActive, remoteParticipantsOf, type LeaveReason } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { ClientRequest, JoinAnswer, ServerPush } from '../../protocol/messages.js';
import type { SignalingChannel } from '../../signaling/signaling-channel.js';
import type { CallStore } from '../call-store.js';
import type { MediaPlane } from '../media/media-plane.js';
import type { LocalParticipant } from './local-participant.js';
import { pushToFact } from './push-to-fact.js';
import type { SessionPorts } from '../session-ports.js';

const logger = log('session');

type Request = Exclude<ClientRequest, { type: 'join' | 'ping' | 'leave' }>;

interface RoomConnectionOptions {
  readonly openChannel: SessionPorts['openChannel'];
  readonly store: CallStore;
  readonly localParticipant: LocalParticipant;
  readonly media: MediaPlane;
  readonly dispatch: (fact: CallFact) => void;
  /** Mutes the local microphone when another participant or the server requires it. */
  readonly muteAudio: (muted: boolean) => void;
  readonly pauseVideo: (paused: boolean) => void;
  readonly onError: (error: CallError) => void;
  readonly onEnded: (reason: LeaveReason, error?: CallError) => void;
  readonly signal: AbortSignal;
}

/** Connects the session to its room: sends requests, turns pushes into facts, and synchronizes after a reconnect. */
export class RoomConnection {
  readonly #options: RoomConnectionOptions;
  readonly #channel: SignalingChannel;
  #answer: JoinAnswer | undefined;
  /** The user requested video, or accepted the request. */
  #videoAccepted = false;
  /** Pushes received between the join answer and the transport being ready. */
  readonly #pendingPushes: ServerPush[] = [];

  constructor(options: RoomConnectionOptions) {
    const { openChannel, localParticipant, signal } = options;
    this.#options = options;
    this.#channel = openChannel({ state: () => localParticipant.forJoin(), signal });
  }

  /** Joins the room. Rejects with a CallError of the server or the connection. */
  join(): Promise<JoinAnswer> {
    const { dispatch, onEnded, onError, signal } = this.#options;
    const { events } = this.#channel;
    events.on('message', (push) => this.#receive(push), { signal });
    events.on('lost', () => dispatch({ type: 'connection-lost' }), { signal });
    events.on(
      'resumed',
      (answer) => void this.#resumed(answer).catch((error: unknown) => onError(asCallError(error))),
      { signal },
    );
    const reasonFor = ({ code }: CallError) => (code === 'SESSION_ENDED' ? 'ended-by-server' : 'failed');
    events.on('closed', (error) => onEnded(reasonFor(error), error), { signal });
    return this.#channel.join();
  }

  /**
   * Opens the transport that the server chose. Resolves with the latest join answer: a reconnect in the meantime may have
   * changed the participants, or the local id.
   */
  async openTransport(answer: JoinAnswer): Promise<JoinAnswer> {
    const opened = (this.#answer ??= answer);
    const { media } = this.#options;
    await media.open(opened, () => (this.#answer ?? opened).iceServers as readonly RTCIceServer[]);
    return this.#answer.self.id === opened.self.id ? this.#answer : this.openTransport(answer);
  }

  /** Handles the pushes received before the session was joined, then synchronizes the local state. */
  flushPending(answer: JoinAnswer): void {
    for (const push of this.#pendingPushes.splice(0)) this.#receive(push);
    this.#correct(answer);
  }

  send(request: Request): void {
    this.#channel.request(request).catch((error: unknown) => {
      const failure = asCallError(error);
      // The next join sends the full state, so a lost update need not be repeated.
      if (request.type === 'update' && failure.retryable) return;
      this.#options.onError(failure);
    });
  }

  /** Requests to switch the voice call to video. */
  requestVideo(): void {
    this.#videoAccepted = true;
    this.send({ type: 'request-video' });
  }

  answerVideo(accept: boolean): void {
    this.#videoAccepted = accept;
    this.send({ type: 'answer-video', accept });
  }

  endForAll(): void {
    const { onEnded, onError } = this.#options;
    this.#channel.request({ type: 'end-session' }).then(
      () => onEnded('left'),
      (error: unknown) => onError(asCallError(error)),
    );
  }

  /** Sends a signal to a participant; resolves with whether it was delivered. */
  sendSignal(
    to: ParticipantId,
    epoch: number,
    data: Parameters<MediaPlane['receive']>[0]['data'],
  ): Promise<boolean> {
    return this.#channel.request({ type: 'signal', to, epoch, data }).then(
      ({ delivered }) => delivered,
      () => false,
    );
  }

  leave(): void {
    this.#channel.leave();
  }

  async #resumed(answer: JoinAnswer): Promise<void> {
    const { store, media, dispatch, signal } = this.#options;
    const state = store.get();
    if (!isActive(state)) {
      // The transport is not ready yet: the call starts with this answer, which includes the earlier pushes.
      if (state.phase === 'joining') this.#answer = answer;
      this.#pendingPushes.length = 0;
      return;
    }
    const restarted = this.#answer?.serverId !== answer.serverId;
    this.#answer = answer;
    if (answer.self.id !== state.selfId) await this.openTransport(answer);
    const present = new Set(answer.participants.map(({ id }) => id));
    // A restarted server knows only the participants who have already rejoined.
    const absent = restarted
      ? remoteParticipantsOf(state)
          .map(({ id }) => id)
          .filter((id) => !present.has(id))
      : [];
    dispatch({ type: 'connection-restored', snapshot: answer, absent });
    // The restarted server has lost the video request.
    if (restarted) this.#videoAccepted = false;
    if (restarted && state.videoRequest) dispatch({ type: 'video-request-ended' });
    this.#correct(answer);
    media.recover();
    scheduleAbsenceTimeout({ ids: absent, graceMs: answer.graceMs, store, signal });
  }

  /** Applies a mute received during a gap before publishing the local state. */
  #correct({ self }: JoinAnswer): void {
    const { localParticipant, muteAudio, pauseVideo } = this.#options;
    const { audioMuted, videoPaused } = localParticipant.reconcile(self);
    if (audioMuted) muteAudio(true);
    if (videoPaused) pauseVideo(true);
  }

  #receive(push: ServerPush): void {
    const { store, media, dispatch } = this.#options;
    const state = store.get();
    if (push.type === 'closing') return logger.info('the server is closing the connection', push.error.code);
    if (push.type === 'signal') return media.receive(push);
    if (!isActive(state)) {
      if (state.phase === 'joining') this.#pendingPushes.push(push);
      return;
    }
    dispatch(pushToFact(push));
    this.#apply(push, state.selfId);
  }

  #apply(push: ServerPush, selfId: ParticipantId): void {
    const { localParticipant, muteAudio, pauseVideo } = this.#options;
    // Participants who joined after the request were not asked, so their camera stays off.
    if (push.type === 'switched-to-video' && this.#videoAccepted) pauseVideo(false);
    if (push.type === 'switched-to-video' || push.type === 'video-request-ended') this.#videoAccepted = false;
    if (push.type !== 'participant-updated' || push.participantId !== selfId) return;
    // Another participant muted this one.
    localParticipant.applyRemote(push.changes);
    if (push.changes.audioMuted) muteAudio(true);
    if (push.changes.videoPaused) pauseVideo(true);
  }
}

interface AbsenceOptions {
  readonly ids: readonly ParticipantId[];
  /** ms to wait for them to rejoin. */
  readonly graceMs: number;
  readonly store: CallStore;
  readonly signal: AbortSignal;
}

/** Removes participants who do not rejoin a restarted server in time. */
function scheduleAbsenceTimeout({ ids, graceMs, store, signal }: AbsenceOptions): void {
  if (ids.length === 0) return;
  const timer = setTimeout(() => {
    for (const id of ids) {
      const state = store.get();
      if (!isActive(state)) return;
      if (state.participants.get(id)?.connection === 'reconnecting')
        store.dispatch({ type: 'participant-left', id });
    }
  }, graceMs);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}
