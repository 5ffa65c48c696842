import { nanoid } from 'nanoid';
import { Emitter } from '../base/emitter.js';
import { log } from '../base/logger.js';
import { CallError } from '../domain/call-error.js';
import type { Participant, ParticipantId } from '../domain/participant.js';
import type { AnswerTo, JoinAnswer, ServerPush } from '../protocol/messages.js';
import { Greetings } from './greetings.js';
import type {
  ChannelRequest,
  SignalingChannel,
  SignalingEvents,
  SignalingOptions,
} from './signaling-channel.js';
import { holdLock, whenReleased } from './tab-locks.js';
import { readTabNote, type PostToTabs, type TabNote } from './tab-notes.js';
import { nextOrder, placeName, takenPlaces } from './tab-places.js';
import { TabRoster } from './tab-roster.js';
import { VideoConsent } from './video-consent.js';

const logger = log('broadcast');

export interface BroadcastChannelOptions extends SignalingOptions {
  readonly sessionId: string;
  readonly user: { readonly uid: string; readonly name: string; readonly avatar: string };
}

/** Nobody says who sits at a tab; the same uid for all its joins. */
export function newTabUid(): string {
  return nanoid();
}

/** A call between the tabs of one browser, with no server at all. */
export function createBroadcastChannel(options: BroadcastChannelOptions): SignalingChannel {
  return new TabChannel(options);
}

class TabChannel implements SignalingChannel {
  readonly events = new Emitter<SignalingEvents>();
  readonly #options: BroadcastChannelOptions;
  readonly #life = new AbortController();
  /** Also the beginning of the names of the participants' locks. */
  readonly #name: string;
  readonly #wire: BroadcastChannel;
  #joining: Promise<JoinAnswer> | undefined;
  /** There from the moment on at which this tab holds its lock. */
  #call: { readonly roster: TabRoster; readonly consent: VideoConsent } | undefined;
  readonly #greetings = new Greetings();
  #answered = false;

  constructor(options: BroadcastChannelOptions) {
    const { signal } = this.#life;
    this.#options = options;
    this.#name = `cometchat-call:${encodeURIComponent(options.sessionId)}:`;
    this.#wire = new BroadcastChannel(this.#name);
    this.#wire.addEventListener('message', ({ data }) => this.#receive(data), { signal });
    options.signal.addEventListener('abort', () => this.#finish(), { signal });
    if (options.signal.aborted) this.#finish();
  }

  join(): Promise<JoinAnswer> {
    this.#joining ??= this.#enter().catch((cause: unknown) => {
      throw new CallError(this.#life.signal.aborted ? 'CONNECTION_LOST' : 'UNSUPPORTED', { cause });
    });
    return this.#joining;
  }

