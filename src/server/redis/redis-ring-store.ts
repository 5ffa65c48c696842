import { nanoid } from 'nanoid';
import { CallError } from '../../domain/call-error.js';
import { isLive, type RingCall } from '../../domain/ring/ring-call.js';
import type { RingMessage, RingState, RingTransitionResult } from '../../domain/ring/ring-facts.js';
import type { Clock } from '../limits/deadline-queue.js';
import type { RedisMetrics } from '../monitoring/redis-metrics.js';
import {
  endedCallRetentionMs,
  type RingScope,
  type RingStore,
  type RingStoreListener,
} from '../rings/ring-store.js';
import type { NodeMessage } from './node/node-message.js';
import { redisChannels, redisKeys } from './node/redis-keys.js';
import type { RedisListener, RedisNode } from './node/redis-node.js';
import { claimOverdue, type RedisCommand } from './node/redis-scripts.js';
import { commit, readAll, storing, type RedisDocument } from './node/versioned-documents.js';

interface RedisRingStoreOptions {
  readonly node: RedisNode;
  readonly clock: Clock;
  readonly metrics: RedisMetrics;
  /** Whether a device of the user is connected to this node. */
  readonly isHere: (uid: string) => boolean;
}

/** What is stored of a scope. */
interface Loaded {
  readonly calls: RingState;
  /** The ids of the calls of each user. */
  readonly callsOf: Map<string, readonly string[]>;
  /** The versions of all documents that were read, by key. */
  readonly versions: Map<string, string>;
}

const maxAttempts = 100;

/** How long (ms) the list of a user's calls is kept after its last change. */
const listRetentionMs = 7 * 86_400_000;

/** How long (ms) after a deadline other nodes see to it, and how often somebody must look at an ongoing call. */
const [overdueMs, ongoingMs] = [2000, 60_000];

/** Keeps ring calls in Redis. Each change is published to all nodes in the same step. */
export class RedisRingStore implements RingStore, RedisListener {
  readonly #options: RedisRingStoreOptions;
  /** The live calls of the users who are here: what Redis may lose. */
  readonly #known = new Map<string, RingCall>();
  #listener: RingStoreListener | undefined;

  constructor(options: RedisRingStoreOptions) {
    this.#options = options;
    options.node.addListener(this);
  }

  subscribe(listener: RingStoreListener): void {
    this.#listener = listener;
  }

  async transact(
    scope: RingScope,
    transition: (calls: RingState) => RingTransitionResult,
  ): Promise<RingTransitionResult> {
    this.#options.node.requireUp();
    const result = await this.#transact(scope, transition);
    this.#listener?.stored(result);
    return result;
  }

