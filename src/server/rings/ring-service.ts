import { nanoid } from 'nanoid';
import { asCallError, CallError } from '../../domain/call-error.js';
import { ringSessionId } from '../../domain/history/history-entry.js';
import { isLive, legOf, type RingCall, type RingUser } from '../../domain/ring/ring-call.js';
import type {
  RingDevice,
  RingFact,
  RingMessage,
  RingTransitionResult,
} from '../../domain/ring/ring-facts.js';
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
import { limiter } from '../limits/rate-limits.js';
import { requestToFact, scopeFor } from './ring-requests.js';
import type { DevicePresence } from './device-presence.js';
import type { DeviceRegistry, ConnectedDevice } from './device-registry.js';
import type { HistoryRecorder } from '../history/history-recorder.js';
import type { RingScope, RingStore } from './ring-store.js';
import { RingSupervisor } from './ring-supervisor.js';
import { errorFields, type ServerLog } from '../monitoring/server-log.js';

/** The dependencies of `RingService`. */
export interface RingServiceOptions {
  readonly config: { readonly secret: string; readonly graceMs: number };
  readonly store: RingStore;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** Where the call history learns of calls. */
  readonly history: HistoryRecorder;
  /** The most recent name and avatar of a user. */
  readonly userOf: (known: RingUser) => RingUser;
  /** Rejects with NOT_ALLOWED when the token's user lacks a right. */
  readonly authorize: Authorizer;
  /** The uids of the participants in a media session. */
  readonly uidsInSession: (sessionId: string) => Promise<readonly string[]>;
  readonly devices: DeviceRegistry;
  readonly presence: DevicePresence;
  readonly signal: AbortSignal;
}

/** Calls one user may place per minute. */
const callsPerMinute = 30;

/** Users whose calls are read together. */
const usersPerRead = 100;

/** Devices one user may have connected at a time. */
const devicesPerUser = 50;

/** Answers the requests of `/ring` and notifies the devices concerned. Independent of the transport. */
export class RingService {
  readonly #options: RingServiceOptions;
  readonly #devices: DeviceRegistry;
  readonly #supervisor: RingSupervisor;
  readonly #placeLimiter = limiter(callsPerMinute, 60);

