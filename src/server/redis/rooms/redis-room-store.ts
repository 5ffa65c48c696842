import { nanoid } from 'nanoid';
import { CallError } from '../../../domain/call-error.js';
import { KeyedQueue } from '../../limits/keyed-queue.js';
import type { Clock } from '../../limits/deadline-queue.js';
import type { RedisMetrics } from '../../monitoring/redis-metrics.js';
import type { RoomStore, RoomStoreListener } from '../../rooms/room-store.js';
import type { RoomTransition } from '../../rooms/room-transition.js';
import { emptyRoom, type ConnectionId, type Room } from '../../rooms/room.js';
import { messagesTo, type NodeMessage } from '../node/node-message.js';
import { nodeOf, redisChannels, redisKeys } from '../node/redis-keys.js';
import { PendingChange } from './pending-change.js';
import type { RedisNode } from '../node/redis-node.js';
import { claimOverdue, type RedisCommand } from '../node/redis-scripts.js';
import { indexCommands, nodesIn } from './room-index.js';
import { commit, readAll, storing, type RedisDocument } from '../node/versioned-documents.js';

interface RedisRoomStoreOptions {
  readonly node: RedisNode;
  readonly clock: Clock;
  readonly metrics: RedisMetrics;
  readonly meshReturnMs: number;
}

/** A room, and the version under which it is stored; empty: it does not exist. */
interface VersionedRoom {
  readonly version: string;
  readonly room: Room;
}

/** How often a transition is repeated because other nodes changed the room. */
const maxAttempts = 100;

/** How long (ms) after a deadline other nodes see to it, and how long until the next attempt. */
const [overdueMs, overdueRetryMs] = [2000, 5000];

/** Rooms that are read or taken over together. */
const batchSize = 50;

/**
 * Keeps the rooms in Redis. Each change is published, in the same step, to the nodes that have connections in the room,
 * the changing one included: all nodes hear of all changes in one order. A node remembers the rooms in which it has
 * connections.
 */
export class RedisRoomStore implements RoomStore {
  readonly #options: RedisRoomStoreOptions;
  readonly #known = new Map<string, VersionedRoom>();
  /** Serializes the changes that this node makes to a room. */
  readonly #changes = new KeyedQueue();
  /** Transitions of this node whose messages have not come back yet, by version. */
  readonly #pending = new Map<string, PendingChange>();
  #listener: RoomStoreListener | undefined;

  constructor(options: RedisRoomStoreOptions) {
    this.#options = options;
    options.node.addListener({
      received: (message) => this.#received(message),
      lost: () => this.#lost(),
      resync: (change) => this.#resync(change.hasRestarted),
      takeOver: (deadNodeId) => this.#takeOver(deadNodeId),
      sweep: () => this.#sweep(),
    });
  }

  get storeId(): string {
    return this.#options.node.storeId;
  }

  isOwn(id: ConnectionId): boolean {
    return nodeOf(id) === this.#options.node.id;
  }

  subscribe(listener: RoomStoreListener): void {
    this.#listener = listener;
  }

  peek(sessionId: string): Room | undefined {
    return this.#known.get(sessionId)?.room;
  }

  async read(sessionId: string): Promise<Room | undefined> {
    const { version, room } = await this.#fetch(sessionId);
    return version === '' ? undefined : room;
  }

  relay(to: ConnectionId, text: string): boolean {
    return this.#options.node.send(redisChannels.node(nodeOf(to)), { type: 'signal', to, text });
  }

  transact(sessionId: string, transition: (room: Room) => RoomTransition): Promise<RoomTransition> {
    return this.#changes.run(sessionId, () => this.#transact(sessionId, transition));
  }

  async countSessions(uid: string): Promise<number> {
    return (await this.#options.node.command('SCARD', redisKeys.sessionsOf(uid))) as number;
  }

  /** Rooms in which this node has connections, and those. */
  size(): { readonly rooms: number; readonly participants: number } {
    let participants = 0;
    for (const { room } of this.#known.values())
      participants += room.participants.filter(
        ({ connectionId }) => connectionId !== null && this.isOwn(connectionId),
      ).length;
    return { rooms: this.#known.size, participants };
  }

  #received(message: NodeMessage): void {
    if (message.type === 'signal') this.#listener?.relay(message.to, message.text);
    if (message.type === 'room') this.#changed(message);
  }

  /** The messages of what is stored may never arrive: `resync` finds out. */
  #lost(): void {
    for (const [version, change] of this.#pending) {
      const { room } = change.outcome;
      // Whatever is stored, it is not this version.
      this.#remember(room.sessionId, `${version}?`, room);
      change.hear();
    }
    this.#pending.clear();
  }

  async #resync(hasRestarted: boolean): Promise<void> {
    const known = [...this.#known];
    for (let first = 0; first < known.length; first += batchSize) {
      const batch = known.slice(first, first + batchSize);
      const documents = await readAll(
        this.#options.node,
        batch.map(([sessionId]) => redisKeys.room + sessionId),
      );
      for (const [index, [sessionId, before]] of batch.entries()) {
        const document = documents[index] ?? missing;
        const stored =
          hasRestarted && document.version === '' ? await this.#restore(sessionId, before) : document;
        if (stored.version !== before.version) this.#reconcile(sessionId, before, stored);
      }
    }
  }

  async #takeOver(deadNodeId: string): Promise<void> {
    const { node } = this.#options;
    const sessions = (await node.command('SMEMBERS', redisKeys.roomsOfNode(deadNodeId))) as readonly string[];
    const isLost = (id: ConnectionId): boolean => nodeOf(id) === deadNodeId;
    for (let first = 0; first < sessions.length; first += batchSize)
      await Promise.all(
        sessions
          .slice(first, first + batchSize)
          .map(async (sessionId) => this.#listener?.nodeLost(sessionId, isLost)),
      );
    await node.command('DEL', redisKeys.roomsOfNode(deadNodeId));
  }

  async #sweep(): Promise<void> {
    const { node, clock } = this.#options;
    const now = clock.now();
    const times = [String(now - overdueMs), String(now + overdueRetryMs)];
    const overdue = await node.run(claimOverdue, [redisKeys.roomDeadlines], [...times, redisKeys.room]);
    for (const sessionId of overdue as readonly string[]) await this.#listener?.overdue(sessionId);
  }