  async read(scope: RingScope): Promise<RingState> {
    return (await this.#load(scope)).calls;
  }

  received(message: NodeMessage): void {
    if (message.type !== 'rings') return;
    for (const { call, to } of message.messages) if (this.#options.isHere(to)) this.#remember(call);
    this.#listener?.deliver(message.messages);
  }

  async resync({ hasRestarted }: { readonly hasRestarted: boolean }): Promise<void> {
    if (hasRestarted) for (const call of this.#known.values()) await this.#restore(call);
    await this.#listener?.interrupted();
  }

  async sweep(): Promise<void> {
    const { node, clock } = this.#options;
    const now = clock.now();
    const times = [String(now - overdueMs), String(now + ongoingMs)];
    const overdue = await node.run(claimOverdue, [redisKeys.ringDeadlines], [...times, redisKeys.ringCall]);
    for (const sessionId of overdue as readonly string[]) {
      const call = (await this.read({ uids: [], sessionId })).get(sessionId);
      if (call && isLive(call)) this.#listener?.unsupervised(call);
    }
  }

  async #transact(
    scope: RingScope,
    transition: (calls: RingState) => RingTransitionResult,
  ): Promise<RingTransitionResult> {
    const { node, metrics } = this.#options;
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const loaded = await this.#load(scope);
      const result = transition(loaded.calls);
      const changed = [...result.state.values()].filter((call) => loaded.calls.get(call.sessionId) !== call);
      if (changed.length === 0) return result;
      const commands = await this.#commandsFor(changed, loaded, result.messages);
      if (!(await commit(node, loaded.versions, commands))) return result;
      metrics.conflict();
    }
    throw new CallError('SERVER_UNAVAILABLE', { cause: new Error('The calls change too often.') });
  }

  async #load({ uids, sessionId }: RingScope): Promise<Loaded> {
    const loaded: Loaded = { calls: new Map(), callsOf: new Map(), versions: new Map() };
    await this.#loadLists([...new Set(uids)], loaded);
    const ids = new Set([...loaded.callsOf.values()].flat());
    if (sessionId !== undefined) ids.add(sessionId);
    const documents = await this.#read(
      [...ids].map((id) => redisKeys.ringCall + id),
      loaded,
    );
    const calls = new Map<string, RingCall>();
    for (const { text } of documents) {
      if (text === '') continue;
      const call = JSON.parse(text) as RingCall;
      calls.set(call.sessionId, call);
    }
    return { ...loaded, calls };
  }

  async #loadLists(uids: readonly string[], loaded: Loaded): Promise<void> {
    const lists = await this.#read(uids.map(redisKeys.ringsOf), loaded);
    for (const [index, uid] of uids.entries()) {
      const text = lists[index]?.text ?? '';
      loaded.callsOf.set(uid, text === '' ? [] : (JSON.parse(text) as readonly string[]));
    }
  }

  async #read(keys: readonly string[], { versions }: Loaded): Promise<readonly RedisDocument[]> {
    const documents = await readAll(this.#options.node, keys);
    for (const [index, key] of keys.entries()) versions.set(key, documents[index]?.version ?? '');
    return documents;
  }

  /** What stores the calls, and lists them with their users. */
  async #commandsFor(
    changed: readonly RingCall[],
    loaded: Loaded,
    messages: readonly RingMessage[],
  ): Promise<readonly RedisCommand[]> {
    const { callsOf, versions, calls } = loaded;
    const users = new Set(changed.flatMap(({ legs }) => legs.map(({ user }) => user.uid)));
    await this.#loadLists(
      [...users].filter((uid) => !callsOf.has(uid)),
      loaded,
    );
    const version = `${this.#options.node.id}.${nanoid()}`;
    const commands: RedisCommand[] = [];
    for (const call of changed) {
      const key = redisKeys.ringCall + call.sessionId;
      if (!versions.has(key)) versions.set(key, '');
      commands.push(storing(key, { version, text: JSON.stringify(call) }), this.#deadlineOf(call));
      if (!isLive(call)) commands.push(['PEXPIRE', key, String(endedCallRetentionMs)]);
    }
    for (const uid of users) {
      const before = callsOf.get(uid) ?? [];
      const own = changed.filter(({ legs }) => legs.some(({ user }) => user.uid === uid));
      const added = own.map(({ sessionId }) => sessionId).filter((id) => !before.includes(id));
      const key = redisKeys.ringsOf(uid);
      if (added.length > 0) {
        // Those that were not found have expired.
        const kept = before.filter((id) => !versions.has(redisKeys.ringCall + id) || calls.has(id));
        commands.push(storing(key, { version, text: JSON.stringify([...kept, ...added]) }));
      }
      commands.push(['PEXPIRE', key, String(listRetentionMs)]);
    }
    if (messages.length > 0)
      commands.push(['PUBLISH', redisChannels.all, JSON.stringify({ type: 'rings', messages })]);
    return commands;
  }

  #deadlineOf(call: RingCall): RedisCommand {
    const { sessionId, legs, expiresAt } = call;
    if (!isLive(call)) return ['ZREM', redisKeys.ringDeadlines, sessionId];
    const rings = legs.some(({ state }) => state === 'ringing');
    const at = rings ? expiresAt : this.#options.clock.now() + ongoingMs;
    return ['ZADD', redisKeys.ringDeadlines, String(at), sessionId];
  }

  #remember(call: RingCall): void {
    if (!isLive(call)) this.#known.delete(call.sessionId);
    else if ((this.#known.get(call.sessionId)?.revision ?? 0) < call.revision)
      this.#known.set(call.sessionId, call);
  }

  /** Redis may have lost the call, or its last changes. */
  async #restore(call: RingCall): Promise<void> {
    const { sessionId, revision } = call;
    await this.#transact({ uids: [], sessionId }, (calls) => {
      const isStored = (calls.get(sessionId)?.revision ?? 0) >= revision;
      const state = isStored ? calls : new Map(calls).set(sessionId, call);
      return { state, messages: [], history: [], call, refusal: null };
    });
  }
}