  constructor(options: RingServiceOptions) {
    this.#options = options;
    this.#devices = options.devices;
    const { clock, store, config, uidsInSession, signal } = options;
    this.#supervisor = new RingSupervisor({
      clock,
      graceMs: config.graceMs,
      uidsInSession,
      isConnected: (device) => this.#isConnected(device),
      read: async (sessionId) => (await store.read({ uids: [], sessionId })).get(sessionId),
      readOf: async (uid) => [...(await store.read({ uids: [uid] })).values()],
      report: async (sessionId, fact) => void (await this.#apply({ uids: [], sessionId }, fact)),
      onError: (error) => options.log('error', 'ring supervision failed', errorFields(error)),
      signal,
    });
    store.subscribe({
      stored: (result) => this.#stored(result),
      deliver: (messages) => this.#deliver(messages),
      interrupted: () => this.#deliverAll(),
      unsupervised: (call) => this.#supervisor.track(call),
    });
  }

  /** Whether the `hello` of this connection was accepted. */
  isJoined(connection: Connection): boolean {
    return this.#devices.get(connection.id) !== undefined;
  }

  /** Answers one request. Never rejects: errors are sent to the device. */
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

  /** The connection was closed. Its calls continue: the device may reconnect, and calls have their own timeouts. */
  disconnected(connection: Connection, pageClosed: boolean): void {
    const client = this.#devices.remove(connection.id);
    if (!client || this.#devices.has(client.device)) return;
    this.#options.presence.disconnected(client.device);
    if (pageClosed) this.#supervisor.pageClosed(client.device);
  }

  async #hello(
    connection: Connection,
    message: Extract<RingRequestMessage, { type: 'hello' }>,
  ): Promise<void> {
    if (message.protocol !== ringProtocolVersion)
      throw new CallError('PROTOCOL_UNSUPPORTED', { details: { server: ringProtocolVersion } });
    if (this.isJoined(connection))
      throw new CallError('MESSAGE_MALFORMED', { details: 'This connection has already sent `hello`.' });
    const { user, role } = (await verifyAuthToken(message.token, this.#options.config.secret)).data;
    if (!connection.open || this.isJoined(connection)) return;
    if (this.#devices.count(user.uid) >= devicesPerUser) throw new CallError('TOO_MANY_SESSIONS');
    const device = { uid: user.uid, deviceId: message.deviceId };
    // Registered before the calls are read, so that no change is lost between the answer and the first push.
    this.#devices.add({ connection, device, user, role });
    await this.#options.presence.connected(device);
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
          newId: () => ringSessionId(nanoid()),
          userOf: (uid: string) => this.#options.userOf(this.#devices.userOf(uid)),
        };
        const fact = requestToFact(message, context);
        const call = await this.#apply(scopeFor(fact), fact);
        return { call: this.#view(call, client.device.uid) };
      }
    }
  }

  /**
   * The live calls of the user, plus ended ones that the page still believes to be live. Calls that the user joined
   * on a closed page are taken over.
   */
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

  /**
   * Moves the user's side of a call to this device. `isParticipating`: the page states that it takes part. Otherwise
   * the call is taken over only if no other device of the user takes part.
   */
  async #takeOver(call: RingCall, by: RingDevice, isParticipating: boolean): Promise<RingCall> {
    const leg = legOf(call, by.uid);
    if (!isLive(call) || leg?.state !== 'joined' || leg.deviceId === null || leg.deviceId === by.deviceId)
      return call;
    const { sessionId } = call;
    const isOccupied =
      (await this.#options.uidsInSession(sessionId)).includes(by.uid) ||
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
    const present = (await this.#options.uidsInSession(sessionId)).length;
    if (present > 0 || call.status !== 'ongoing') return present;
    return call.legs.filter(({ state }) => state === 'joined').length;
  }

  async #apply(scope: RingScope, fact: RingFact): Promise<RingCall | null> {
    const result = await this.#options.store.transact(scope, (calls) => ringTransition(calls, fact));
    if (result.refusal) throw new CallError(result.refusal);
    return result.call;
  }

  #stored({ history, messages }: RingTransitionResult): void {
    this.#options.history.record(history);
    for (const call of new Set(messages.map((message) => message.call))) this.#supervisor.track(call);
  }

  /** A node that notifies a device also supervises the call: the node that placed it may have stopped. */
  #deliver(messages: readonly RingMessage[]): void {
    const now = this.#options.clock.now();
    for (const message of messages)
      if (this.#devices.notify(message, now)) this.#supervisor.track(message.call);
  }

  /** Sends the devices of this node all calls of their users, as they are now. */
  async #deliverAll(): Promise<void> {
    const users = this.#devices.users();
    for (let first = 0; first < users.length; first += usersPerRead) {
      const calls = await this.#options.store.read({ uids: users.slice(first, first + usersPerRead) });
      for (const call of calls.values()) this.#deliver(call.legs.map(({ user }) => ({ to: user.uid, call })));
    }
  }

  #view(call: RingCall | null, uid: string): RingView {
    const view = call && viewOf(call, uid, this.#options.clock.now());
    if (!view) throw new CallError('CALL_NOT_FOUND');
    return view;
  }

  async #isConnected(device: RingDevice): Promise<boolean> {
    return this.#devices.has(device) || (await this.#options.presence.isConnected(device));
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
    if (!(await this.#placeLimiter(uid, 1))) throw new CallError('RATE_LIMITED');
  }
}

/** The calls a page reports when it connects. */
interface KnownCalls {
  readonly known: readonly string[];
  readonly joined: readonly string[];
}
