import { nanoid } from 'nanoid';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { asCallError, CallError } from '../domain/call-error.js';
import { isLive, legOf, type RingCall, type RingUser } from '../domain/ring-call.js';
import type { RingDevice, RingFact, RingMessage } from '../domain/ring-facts.js';
import { viewOf, type RingView } from '../domain/ring-view.js';
import { ringTransition } from '../domain/ring.js';
import {
  ringProtocolVersion,
  type RingAnswerTo,
  type RingRequestMessage,
} from '../protocol/ring-messages.js';
import type { Authorizer } from './authorization.js';
import { verifyAuthToken } from './call-tokens.js';
import { acknowledge, refuse, type Connection } from './connection.js';
import type { Clock } from './deadline-queue.js';
import type { RingBus } from './ring-bus.js';
import { requestedFact, scopeOf } from './ring-requests.js';
import { RingLines, type RingLine } from './ring-lines.js';
import type { RingScope, RingStore } from './ring-store.js';
import { RingWatch } from './ring-watch.js';
import { errorFields, type ServerLog } from './server-log.js';

/** What ringing works with. */
export interface RingServiceOptions {
  readonly config: { readonly secret: string; readonly graceMs: number };
  readonly store: RingStore;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** A user as last named, as far as this server knows. */
  readonly userOf: (known: RingUser) => RingUser;
  /** Whether the bearer of a token may do something. */
  readonly authorize: Authorizer;
  /** The uids of those who are in a media session. */
  readonly inSession: (sessionId: string) => readonly string[];
  /** Carries changes to the devices of all nodes; without one there is only this node. */
  readonly bus?: RingBus;
  /** Where others can see who is here; without it only the service does. */
  readonly lines?: RingLines;
  readonly signal: AbortSignal;
}

/** Calls one user may place in a minute: enough for everybody but a machine. */
const callsPerMinute = 30;

/** Devices one user may have open at a time. */
const devicesPerUser = 50;

/** Answers devices, and tells the others what that means to them. Has never heard of sockets. */
export class RingService {
  readonly #options: RingServiceOptions;
  readonly #lines: RingLines;
  readonly #watch: RingWatch;
  readonly #placed = new RateLimiterMemory({ points: callsPerMinute, duration: 60 });

  constructor(options: RingServiceOptions) {
    this.#options = options;
    this.#lines = options.lines ?? new RingLines();
    const { clock, store, config, inSession, signal, bus } = options;
    this.#watch = new RingWatch({
      clock,
      graceMs: config.graceMs,
      inSession,
      isConnected: (device) => this.#isConnected(device),
      read: async (sessionId) => (await store.read({ uids: [], sessionId })).get(sessionId),
      report: async (sessionId, fact) => void (await this.#change({ uids: [], sessionId }, fact)),
      fail: (error) => options.log('error', 'call not watched', errorFields(error)),
      signal,
    });
    bus?.subscribe((messages) => this.#deliver(messages));
  }

  /** Whether this connection has said hello. */
  isSeated(connection: Connection): boolean {
    return this.#lines.get(connection.id) !== undefined;
  }

