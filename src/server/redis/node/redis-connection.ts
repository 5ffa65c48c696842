import { Redis } from 'ioredis';

/** A Lua script, which Redis runs as one atomic step. */
export interface RedisScript {
  readonly lua: string;
  readonly sha: string;
}

interface RedisConnectionOptions {
  readonly url: string;
  readonly onMessage: (channel: string, text: string) => void;
  /** Commands can be sent, and nothing is subscribed yet. */
  readonly onConnected: () => void;
  readonly onLost: () => void;
  readonly onError: (error: Error) => void;
}

/** How long (ms) a command, and how long a connection attempt, may take. */
const [commandTimeout, connectTimeout] = [3000, 5000];

const settings = {
  lazyConnect: true,
  commandTimeout,
  connectTimeout,
  // What cannot be sent now fails now: its client is told to try again.
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResubscribe: false,
  retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1000),
  // After a failover the old primary accepts no writes: its replacement is behind the same address.
  reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
};

/** Two connections to one Redis, for commands and for messages. The only file that depends on the Redis library. */
export class RedisConnection {
  readonly #commands: Redis;
  readonly #subscriber: Redis;
  #isConnected = false;

  constructor(private readonly options: RedisConnectionOptions) {
    this.#commands = this.#create('cometchat-call');
    this.#subscriber = this.#create('cometchat-call-messages');
    this.#subscriber.on('message', options.onMessage);
  }

  /** Connects both. They reconnect by themselves, also if this rejects. */
  async connect(): Promise<void> {
    await Promise.all([this.#commands.connect(), this.#subscriber.connect()]);
  }

  async run({ lua, sha }: RedisScript, keys: readonly string[], values: readonly string[]): Promise<unknown> {
    try {
      return await this.#commands.evalsha(sha, keys.length, ...keys, ...values);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return this.#commands.eval(lua, keys.length, ...keys, ...values);
    }
  }

  async subscribe(channels: readonly string[]): Promise<void> {
    await this.#subscriber.subscribe(...channels);
  }

  /** Identifies this run of Redis: another one may have lost what was stored. */
  async runId(): Promise<string> {
    const info = await this.#commands.info('server');
    return /^run_id:(\w+)/m.exec(info)?.[1] ?? '';
  }

  /** Replaces the connection on which messages arrive, because it seems dead. */
  resubscribe(): void {
    this.#subscriber.disconnect(true);
  }

  close(): void {
    this.#commands.disconnect();
    this.#subscriber.disconnect();
  }

  #create(connectionName: string): Redis {
    const redis = new Redis(this.options.url, { ...settings, connectionName });
    redis.on('error', this.options.onError);
    redis.on('ready', () => this.#changed());
    redis.on('close', () => this.#changed());
    return redis;
  }

  #changed(): void {
    const isConnected = this.#commands.status === 'ready' && this.#subscriber.status === 'ready';
    if (isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    if (isConnected) this.options.onConnected();
    else this.options.onLost();
  }
}