  request<Request extends ChannelRequest>(request: Request): Promise<AnswerTo<Request['type']>> {
    return new Promise((resolve) => resolve(this.#act(request) as AnswerTo<Request['type']>));
  }

  leave(): void {
    const id = this.#call?.roster.self;
    if (id !== undefined) this.#post(null, { type: 'participant-left', participantId: id });
    this.#finish();
  }

  async #enter(): Promise<JoinAnswer> {
    const { user, state, sessionId } = this.#options;
    const taken = await takenPlaces(this.#name);
    const place = { id: nanoid(), order: nextOrder(taken) };
    await holdLock(placeName(this.#name, place), this.#life);
    const self: Participant = {
      ...place,
      ...user,
      joinedAt: Date.now(),
      connection: 'connected',
      ...state(),
    };
    const roster = new TabRoster(self);
    this.#call = { roster, consent: new VideoConsent({ roster, post: this.#post, tell: this.#tell }) };
    this.#post(null, { type: 'participant-joined', participant: self });
    await this.#greetings.all(
      taken.map(({ id }) => id),
      this.#life,
    );
    this.#answered = true;
    return {
      ...serverlessAnswer,
      sessionId,
      self: roster.get(self.id) ?? self,
      participants: roster.others(),
    };
  }

  #act(request: ChannelRequest): AnswerTo<'signal'> | void {
    if (!this.#call || this.#life.signal.aborted) {
      // The join tells the whole state.
      if (request.type === 'update') return;
      throw new CallError('CONNECTION_LOST');
    }
    const { roster, consent } = this.#call;
    switch (request.type) {
      case 'signal':
        return { delivered: this.#signal(roster, request) };
      case 'update':
        return void this.#change(roster, roster.self, request.changes);
      case 'mute-participant':
        if (!roster.get(request.participantId)) throw new CallError('PARTICIPANT_NOT_FOUND');
        // As a server does: whoever mutes another hears of it like everybody else.
        return this.#tell(this.#change(roster, request.participantId, mutes[request.source]));
      case 'request-video':
        return consent.ask();
      case 'answer-video':
        return consent.answer(request.accept);
      case 'end-session':
        return this.#post(null, { type: 'end-session' });
    }
  }

  #signal(roster: TabRoster, { to, epoch, data }: Extract<ChannelRequest, { type: 'signal' }>): boolean {
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
    const note: TabNote = { from: this.#call?.roster.self ?? '', to, message };
    if (!this.#life.signal.aborted) this.#wire.postMessage(note);
  };

  readonly #tell = (push: ServerPush): void => this.events.emit('message', push);

  #receive(data: unknown): void {
    const note = readTabNote(data);
    const roster = this.#call?.roster;
    if (!note || !roster || note.from === roster.self) return logger.debug('ignored', data);
    if (note.to !== null && note.to !== roster.self) return;
    if (note.message.type === 'participant-joined') this.#met(roster, note.message, note.to === null);
    else if (roster.get(note.from)) this.#heard(note);
  }

  #met(
    roster: TabRoster,
    message: Extract<ServerPush, { type: 'participant-joined' }>,
    isNew: boolean,
  ): void {
    const { participant } = message;
    const self = roster.get(roster.self);
    if (!self || !roster.add(participant)) return;
    if (isNew) this.#post(participant.id, { type: 'participant-joined', participant: self });
    whenReleased(placeName(this.#name, participant), this.#life, () => this.#gone(participant.id));
    this.#tellOfRoster(message);
    this.#greetings.done(participant.id);
  }

  #heard({ from, message }: TabNote): void {
    switch (message.type) {
      case 'participant-left':
        return this.#gone(from);
      case 'participant-updated':
        if (this.#call?.roster.change(message.participantId, message.changes)) this.#tellOfRoster(message);
        return;
      case 'signal':
        return this.#tell(message);
      case 'video-requested':
      case 'video-answer':
      case 'video-request-ended':
      case 'switched-to-video':
        return this.#call?.consent.receive(from, message);
      case 'end-session':
        return this.#ended();
      case 'participant-joined':
      case 'ack':
      case 'closing':
    }
  }

  #gone(participantId: ParticipantId): void {
    if (!this.#call?.roster.remove(participantId)) return;
    this.#tellOfRoster({ type: 'participant-left', participantId });
    this.#call.consent.left(participantId);
    this.#greetings.done(participantId);
  }

  /** Before the join is answered, everything of that kind is in the answer. */
  #tellOfRoster(push: ServerPush): void {
    if (this.#answered) this.#tell(push);
  }

  /** Another tab ended the call for all. */
  #ended(): void {
    this.#finish();
    this.events.emit('closed', new CallError('SESSION_ENDED'));
  }

  #finish(): void {
    this.#life.abort();
    this.#wire.close();
  }
}

type Update = Extract<ServerPush, { type: 'participant-updated' }>;

const mutes = { microphone: { audioMuted: true }, camera: { videoPaused: true } } as const;

const serverlessAnswer = {
  resume: '',
  transport: 'mesh',
  epoch: 0,
  iceServers: [],
  graceMs: 0,
  serverId: 'broadcast',
} satisfies Omit<JoinAnswer, 'sessionId' | 'self' | 'participants'>;
