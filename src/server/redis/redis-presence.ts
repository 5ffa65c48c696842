import type { RingDevice } from '../../domain/ring/ring-facts.js';
import type { DevicePresence } from '../rings/device-presence.js';
import { redisKeys } from './node/redis-keys.js';
import type { RedisListener, RedisNode } from './node/redis-node.js';
import { removeDevice, type RedisCommand } from './node/redis-scripts.js';
import { commit } from './node/versioned-documents.js';

/** Commands that are sent together. */
const batchSize = 500;

/** Keeps in Redis to which node each device is connected. */
export class RedisPresence implements DevicePresence, RedisListener {
  constructor(
    private readonly node: RedisNode,
    /** The devices connected to this node. */
    private readonly ownDevices: () => readonly RingDevice[],
  ) {
    node.addListener(this);
  }

  async connected(device: RingDevice): Promise<void> {
    await commit(this.node, new Map(), this.#adding(device));
  }

  disconnected(device: RingDevice): void {
    // What fails is found by `resync`, or by another node once this one is gone.
    this.#remove(device, this.node.id).catch(() => undefined);
  }

  async isConnected({ uid, deviceId }: RingDevice): Promise<boolean> {
    return (await this.node.command('HEXISTS', redisKeys.devicesOf(uid), deviceId)) === 1;
  }

  async isOnline(uid: string): Promise<boolean> {
    return ((await this.node.command('HLEN', redisKeys.devicesOf(uid))) as number) > 0;
  }

  async resync(): Promise<void> {
    const own = this.ownDevices();
    const members = new Set(own.map(memberOf));
    for (const member of await this.#membersOf(this.node.id))
      if (!members.has(member)) await this.#remove(deviceIn(member), this.node.id);
    const commands = own.flatMap((device) => this.#adding(device));
    for (let first = 0; first < commands.length; first += batchSize)
      await commit(this.node, new Map(), commands.slice(first, first + batchSize));
  }

  async takeOver(deadNodeId: string): Promise<void> {
    for (const member of await this.#membersOf(deadNodeId)) await this.#remove(deviceIn(member), deadNodeId);
  }

  #adding(device: RingDevice): readonly RedisCommand[] {
    const { uid, deviceId } = device;
    return [
      ['HSET', redisKeys.devicesOf(uid), deviceId, this.node.id],
      ['SADD', redisKeys.devicesOfNode(this.node.id), memberOf(device)],
    ];
  }

  async #remove(device: RingDevice, nodeId: string): Promise<void> {
    const { uid, deviceId } = device;
    await this.node.run(removeDevice, [redisKeys.devicesOf(uid)], [deviceId, nodeId]);
    await this.node.command('SREM', redisKeys.devicesOfNode(nodeId), memberOf(device));
  }

  async #membersOf(nodeId: string): Promise<readonly string[]> {
    return (await this.node.command('SMEMBERS', redisKeys.devicesOfNode(nodeId))) as readonly string[];
  }
}

function memberOf({ uid, deviceId }: RingDevice): string {
  return JSON.stringify([uid, deviceId]);
}

function deviceIn(member: string): RingDevice {
  const [uid, deviceId] = JSON.parse(member) as [string, string];
  return { uid, deviceId };
}
