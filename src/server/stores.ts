import { nanoid } from 'nanoid';
import { MemoryUsedTokens, type UsedTokens } from './auth/used-tokens.js';
import { UserDirectory } from './auth/user-directory.js';
import type { ServerConfig } from './config/server-config.js';
import type { Clock } from './limits/deadline-queue.js';
import type { Metrics } from './monitoring/metrics.js';
import type { ServerLog } from './monitoring/server-log.js';
import { redisChannels } from './redis/node/redis-keys.js';
import { RedisNode } from './redis/node/redis-node.js';
import { RedisPresence } from './redis/redis-presence.js';
import { RedisRingStore } from './redis/redis-ring-store.js';
import { RedisRoomStore } from './redis/rooms/redis-room-store.js';
import { RedisUsedTokens } from './redis/redis-used-tokens.js';
import { LocalPresence, type DevicePresence } from './rings/device-presence.js';
import { DeviceRegistry } from './rings/device-registry.js';
import { MemoryRingStore, type RingStore } from './rings/ring-store.js';
import { MemoryRoomStore, type RoomStore } from './rooms/room-store.js';
import type { ConnectionId } from './rooms/room.js';

/** The state of calls: in this process, or in Redis, where several nodes share it. */
export interface Stores {
  readonly rooms: RoomStore;
  readonly rings: RingStore;
  readonly usedTokens: UsedTokens;
  readonly presence: DevicePresence;
  /** The devices connected to this node. */
  readonly devices: DeviceRegistry;
  readonly users: UserDirectory;
  readonly newConnectionId: () => ConnectionId;
  /** Rejects if the state cannot be reached now. Attempts go on. */
  start(): Promise<void>;
  isReady(): boolean;
  close(): Promise<void>;
}

export interface StoresOptions {
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** A function, because the metrics measure the stores. */
  readonly metrics: () => Metrics;
}

export function createStores(options: StoresOptions): Stores {
  const { redisUrl } = options.config;
  return redisUrl === undefined ? memoryStores() : redisStores(redisUrl, options);
}

function memoryStores(): Stores {
  const devices = new DeviceRegistry();
  return {
    rooms: new MemoryRoomStore(),
    rings: new MemoryRingStore(),
    usedTokens: new MemoryUsedTokens(),
    presence: new LocalPresence(devices),
    devices,
    users: new UserDirectory(),
    newConnectionId: nanoid,
    start: () => Promise.resolve(),
    isReady: () => true,
    close: () => Promise.resolve(),
  };
}

function redisStores(url: string, { config, clock, log, metrics }: StoresOptions): Stores {
  const redisMetrics = {
    command: (seconds: number) => metrics().redis.command(seconds),
    conflict: () => metrics().redis.conflict(),
  };
  const shared = { clock, metrics: redisMetrics };
  const node = new RedisNode({
    url,
    leaseMs: Math.max(1000, config.heartbeatMs),
    log,
    metrics: redisMetrics,
  });
  const devices = new DeviceRegistry();
  const users = new UserDirectory((message) => void node.send(redisChannels.all, message));
  node.addListener({
    received: (message) => {
      if (message.type === 'user' || message.type === 'user-forgotten') users.receive(message);
    },
  });
  return {
    // Presence first: calls are restored for the devices that are here.
    presence: new RedisPresence(node, () => devices.all()),
    rooms: new RedisRoomStore({ ...shared, node, meshReturnMs: config.meshReturnMs }),
    rings: new RedisRingStore({ ...shared, node, isHere: (uid) => devices.count(uid) > 0 }),
    usedTokens: new RedisUsedTokens(node),
    devices,
    users,
    newConnectionId: () => `${node.id}.${nanoid()}`,
    start: () => node.start(),
    isReady: () => node.isReady,
    close: () => node.close(),
  };
}
