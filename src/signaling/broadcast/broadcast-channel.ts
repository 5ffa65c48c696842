import { nanoid } from 'nanoid';
import { Emitter } from '../../base/emitter.js';
import { log } from '../../base/logger.js';
import { CallError, setErrorMessages } from '../../domain/call-error.js';
import { muteChanges, type Participant, type ParticipantId } from '../../domain/call/participant.js';
import type { AnswerTo, JoinAnswer, ServerPush, TransportAnswer } from '../../protocol/messages.js';
import { TabHandshake } from './tab-handshake.js';
import type {
  ChannelRequest,
  SignalingChannel,
  SignalingEvents,
  SignalingOptions,
} from '../signaling-channel.js';
import { holdLock, whenReleased } from './tab-locks.js';
import { parseTabEnvelope, type PostToTabs, type TabEnvelope } from './tab-messages.js';
import { nextOrder, presenceLockName, activePresences } from './tab-presence.js';
import { TabRoster } from './tab-roster.js';
import { VideoConsent } from './video-consent.js';

setErrorMessages({ PARTICIPANT_NOT_FOUND: 'There is no such participant in the call.' });

const logger = log('broadcast');

export interface BroadcastChannelOptions extends SignalingOptions {
  readonly sessionId: string;
  readonly user: { readonly uid: string; readonly name: string; readonly avatar: string };
}

/** Creates a uid for a tab without a user identity. Use the same one for all its joins. */
export function newTabUid(): string {
  return nanoid();
}

/** A channel between the tabs of one browser, without a server. `join()` rejects with UNSUPPORTED or CONNECTION_LOST. */
export function createBroadcastChannel(options: BroadcastChannelOptions): SignalingChannel {
  return new TabChannel(options);
}

class TabChannel implements SignalingChannel {
  readonly events = new Emitter<SignalingEvents>();
  readonly #options: BroadcastChannelOptions;
  readonly #lifetime = new AbortController();
  /** The channel name, and the prefix of the participants' lock names. */
  readonly #name: string;
  readonly #channel: BroadcastChannel;
  #joining: Promise<JoinAnswer> | undefined;
  /** Set once this tab holds its lock. */
  #call: { readonly roster: TabRoster; readonly consent: VideoConsent } | undefined;
  readonly #handshake = new TabHandshake();
  #joinAnswered = false;

  constructor(options: BroadcastChannelOptions) {
    const { signal } = this.#lifetime;
    this.#options = options;
    this.#name = `cometchat-call:${encodeURIComponent(options.sessionId)}:`;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.addEventListener('message', ({ data }) => this.#receive(data), { signal });
    options.signal.addEventListener('abort', () => this.#finish(), { signal });
    if (options.signal.aborted) this.#finish();
  }

  join(): Promise<JoinAnswer> {
    this.#joining ??= this.#join().catch((cause: unknown) => {
      throw new CallError(this.#lifetime.signal.aborted ? 'CONNECTION_LOST' : 'UNSUPPORTED', { cause });
    });
    return this.#joining;
  }