  async #transact(sessionId: string, transition: (room: Room) => RoomTransition): Promise<RoomTransition> {
    const { node, metrics } = this.#options;
    node.requireUp();
    // What is remembered saves a round trip, but is no ground for refusing, or for changing nothing.
    let before = this.#known.get(sessionId);
    let isCurrent = false;
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      if (!before) [before, isCurrent] = [await this.#fetch(sessionId), true];
      const outcome = resultOf(transition, before.room, isCurrent);
      if (outcome && outcome.room !== before.room) {
        const found = await this.#store(before, outcome);
        if (!found) return outcome;
        metrics.conflict();
        [before, isCurrent] = [versioned(sessionId, found), true];
      } else if (outcome && isCurrent) return outcome;
      else before = undefined;
    }
    throw new CallError('SERVER_UNAVAILABLE', { cause: new Error('The room changes too often.') });
  }

  /**
   * Stores a transition, and waits until this node has heard of it. Returns what is stored instead if `before` is not
   * the newest room.
   */
  async #store(before: VersionedRoom, outcome: RoomTransition): Promise<RedisDocument | null> {
    const { node } = this.#options;
    const version = `${node.id}.${nanoid()}`;
    const change = new PendingChange(outcome, () => this.#listener?.stored(outcome));
    this.#pending.set(version, change);
    try {
      const found = await this.#commit(before, outcome, version);
      if (found) {
        this.#pending.delete(version);
        return found;
      }
    } catch (error) {
      this.#pending.delete(version);
      // Without an answer, the message tells that it was stored.
      if (!change.isStored) throw error;
    }
    change.stored();
    await change.heard;
    return null;
  }

  async #commit(
    before: VersionedRoom,
    outcome: RoomTransition,
    version: string,
  ): Promise<RedisDocument | null> {
    const { node, meshReturnMs } = this.#options;
    const after = outcome.room;
    const key = redisKeys.room + after.sessionId;
    const commands: RedisCommand[] = [
      isEmpty(after) ? ['DEL', key] : storing(key, { version, text: JSON.stringify(after) }),
      ...indexCommands(before.room, after, meshReturnMs),
      ...this.#publications(before.room, outcome, version),
    ];
    const found = await commit(node, new Map([[key, before.version]]), commands);
    return found && (found[0] ?? missing);
  }

  #publications(before: Room, { room, outbound }: RoomTransition, version: string): readonly RedisCommand[] {
    const nodes = new Set([this.#options.node.id, ...nodesIn(before).keys(), ...nodesIn(room).keys()]);
    const { sessionId } = room;
    const shared = { type: 'room', sessionId, version, room: isEmpty(room) ? null : room } as const;
    return [...nodes].map((nodeId) => {
      const message: NodeMessage = { ...shared, outbound: messagesTo(nodeId, outbound) };
      return ['PUBLISH', redisChannels.node(nodeId), JSON.stringify(message)];
    });
  }

  #changed({ sessionId, version, room, outbound }: Extract<NodeMessage, { type: 'room' }>): void {
    const change = this.#pending.get(version);
    this.#pending.delete(version);
    change?.stored();
    this.#remember(sessionId, version, room);
    this.#listener?.deliver(outbound);
    if (room && this.#known.has(sessionId)) this.#listener?.changed(room);
    change?.hear();
  }

  #remember(sessionId: string, version: string, room: Room | null): void {
    if (room && nodesIn(room).has(this.#options.node.id)) this.#known.set(sessionId, { version, room });
    else this.#known.delete(sessionId);
  }

  /** Redis has lost the room: stores it as it was known. Returns what is stored then. */
  async #restore(sessionId: string, known: VersionedRoom): Promise<RedisDocument> {
    const nothing = { version: '', room: emptyRoom(sessionId) };
    const found = await this.#commit(nothing, { room: known.room, outbound: [] }, known.version);
    return found ?? { version: known.version, text: '' };
  }

  /** Messages were missed: the room is not the one that was known. */
  #reconcile(sessionId: string, before: VersionedRoom, stored: RedisDocument): void {
    if (this.#known.get(sessionId) === before) {
      const { version, room } = versioned(sessionId, stored);
      this.#remember(sessionId, version, version === '' ? null : room);
    }
    this.#listener?.interrupted(sessionId);
  }

  async #fetch(sessionId: string): Promise<VersionedRoom> {
    const [document = missing] = await readAll(this.#options.node, [redisKeys.room + sessionId]);
    return versioned(sessionId, document);
  }
}

const missing: RedisDocument = { version: '', text: '' };

function versioned(sessionId: string, { version, text }: RedisDocument): VersionedRoom {
  return { version, room: version === '' ? emptyRoom(sessionId) : (JSON.parse(text) as Room) };
}

/** `undefined`: the transition fails, which proves nothing unless the room is current. */
function resultOf(
  transition: (room: Room) => RoomTransition,
  room: Room,
  isCurrent: boolean,
): RoomTransition | undefined {
  try {
    return transition(room);
  } catch (error) {
    if (isCurrent) throw error;
    return undefined;
  }
}

function isEmpty({ participants, endedSession }: Room): boolean {
  return participants.length === 0 && endedSession === null;
}
