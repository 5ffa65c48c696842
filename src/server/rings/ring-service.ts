import { nanoid } from 'nanoid';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { asCallError, CallError } from '../../domain/call-error.js';
import { isLive, legOf, type RingCall, type RingUser } from '../../domain/ring/ring-call.js';
import type { RingDevice, RingFact, RingMessage } from '../../domain/ring/ring-facts.js';
import { viewOf, type RingView } from '../../domain/ring/ring-view.js';
import { ringTransition } from '../../domain/ring/ring-transition.js';
import {
  ringProtocolVersion,
  type RingAnswerTo,
  type RingRequestMessage,
} from '../../protocol/ring-messages.js';
import type { Authorizer } from '../auth/authorization.js';
import { verifyAuthToken } from '../auth/call-tokens.js';
import { sendAck, sendError, type Connection } from '../connections/connection.js';
import type { Clock } from '../limits/deadline-queue.js';
import type { RingBus } from './ring-bus.js';
import { requestToFact, scopeFor } from './ring-requests.js';
import { DeviceRegistry, type ConnectedDevice } from './device-registry.js';
import type { RingScope, RingStore } from './ring-store.js';
import { RingSupervisor } from './ring-supervisor.js';
import { errorFields, type ServerLog } from '../monitoring/server-log.js';

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
  readonly uidsInSession: (sessionId: string) => readonly string[];
  /** Carries changes to the devices of all nodes; without one there is only this node. */
  readonly bus?: RingBus;
  /** Where others can see who is here; without it only the service does. */
  readonly devices?: DeviceRegistry;
  readonly signal: AbortSignal;
}

/** Calls one user may place in a minute: enough for everybody but a machine. */
const callsPerMinute = 30;

/** Devices one user may have open at a time. */
const devicesPerUser = 50;

/** Answers devices, and tells the others what that means to them. Has never heard of sockets. */
export class RingService {
  readonly #options: RingServiceOptions;
  readonly #devices: DeviceRegistry;
  readonly #supervisor: RingSupervisor;
  readonly #placeLimiter = new RateLimiterMemory({ points: callsPerMinute, duration: 60 });

  constructor(options: RingServiceOptions) {
    this.#options = options;
    this.#devices = options.devices ?? new DeviceRegistry();
    const { clock, store, config, uidsInSession, signal, bus } = options;
    this.#supervisor = new RingSupervisor({
      clock,
      graceMs: config.graceMs,
      uidsInSession,
      isConnected: (device) => this.#isConnected(device),
      read: async (sessionId) => (await store.read({ uids: [], sessionId })).get(sessionId),
      report: async (sessionId, fact) => void (await this.#apply({ uids: [], sessionId }, fact)),
      onError: (error) => options.log('error', 'ring supervision failed', errorFields(error)),
      signal,
    });
    bus?.subscribe((messages) => this.#deliver(messages));
  }

  /** Whether this connection has said hello. */
  isJoined(connection: Connection): boolean {
    return this.#devices.get(connection.id) !== undefined;
  }

