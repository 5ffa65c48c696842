import { nanoid } from 'nanoid';
import { withTimeout } from '../../../base/with-timeout.js';
import { CallError } from '../../../domain/call-error.js';
import '../../connections/error-messages.js';
import { errorFields, type ServerLog } from '../../monitoring/server-log.js';
import type { RedisMetrics } from '../../monitoring/redis-metrics.js';
import type { NodeMessage } from './node-message.js';
import type { RedisConnection, RedisScript } from './redis-connection.js';
import { redisChannels, redisKeys } from './redis-keys.js';
import { claimDeadNodes, renewLease, runCommand, type RedisCommand } from './redis-scripts.js';

/** A part of the server that keeps its state in Redis. */
export interface RedisListener {
  received?(message: NodeMessage): void;
  /** Messages no longer arrive. */
  lost?(): void;
  /**
   * Messages arrive (again), and some may have been missed. `hasRestarted`: this is another run of Redis, which may have
   * lost what was stored. Nothing else is done until this has resolved.
   */
  resync?(change: { readonly hasRestarted: boolean }): Promise<void>;
  /** Takes over what a dead node left. */
  takeOver?(deadNodeId: string): Promise<void>;
  /** Called now and then: looks for deadlines that the node that set them has not met. */
  sweep?(): Promise<void>;
}

interface RedisNodeOptions {
  readonly url: string;
  /** How long (ms) a node is considered alive after its last sign of life. */
  readonly leaseMs: number;
  readonly log: ServerLog;
  readonly metrics: RedisMetrics;
}

/** How long (ms) a node has for what a dead node left, before another one tries. */
const claimMs = 10_000;

/** How long (ms) the first connection may take until requests can be served. */
const startMs = 10_000;

/** How long (ms) to wait after a failed resync. */
const resyncRetryMs = 500;

/** This process as one of several nodes: its id, its lease, and the messages between nodes. */
export class RedisNode {
  readonly id = nanoid(10);
  readonly #options: RedisNodeOptions;
  readonly #listeners: RedisListener[] = [];
  readonly #beat: NodeJS.Timeout;
  #connection: RedisConnection | undefined;
  #started: Promise<void> | undefined;
  #runId = '';
  #isUp = false;
  #upSince = 0;
  #lastMessageAt = 0;
  #beatFailed = false;
  #isBeating = false;
  #isSweeping = false;
  #isClosed = false;
  /** Increases with every loss of the connection. */
  #generation = 0;
  #lastError: Error | undefined;
  readonly #whenUp: (() => void)[] = [];

  constructor(options: RedisNodeOptions) {
    this.#options = options;
    this.#beat = setInterval(() => void this.#onBeat(), options.leaseMs / 4);
    this.#beat.unref();
  }

  /** Whether requests can be served. */
  get isReady(): boolean {
    return this.#isUp && !this.#beatFailed;
  }

  /** Changes when Redis may have lost what was stored. */
  get storeId(): string {
    return this.#runId;
  }

  addListener(listener: RedisListener): void {
    this.#listeners.push(listener);
  }

