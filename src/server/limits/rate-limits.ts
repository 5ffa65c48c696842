import { isIPv6 } from 'node:net';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Limits per ten seconds; 0 disables a limit. */
export interface RateSettings {
  /** Messages of one connection. */
  readonly messagesPerConnection: number;
  /** Messages of all connections from one address. */
  readonly messagesPerAddress: number;
  /** Bytes of one connection. */
  readonly bytesPerConnection: number;
  /** Bytes of all connections from one address. */
  readonly bytesPerAddress: number;
  /** New connections from one address. */
  readonly connectionsPerAddress: number;
  /** HTTP requests from one address. */
  readonly requestsPerAddress: number;
}

/** Each method counts and resolves with `false` if the limit is exceeded. */
export interface RateLimits {
  connection(address: string): Promise<boolean>;
  request(address: string): Promise<boolean>;
  messages(connectionId: string, address: string, load: Load): Promise<boolean>;
  /**
   * Like `messages`, for a connection that has not joined: its bytes do not count against the connection, because one
   * large token would use them up.
   */
  beforeJoin(connectionId: string, address: string, load: Load): Promise<boolean>;
}

/** Received since the last count. */
export interface Load {
  readonly messages: number;
  readonly bytes: number;
}

/** The seconds over which a limit counts. */
const duration = 10;

export function createRateLimits(settings: RateSettings): RateLimits {
  const connections = limiter(settings.connectionsPerAddress);
  const requests = limiter(settings.requestsPerAddress);
  const messages = both(limiter(settings.messagesPerConnection), limiter(settings.messagesPerAddress));
  const bytesOfAddress = limiter(settings.bytesPerAddress);
  const bytes = both(limiter(settings.bytesPerConnection), bytesOfAddress);
  return {
    connection: (address) => connections(addressKey(address), 1),
    request: (address) => requests(addressKey(address), 1),
    messages: async (connectionId, address, load) =>
      (await messages(connectionId, addressKey(address), load.messages)) &&
      (await bytes(connectionId, addressKey(address), load.bytes)),
    beforeJoin: async (connectionId, address, load) =>
      (await messages(connectionId, addressKey(address), load.messages)) &&
      (await bytesOfAddress(addressKey(address), load.bytes)),
  };
}

/**
 * The key under which an address is counted. An IPv6 address is reduced to its /64 prefix, because a client usually
 * controls all of it.
 */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  const [head = '', tail] = bare.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  const groups = [...front, ...Array<string>(Math.max(0, zeros)).fill('0'), ...back];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

function both(perConnection: Limiter, perAddress: Limiter) {
  return async (connectionId: string, address: string, count: number): Promise<boolean> =>
    (await perConnection(connectionId, count)) && (await perAddress(address, count));
}

/** Counts against a key. Resolves with `false` if the limit is exceeded. */
export type Limiter = (key: string, count: number) => Promise<boolean>;

/** Allows `points` per key in `seconds`; 0 disables the limit. */
export function limiter(points: number, seconds = duration): Limiter {
  if (points === 0) return () => Promise.resolve(true);
  const memory = new RateLimiterMemory({ points, duration: seconds });
  return (key, count) =>
    memory.consume(key, count).then(
      () => true,
      // `consume` rejects only when the limit is exceeded: in memory nothing else can fail.
      () => false,
    );
}