  /** Answers one request. Never rejects: what goes wrong is told to the device. */
  async receive(connection: Connection, message: RingRequestMessage): Promise<void> {
    try {
      const client = this.#devices.get(connection.id);
      if (message.type === 'hello') await this.#hello(connection, message);
      else if (client) sendAck(connection, message.id, await this.#handle(client, message));
      else
        throw new CallError('NOT_JOINED', { message: 'The first message on a connection must be `hello`.' });
    } catch (error) {
      const failure = asCallError(error);
      if (failure.code === 'INTERNAL') this.#options.log('error', 'request failed', errorFields(error));
      sendError(connection, message.id, failure);
      if (!this.isJoined(connection)) connection.close(failure);
    }
  }

  /** The connection is gone. Its calls go on: it may come back, and they have their own time-outs. */
  disconnected(connection: Connection): void {
    const client = this.#devices.remove(connection.id);
    if (client && !this.#devices.has(client.device)) this.#options.bus?.setPresence(client.device, false);
  }

  async #hello(
    connection: Connection,
    message: Extract<RingRequestMessage, { type: 'hello' }>,
  ): Promise<void> {
    if (message.protocol !== ringProtocolVersion)
      throw new CallError('PROTOCOL_UNSUPPORTED', { details: { server: ringProtocolVersion } });
    if (this.isJoined(connection))
      throw new CallError('MESSAGE_MALFORMED', { details: 'This connection has said hello already.' });
    const { user, role } = (await verifyAuthToken(message.token, this.#options.config.secret)).data;
    if (!connection.open || this.isJoined(connection)) return;
    if (this.#devices.count(user.uid) >= devicesPerUser) throw new CallError('TOO_MANY_SESSIONS');
    const device = { uid: user.uid, deviceId: message.deviceId };
    // From here on it hears of every change: nothing can fall between the answer and the first push.
    this.#devices.add({ connection, device, user, role });
    this.#options.bus?.setPresence(device, true);
    const calls = await this.#callsFor(device, message);
    sendAck(connection, message.id, { user, calls } satisfies RingAnswerTo<'hello'>);
  }

  async #handle(
    client: ConnectedDevice,
    message: Exclude<RingRequestMessage, { type: 'hello' }>,
  ): Promise<RingAnswerTo<RingRequestMessage['type']>> {
    switch (message.type) {
      case 'ping':
        return undefined;
      case 'get-calls':
        return { calls: await this.#callsFor(client.device, { known: [], joined: [] }) };
      case 'participant-count':
        return { count: await this.#participantCount(client, message.sessionId) };
      case 'initiate':
      case 'accept':
      case 'reject':
      case 'end': {
        if (message.type === 'initiate') {
          await this.#checkPlaceLimit(client.device.uid);
          await this.#checkRight(client, message);
        }
        const at = this.#options.clock.now();
        const context = {
          client,
          at,
          newId: nanoid,
          userOf: (uid: string) => this.#options.userOf(this.#devices.userOf(uid)),
        };
        const fact = requestToFact(message, context);
        const call = await this.#apply(scopeFor(fact), fact);
        return { call: this.#view(call, client.device.uid) };
      }
    }
  }

  /** Live calls, and what became of those a page believes to be live. What a closed page was in goes on in this one. */
  async #callsFor(device: RingDevice, { known, joined }: KnownCalls): Promise<RingView[]> {
    const { uid } = device;
    const at = this.#options.clock.now();
    await this.#apply({ uids: [uid] }, { type: 'time-passed', at });
    const found = await this.#options.store.read({ uids: [uid] });
    const views: RingView[] = [];
    for (const call of found.values()) {
      if (!isLive(call) && !known.includes(call.sessionId)) continue;
      const current = await this.#takeOver(call, device, joined.includes(call.sessionId));
      views.push(this.#view(current, uid));
      this.#supervisor.track(current);
    }
    return views;
  }

  /** `isParticipating`: the page itself says that it takes part. Otherwise it does only if nobody else of this user does. */
  async #takeOver(call: RingCall, by: RingDevice, isParticipating: boolean): Promise<RingCall> {
    const leg = legOf(call, by.uid);
    if (!isLive(call) || leg?.state !== 'joined' || leg.deviceId === null || leg.deviceId === by.deviceId)
      return call;
    const { sessionId } = call;
    const isOccupied =
      this.#options.uidsInSession(sessionId).includes(by.uid) ||
      (await this.#isConnected({ uid: by.uid, deviceId: leg.deviceId }));
    if (isOccupied && !isParticipating) return call;
    const at = this.#options.clock.now();
    return (
      (await this.#apply({ uids: [], sessionId }, { type: 'call-taken-over', by, sessionId, at })) ?? call
    );
  }

  async #participantCount(client: ConnectedDevice, sessionId: string): Promise<number> {
    const call = (await this.#options.store.read({ uids: [], sessionId })).get(sessionId);
    if (!call || !legOf(call, client.device.uid)) throw new CallError('CALL_NOT_FOUND');
    const present = this.#options.uidsInSession(sessionId).length;
    if (present > 0 || call.status !== 'ongoing') return present;
    return call.legs.filter(({ state }) => state === 'joined').length;
  }

  async #apply(scope: RingScope, fact: RingFact): Promise<RingCall | null> {
    const result = await this.#options.store.transact(scope, (calls) => ringTransition(calls, fact));
    for (const call of new Set(result.messages.map((message) => message.call))) this.#supervisor.track(call);
    if (this.#options.bus) this.#options.bus.publish(result.messages);
    else this.#deliver(result.messages);
    if (result.refusal) throw new CallError(result.refusal);
    return result.call;
  }

  /** Whoever tells a device of a call also watches it: the node that placed it may be gone by then. */
  #deliver(messages: readonly RingMessage[]): void {
    const now = this.#options.clock.now();
    for (const message of messages)
      if (this.#devices.notify(message, now)) this.#supervisor.track(message.call);
  }

  #view(call: RingCall | null, uid: string): RingView {
    const view = call && viewOf(call, uid, this.#options.clock.now());
    if (!view) throw new CallError('CALL_NOT_FOUND');
    return view;
  }

  async #isConnected(device: RingDevice): Promise<boolean> {
    return this.#devices.has(device) || (await this.#options.bus?.isConnected(device)) === true;
  }

  async #checkRight(
    { user, role }: ConnectedDevice,
    { receiver }: Extract<RingRequestMessage, { type: 'initiate' }>,
  ): Promise<void> {
    await this.#options.authorize({
      action: 'initiate-call',
      user: { ...user, ...(role !== undefined && { role }) },
      sessionId: null,
      targets: receiver.type === 'user' ? [receiver.uid] : receiver.members,
    });
  }

  async #checkPlaceLimit(uid: string): Promise<void> {
    const allowed = await this.#placeLimiter.consume(uid).then(
      () => true,
      () => false,
    );
    if (!allowed) throw new CallError('RATE_LIMITED');
  }
}

/** What a page knows of calls when it connects. */
interface KnownCalls {
  readonly known: readonly string[];
  readonly joined: readonly string[];
}
