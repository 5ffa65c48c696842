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
  /** Does what others may ask of this participant. */
  readonly muteAudio: (muted: boolean) => void;
  readonly pauseVideo: (paused: boolean) => void;
  readonly onError: (error: CallError) => void;
  readonly onEnded: (reason: LeaveReason, error?: CallError) => void;
  readonly signal: AbortSignal;
}

/** What a call and its server say to each other: requests go out, what comes in becomes facts; a gap is made good. */
export class RoomConnection {
  readonly #options: RoomConnectionOptions;
  readonly #channel: SignalingChannel;
  #answer: JoinAnswer | undefined;
  /** The user asked for video, or agreed to it. */
  #videoAccepted = false;
  /** What the server says between its answer and the transport's readiness. */
  readonly #pendingPushes: ServerPush[] = [];

  constructor(options: RoomConnectionOptions) {
    const { openChannel, localParticipant, signal } = options;
    this.#options = options;
    this.#channel = openChannel({ state: () => localParticipant.forJoin(), signal });
  }

  /** Asks to be let in. Rejects with what the server, or the way to it, has against that. */
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
   * Makes the transport that the server chose. Resolves with what the server said last: the socket may have been lost since
   * the answer, and the next one let in with other people there, or as another participant.
   */
  async openTransport(answer: JoinAnswer): Promise<JoinAnswer> {
    const opened = (this.#answer ??= answer);
    const { media } = this.#options;
    await media.open(opened, () => (this.#answer ?? opened).iceServers as readonly RTCIceServer[]);
    return this.#answer.self.id === opened.self.id ? this.#answer : this.openTransport(answer);
  }

  /** Joined: what was said meanwhile counts now. */
  flushPending(answer: JoinAnswer): void {
    for (const push of this.#pendingPushes.splice(0)) this.#receive(push);
    this.#correct(answer);
  }

  send(request: Request): void {
    this.#channel.request(request).catch((error: unknown) => {
      const failure = asCallError(error);
      // The join after the gap carries the whole state: an update need not be repeated.
      if (request.type === 'update' && failure.retryable) return;
      this.#options.onError(failure);
    });
  }

  /** Asks the others to make the voice call a video call. */
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

  /** Hands on a signal; resolves with whether it was delivered. */
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
      // Before the transport was there: the call begins with this answer, and what was pushed before is in it.
      if (state.phase === 'joining') this.#answer = answer;
      this.#pendingPushes.length = 0;
      return;
    }
    const restarted = this.#answer?.serverId !== answer.serverId;
    this.#answer = answer;
    if (answer.self.id !== state.selfId) await this.openTransport(answer);
    const present = new Set(answer.participants.map(({ id }) => id));
    // A server that was restarted knows only those who have come back so far.
    const absent = restarted
      ? remoteParticipantsOf(state)
          .map(({ id }) => id)
          .filter((id) => !present.has(id))
      : [];
    dispatch({ type: 'connection-restored', snapshot: answer, absent });
    // It has forgotten what was asked; nobody waits for an answer.
    if (restarted) this.#videoAccepted = false;
    if (restarted && state.videoRequest) dispatch({ type: 'video-request-ended' });
    this.#correct(answer);
    media.recover();
    scheduleAbsenceTimeout({ ids: absent, graceMs: answer.graceMs, store, signal });
  }

  /** Who was muted by another during a gap is silent before the others are told anything. */
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
    // Whoever came later, and was not asked, opens the camera themselves.
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
  /** ms they are waited for. */
  readonly graceMs: number;
  readonly store: CallStore;
  readonly signal: AbortSignal;
}

/** Those whom a server that was restarted does not know yet have left, unless they come back in time. */
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