  /** Connects. Rejects if Redis cannot be reached or used now; attempts go on until `close`. */
  start(): Promise<void> {
    return (this.#started ??= this.#connect());
  }

  /** Runs a script. Rejects with SERVER_UNAVAILABLE. */
  async run(script: RedisScript, keys: readonly string[], values: readonly string[] = []): Promise<unknown> {
    const startedAt = performance.now();
    try {
      if (!this.#connection) throw new Error('Redis is not connected yet.');
      return await this.#connection.run(script, keys, values);
    } catch (cause) {
      throw new CallError('SERVER_UNAVAILABLE', { cause });
    } finally {
      this.#options.metrics.command((performance.now() - startedAt) / 1000);
    }
  }

  command(...command: RedisCommand): Promise<unknown> {
    return this.run(runCommand, [], command);
  }

  /** Throws SERVER_UNAVAILABLE while what is stored would not be told to all nodes. */
  requireUp(): void {
    if (!this.#isUp) throw new CallError('SERVER_UNAVAILABLE');
  }

  /** Sends a message without waiting. Returns `false` if that is impossible. */
  send(channel: string, message: NodeMessage): boolean {
    if (!this.#isUp) return false;
    this.command('PUBLISH', channel, JSON.stringify(message)).catch((error: unknown) => this.#warn(error));
    return true;
  }

  /** Ends the lease at once, so that other nodes need not wait for its end. */
  async close(): Promise<void> {
    clearInterval(this.#beat);
    const wasUp = this.#isUp;
    this.#isUp = false;
    this.#isClosed = true;
    if (wasUp) await this.command('ZADD', redisKeys.leases, '0', this.id).catch(() => undefined);
    this.#connection?.close();
  }

  async #connect(): Promise<void> {
    const { RedisConnection } = await import('./redis-connection.js');
    if (this.#isClosed) return;
    const connection = new RedisConnection({
      url: this.#options.url,
      onMessage: (_channel, text) => this.#receive(text),
      onConnected: () => void this.#synchronize(),
      onLost: () => this.#onLost(),
      onError: (error) => (this.#lastError = error),
    });
    this.#connection = connection;
    try {
      await connection.connect();
      await withTimeout(this.#synchronized(), startMs);
    } catch (error) {
      throw this.#lastError ?? error;
    }
  }

  #synchronized(): Promise<void> {
    return this.#isUp ? Promise.resolve() : new Promise((resolve) => this.#whenUp.push(resolve));
  }

  #onLost(): void {
    this.#generation += 1;
    if (!this.#isUp) return;
    this.#isUp = false;
    if (this.#isClosed) return;
    this.#options.log('error', 'Redis lost', this.#lastError && errorFields(this.#lastError));
    for (const listener of this.#listeners) listener.lost?.();
  }

  async #synchronize(): Promise<void> {
    const generation = this.#generation;
    const connection = this.#connection;
    if (!connection || this.#isClosed) return;
    try {
      await connection.subscribe([redisChannels.node(this.id), redisChannels.all]);
      const runId = await connection.runId();
      const hasRestarted = this.#runId !== '' && runId !== this.#runId;
      this.#runId = runId;
      await this.#renew();
      await this.#resync(hasRestarted);
      if (generation !== this.#generation) return;
      this.#isUp = true;
      this.#beatFailed = false;
      this.#upSince = this.#lastMessageAt = performance.now();
      this.#options.log('info', 'Redis connected', { restarted: hasRestarted });
      this.#whenUp.splice(0).forEach((resolve) => resolve());
    } catch (error) {
      this.#warn(error);
      const retry = (): void => {
        if (generation === this.#generation) void this.#synchronize();
      };
      setTimeout(retry, resyncRetryMs).unref();
    }
  }

  async #resync(hasRestarted: boolean): Promise<void> {
    for (const listener of this.#listeners) await listener.resync?.({ hasRestarted });
  }

  async #renew(): Promise<boolean> {
    const { leaseMs } = this.#options;
    const values = [this.id, redisChannels.node(this.id), String(leaseMs)];
    return (await this.run(renewLease, [redisKeys.leases], values)) === 1;
  }

  async #onBeat(): Promise<void> {
    if (!this.#isUp || this.#isBeating) return;
    this.#isBeating = true;
    const { leaseMs } = this.#options;
    try {
      // Others may have taken this node for dead.
      if (!(await this.#renew())) await this.#resync(false);
      this.#beatFailed = false;
      const now = performance.now();
      if (now - this.#lastMessageAt > leaseMs) this.#connection?.resubscribe();
      // Before that, after an outage, other nodes may not have renewed their leases.
      if (now - this.#upSince > leaseMs) void this.#sweep();
    } catch (error) {
      if (!this.#beatFailed) this.#warn(error);
      this.#beatFailed = true;
    } finally {
      this.#isBeating = false;
    }
  }

  async #sweep(): Promise<void> {
    if (this.#isSweeping) return;
    this.#isSweeping = true;
    try {
      const values = [redisKeys.deadNodeClaim, String(claimMs)];
      const dead = (await this.run(claimDeadNodes, [redisKeys.leases], values)) as readonly string[];
      for (const nodeId of dead) await this.#takeOver(nodeId);
      for (const listener of this.#listeners) await listener.sweep?.();
    } catch (error) {
      this.#warn(error);
    } finally {
      this.#isSweeping = false;
    }
  }

  async #takeOver(nodeId: string): Promise<void> {
    this.#options.log('warn', 'node lost', { node: nodeId });
    for (const listener of this.#listeners) await listener.takeOver?.(nodeId);
    await this.command('ZREM', redisKeys.leases, nodeId);
  }

  #receive(text: string): void {
    this.#lastMessageAt = performance.now();
    try {
      const message = JSON.parse(text) as NodeMessage;
      for (const listener of this.#listeners) listener.received?.(message);
    } catch (error) {
      this.#warn(error);
    }
  }

  #warn(error: unknown): void {
    if (this.#isClosed) return;
    const reason = error instanceof CallError ? (error.cause ?? error) : error;
    if (reason instanceof Error) this.#lastError = reason;
    this.#options.log('warn', 'Redis failed', errorFields(reason));
  }
}