  request<Request extends ChannelRequest>(request: Request): Promise<AnswerTo<Request['type']>> {
    return new Promise((resolve) => resolve(this.#handle(request) as AnswerTo<Request['type']>));
  }

  verify(): void {
    // Between tabs there is no network.
  }

  leave(): void {
    const id = this.#call?.roster.self;
    if (id !== undefined) this.#post(null, { type: 'participant-left', participantId: id });
    this.#finish();
  }

  async #join(): Promise<JoinAnswer> {
    const { user, state, sessionId } = this.#options;
    const present = await activePresences(this.#name);
    const presence = { id: nanoid(), order: nextOrder(present) };
    await holdLock(presenceLockName(this.#name, presence), this.#lifetime);
    const self: Participant = {
      ...presence,
      ...user,
      joinedAt: Date.now(),
      connection: 'connected',
      ...state(),
    };
    const roster = new TabRoster(self);
    this.#call = { roster, consent: new VideoConsent({ roster, post: this.#post, emit: this.#emit }) };
    this.#post(null, { type: 'participant-joined', participant: self });
    await this.#handshake.waitFor(
      present.map(({ id }) => id),
      this.#lifetime,
    );
    this.#joinAnswered = true;
    return {
      ...serverlessAnswer,
      sessionId,
      self: roster.get(self.id) ?? self,
      participants: roster.others(),
    };
  }

  #handle(request: ChannelRequest): AnswerTo<'signal' | 'get-transport'> | void {
    if (!this.#call || this.#lifetime.signal.aborted) {
      // The join sends the full state.
      if (request.type === 'update') return;
      throw new CallError('CONNECTION_LOST');
    }
    const { roster, consent } = this.#call;
    switch (request.type) {
      case 'signal':
        return { delivered: this.#sendSignal(roster, request) };
      case 'update':
        return void this.#change(roster, roster.self, request.changes);
      case 'mute-participant':
        if (!roster.get(request.participantId)) throw new CallError('PARTICIPANT_NOT_FOUND');
        // Like the server, sends the update also to the participant who requested it.
        return this.#emit(this.#change(roster, request.participantId, muteChanges[request.source]));
      case 'vouch': // A tab is present as long as it holds its lock.
        return;
      case 'request-video':
        return consent.request();
      case 'answer-video':
        return consent.answer(request.accept);
      case 'get-transport':
        return { generation: 0, transport: 'mesh', iceServers: [] };
      case 'transport-ready':
        return;
      case 'end-session':
        return this.#post(null, { type: 'end-session' });
    }
  }

  #sendSignal(roster: TabRoster, { to, epoch, data }: Extract<ChannelRequest, { type: 'signal' }>): boolean {
    if (to === roster.self || !roster.get(to)) throw new CallError('PARTICIPANT_NOT_FOUND');
    this.#post(to, { type: 'signal', from: roster.self, epoch, data });
    return true;
  }

  #change(roster: TabRoster, participantId: ParticipantId, changes: Update['changes']): Update {
    const update: Update = { type: 'participant-updated', participantId, changes, by: roster.self };
    this.#post(null, update);
    roster.change(participantId, changes);
    return update;
  }

  readonly #post: PostToTabs = (to, message) => {
    const envelope: TabEnvelope = { from: this.#call?.roster.self ?? '', to, message };
    if (!this.#lifetime.signal.aborted) this.#channel.postMessage(envelope);
  };

  readonly #emit = (push: ServerPush): void => this.events.emit('message', push);

  #receive(data: unknown): void {
    const envelope = parseTabEnvelope(data);
    const roster = this.#call?.roster;
    if (!envelope || !roster || envelope.from === roster.self) return logger.debug('ignored', data);
    if (envelope.to !== null && envelope.to !== roster.self) return;
    if (envelope.message.type === 'participant-joined')
      this.#participantJoined(roster, envelope.message, envelope.to === null);
    else if (roster.get(envelope.from)) this.#receiveFrom(envelope);
  }

  #participantJoined(
    roster: TabRoster,
    message: Extract<ServerPush, { type: 'participant-joined' }>,
    isNew: boolean,
  ): void {
    const { participant } = message;
    const self = roster.get(roster.self);
    if (!self || !roster.add(participant)) return;
    if (isNew) this.#post(participant.id, { type: 'participant-joined', participant: self });
    whenReleased(presenceLockName(this.#name, participant), this.#lifetime, () =>
      this.#participantLeft(participant.id),
    );
    this.#emitRosterChange(message);
    this.#handshake.settle(participant.id);
  }

  #receiveFrom({ from, message }: TabEnvelope): void {
    switch (message.type) {
      case 'participant-left':
        return this.#participantLeft(from);
      case 'participant-updated':
        if (this.#call?.roster.change(message.participantId, message.changes))
          this.#emitRosterChange(message);
        return;
      case 'signal':
        return this.#emit(message);
      case 'video-requested':
      case 'video-answer':
      case 'video-request-ended':
      case 'switched-to-video':
        return this.#call?.consent.receive(from, message);
      case 'end-session':
        return this.#endedForAll();
      case 'participant-joined':
      case 'ack':
      case 'closing':
      case 'transport-changed':
      case 'transport-settled':
    }
  }

  #participantLeft(participantId: ParticipantId): void {
    if (!this.#call?.roster.remove(participantId)) return;
    this.#emitRosterChange({ type: 'participant-left', participantId });
    this.#call.consent.participantLeft(participantId);
    this.#handshake.settle(participantId);
  }

  /** Emits a roster change. Before the join is answered, the answer includes it. */
  #emitRosterChange(push: ServerPush): void {
    if (this.#joinAnswered) this.#emit(push);
  }

  /** Another tab ended the call for all participants. */
  #endedForAll(): void {
    this.#finish();
    this.events.emit('closed', new CallError('SESSION_ENDED'));
  }

  #finish(): void {
    this.#lifetime.abort();
    this.#channel.close();
  }
}

type Update = Extract<ServerPush, { type: 'participant-updated' }>;

const serverlessAnswer = {
  resume: '',
  transport: 'mesh',
  generation: 0,
  iceServers: [],
  graceMs: 0,
  serverId: 'broadcast',
} as const satisfies TransportAnswer & Omit<JoinAnswer, 'sessionId' | 'self' | 'participants'>;
