import { log } from '../../base/logger.js';
import { asCallError, type CallError } from '../../domain/call-error.js';
import type { CallFact } from '../../domain/call/call-facts.js';
import { isActive, remoteParticipantsOf, type LeaveReason } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { ClientRequest, JoinAnswer, ServerPush, TransportAnswer } from '../../protocol/messages.js';
import type { SignalingChannel } from '../../signaling/signaling-channel.js';
import type { CallStore } from '../call-store.js';
import type { MediaPlane } from '../media/media-plane.js';
import { AbsentParticipants } from './absent-participants.js';
import type { LocalParticipant } from './local-participant.js';
import { pushToFact } from './push-to-fact.js';
import type { SessionPorts } from '../session-ports.js';
import { endOutages } from './outage-ends.js';
import { vouchForParticipants } from './vouch.js';

const logger = log('session');

type Request = Exclude<ClientRequest, { type: 'join' | 'ping' | 'leave' | 'get-transport' }>;

/** ms until the code of a transport that did not load is tried again. */
const moveRetryMs = 5000;

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
  /** The transport of the call, as last received from the server. */
  #transport: Pick<TransportAnswer, 'transport' | 'generation'> | undefined;
  /** The user requested video, or accepted the request. */
  #videoAccepted = false;
  /** Pushes received between a join answer and its transport being ready: they are newer than the answer. */
  readonly #pendingPushes: ServerPush[] = [];
  /** Answers to resumes whose transport is not ready yet. */
  #resuming = 0;
  readonly #absent: AbsentParticipants;
  /** The generation of the transport whose code did not load. */
  #unmoved: number | undefined;

  constructor(options: RoomConnectionOptions) {
    const { openChannel, localParticipant, store, signal } = options;
    this.#options = options;
    this.#absent = new AbsentParticipants(store, { signal });
    this.#channel = openChannel({
      state: () => localParticipant.forJoin(),
      media: () => this.#transport,
      signal,
    });
    endOutages(store, { signal });
    vouchForParticipants(store, (participantId) => this.send({ type: 'vouch', participantId }), { signal });
  }

  /** Joins the room. Rejects with a CallError of the server or the connection. */
  join(): Promise<JoinAnswer> {
    const { dispatch, onEnded, onError, signal } = this.#options;
    const { events } = this.#channel;
    events.on('message', (push) => this.#receive(push), { signal });
    events.on('lost', () => dispatch({ type: 'connection-lost' }), { signal });
    events.on(
      'resumed',
      (answer) => void this.#resume(answer).catch((error: unknown) => onError(asCallError(error))),
      { signal },
    );
    const reasonFor = ({ code }: CallError) => (code === 'SESSION_ENDED' ? 'ended-by-server' : 'failed');
    events.on('closed', (error) => onEnded(reasonFor(error), error), { signal });
    return this.#channel.join();
  }

  /** The current transport, and what this participant needs for it. */
  async getTransport(): Promise<TransportAnswer> {
    return this.#remember(await this.#channel.request({ type: 'get-transport' }));
  }

  /**
   * Opens the transport that the server chose. Resolves with the latest join answer: a reconnect in the meantime may have
   * changed the participants, or the local id.
   */
  async openTransport(answer: JoinAnswer): Promise<JoinAnswer> {
    const opened = (this.#answer ??= answer);
    const { media } = this.#options;
    this.#remember(opened);
    await media.open(opened.self, opened);
    return this.#answer.self.id === opened.self.id ? this.#answer : this.openTransport(answer);
  }

  /** Handles the pushes received before the session was joined, then synchronizes the local state. */
  flushPending(answer: JoinAnswer): void {
    this.#receivePending();
    this.#correct(answer);
  }

  send(request: Request): void {
    this.#channel.request(request).catch((error: unknown) => {
      const failure = asCallError(error);
      // The next join sends the full state, so a lost update need not be repeated.
      if (request.type === 'update' && failure.retryable) return;
      // The participant has left, or the next vouch follows.
      if (request.type === 'vouch') return;
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

  /** Checks the connection to the server: the network may have changed. */
  verify(): void {
    this.#channel.verify();
  }

  leave(): void {
    this.#channel.leave();
  }

  async #resume(answer: JoinAnswer): Promise<void> {
    // The answer includes the earlier pushes.
    this.#pendingPushes.length = 0;
    this.#resuming += 1;
    await this.#resumed(answer).finally(() => (this.#resuming -= 1));
    if (this.#resuming === 0) this.#receivePending();
  }

  #receivePending(): void {
    for (const push of this.#pendingPushes.splice(0)) this.#receive(push);
  }

  async #resumed(answer: JoinAnswer): Promise<void> {
    const { store, media, dispatch } = this.#options;
    const state = store.get();
    if (!isActive(state)) {
      // The transport is not ready yet: the call starts with this answer.
      if (state.phase === 'joining') this.#answer = answer;
      return;
    }
    const restarted = this.#answer?.serverId !== answer.serverId;
    this.#answer = answer;
    if (answer.self.id !== state.selfId) await this.openTransport(answer);
    else await this.#move(this.#remember(answer));
    const present = new Set(answer.participants.map(({ id }) => id));
    // A restarted server knows only the participants who have already rejoined.
    const missing = remoteParticipantsOf(state)
      .map(({ id }) => id)
      .filter((id) => !present.has(id));
    const absent = missing.filter((id) => restarted || this.#absent.has(id));
    for (const id of present) this.#absent.returned(id);
    dispatch({ type: 'connection-restored', snapshot: answer, absent });
    // The restarted server has lost the video request.
    if (restarted) this.#videoAccepted = false;
    if (restarted && state.videoRequest) dispatch({ type: 'video-request-ended' });
    this.#correct(answer);
    media.recover();
    if (restarted) this.#absent.expect(absent, answer.graceMs);
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
    if (push.type === 'transport-settled') return media.settle(push.generation);
    if (push.type === 'transport-changed') return this.#transportChanged();
    if (state.phase === 'joining' || (this.#resuming > 0 && isActive(state))) {
      this.#pendingPushes.push(push);
      return;
    }
    if (!isActive(state)) return;
    if (push.type === 'participant-joined') this.#absent.returned(push.participant.id);
    dispatch(pushToFact(push));
    this.#apply(push, state.selfId);
  }

  #remember<Answer extends TransportAnswer>(answer: Answer): Answer {
    const { transport, generation } = answer;
    this.#transport = { transport, generation };
    return answer;
  }

  #transportChanged(): void {
    const { onError } = this.#options;
    this.getTransport().then(
      (answer) => this.#move(answer),
      // If the server cannot be reached, the next join answer tells it.
      (error: unknown) => asCallError(error).retryable || onError(asCallError(error)),
    );
  }

  /** If the code for the transport does not load, the call stays where it is, and tries again. Never rejects. */
  async #move(answer: TransportAnswer): Promise<void> {
    const { media, onError, signal } = this.#options;
    const { generation } = answer;
    try {
      await media.move(answer);
    } catch (error) {
      if (this.#unmoved !== generation) onError(asCallError(error));
      this.#unmoved = generation;
      const timer = setTimeout(
        () => this.#transport?.generation === generation && this.#transportChanged(),
        moveRetryMs,
      );
      signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    }
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