  /** Answers one request. Never rejects: what goes wrong is told to the device. */
  async receive(connection: Connection, message: RingRequestMessage): Promise<void> {
    try {
      const line = this.#lines.get(connection.id);
      if (message.type === 'hello') await this.#hello(connection, message);
      else if (line) acknowledge(connection, message.id, await this.#answer(line, message));
      else
        throw new CallError('NOT_JOINED', { message: 'The first message on a connection must be `hello`.' });
    } catch (error) {
      const refused = asCallError(error);
      if (refused.code === 'INTERNAL') this.#options.log('error', 'request failed', errorFields(error));
      refuse(connection, message.id, refused);
      if (!this.isSeated(connection)) connection.close(refused);
    }
  }

  /** The connection is gone. Its calls go on: it may come back, and they have their own time-outs. */
  dropped(connection: Connection): void {
    const line = this.#lines.remove(connection.id);
    if (line && !this.#lines.has(line.device)) this.#options.bus?.present(line.device, false);
  }

  async #hello(
    connection: Connection,
    message: Extract<RingRequestMessage, { type: 'hello' }>,
  ): Promise<void> {
    if (message.protocol !== ringProtocolVersion)
      throw new CallError('PROTOCOL_UNSUPPORTED', { details: { server: ringProtocolVersion } });
    if (this.isSeated(connection))
      throw new CallError('MESSAGE_MALFORMED', { details: 'This connection has said hello already.' });
    const { user, role } = (await verifyAuthToken(message.token, this.#options.config.secret)).data;
    if (!connection.open || this.isSeated(connection)) return;
    if (this.#lines.count(user.uid) >= devicesPerUser) throw new CallError('TOO_MANY_SESSIONS');
    const device = { uid: user.uid, deviceId: message.deviceId };
    // From here on it hears of every change: nothing can fall between the answer and the first push.
    this.#lines.add({ connection, device, user, role });
    this.#options.bus?.present(device, true);
    const calls = await this.#callsFor(device, message);
    acknowledge(connection, message.id, { user, calls } satisfies RingAnswerTo<'hello'>);
  }

  async #answer(
    line: RingLine,
    message: Exclude<RingRequestMessage, { type: 'hello' }>,
  ): Promise<RingAnswerTo<RingRequestMessage['type']>> {
    switch (message.type) {
      case 'ping':
        return undefined;
      case 'get-calls':
        return { calls: await this.#callsFor(line.device, { known: [], joined: [] }) };
      case 'participant-count':
        return { count: await this.#count(line, message.sessionId) };
      case 'initiate':
      case 'accept':
      case 'reject':
      case 'end': {
        if (message.type === 'initiate') {
          await this.#limit(line.device.uid);
          await this.#checkRight(line, message);
        }
        const at = this.#options.clock.now();
        const context = {
          line,
          at,
          newId: nanoid,
          userOf: (uid: string) => this.#options.userOf(this.#lines.userOf(uid)),
        };
        const fact = requestedFact(message, context);
        const call = await this.#change(scopeOf(fact), fact);
        return { call: this.#view(call, line.device.uid) };
      }
    }
  }

  /** Live calls, and what became of those a page believes to be live. What a closed page was in goes on in this one. */
  async #callsFor(device: RingDevice, { known, joined }: Remembered): Promise<RingView[]> {
    const { uid } = device;
    const at = this.#options.clock.now();
    await this.#change({ uids: [uid] }, { type: 'time-passed', at });
    const found = await this.#options.store.read({ uids: [uid] });
    const views: RingView[] = [];
    for (const call of found.values()) {
      if (!isLive(call) && !known.includes(call.sessionId)) continue;
      const mine = await this.#takeOver(call, device, joined.includes(call.sessionId));
      views.push(this.#view(mine, uid));
      this.#watch.follow(mine);
    }
    return views;
  }

  /** `isIn`: the page itself says that it takes part. Otherwise it does only if nobody else of this user does. */
  async #takeOver(call: RingCall, by: RingDevice, isIn: boolean): Promise<RingCall> {
    const leg = legOf(call, by.uid);
    if (!isLive(call) || leg?.state !== 'joined' || leg.deviceId === null || leg.deviceId === by.deviceId)
      return call;
    const { sessionId } = call;
    const isHeld =
      this.#options.inSession(sessionId).includes(by.uid) ||
      (await this.#isConnected({ uid: by.uid, deviceId: leg.deviceId }));
    if (isHeld && !isIn) return call;
    const at = this.#options.clock.now();
    return (
      (await this.#change({ uids: [], sessionId }, { type: 'call-taken-over', by, sessionId, at })) ?? call
    );
  }

  async #count(line: RingLine, sessionId: string): Promise<number> {
    const call = (await this.#options.store.read({ uids: [], sessionId })).get(sessionId);
    if (!call || !legOf(call, line.device.uid)) throw new CallError('CALL_NOT_FOUND');
    const present = this.#options.inSession(sessionId).length;
    if (present > 0 || call.status !== 'ongoing') return present;
    return call.legs.filter(({ state }) => state === 'joined').length;
  }

  async #change(scope: RingScope, fact: RingFact): Promise<RingCall | null> {
    const step = await this.#options.store.change(scope, (calls) => ringTransition(calls, fact));
    for (const call of new Set(step.messages.map((message) => message.call))) this.#watch.follow(call);
    if (this.#options.bus) this.#options.bus.publish(step.messages);
    else this.#deliver(step.messages);
    if (step.refusal) throw new CallError(step.refusal);
    return step.call;
  }

  /** Whoever tells a device of a call also watches it: the node that placed it may be gone by then. */
  #deliver(messages: readonly RingMessage[]): void {
    const now = this.#options.clock.now();
    for (const message of messages) if (this.#lines.tell(message, now)) this.#watch.follow(message.call);
  }

  #view(call: RingCall | null, uid: string): RingView {
    const view = call && viewOf(call, uid, this.#options.clock.now());
    if (!view) throw new CallError('CALL_NOT_FOUND');
    return view;
  }

  async #isConnected(device: RingDevice): Promise<boolean> {
    return this.#lines.has(device) || (await this.#options.bus?.isConnected(device)) === true;
  }

  async #checkRight(
    { user, role }: RingLine,
    { receiver }: Extract<RingRequestMessage, { type: 'initiate' }>,
  ): Promise<void> {
    await this.#options.authorize({
      action: 'initiate-call',
      user: { ...user, ...(role !== undefined && { role }) },
      sessionId: null,
      targets: receiver.type === 'user' ? [receiver.uid] : receiver.members,
    });
  }

  async #limit(uid: string): Promise<void> {
    const within = await this.#placed.consume(uid).then(
      () => true,
      () => false,
    );
    if (!within) throw new CallError('RATE_LIMITED');
  }
}

/** What a page knows of calls when it connects. */
interface Remembered {
  readonly known: readonly string[];
  readonly joined: readonly string[];
}
