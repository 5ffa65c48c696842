import type { RingUser } from '../domain/ring-call.js';
import type { RingDevice, RingMessage } from '../domain/ring-facts.js';
import { viewOf } from '../domain/ring-view.js';
import type { RingServerMessage } from '../protocol/ring-messages.js';
import type { Connection } from './connection.js';

/** A device that has said hello. */
export interface RingLine {
  readonly connection: Connection;
  readonly device: RingDevice;
  readonly user: RingUser;
  /** What the token says that the user may do. */
  readonly role: string | undefined;
}

/** The devices of this node, and the way to tell them of calls. */
export class RingLines {
  readonly #lines = new Map<string, RingLine>();
  readonly #byUser = new Map<string, Set<RingLine>>();

  get(connectionId: string): RingLine | undefined {
    return this.#lines.get(connectionId);
  }

  /** Whom the uid belongs to, if a device of theirs is here. */
  userOf(uid: string): RingUser {
    const [line] = this.#byUser.get(uid) ?? [];
    return line?.user ?? { uid, name: uid, avatar: '' };
  }

  has({ uid, deviceId }: RingDevice): boolean {
    return [...(this.#byUser.get(uid) ?? [])].some(({ device }) => device.deviceId === deviceId);
  }

  count(uid: string): number {
    return this.#byUser.get(uid)?.size ?? 0;
  }

  add(line: RingLine): void {
    this.#lines.set(line.connection.id, line);
    const { uid } = line.device;
    this.#byUser.set(uid, (this.#byUser.get(uid) ?? new Set()).add(line));
  }

  remove(connectionId: string): RingLine | undefined {
    const line = this.#lines.get(connectionId);
    if (!line) return undefined;
    this.#lines.delete(connectionId);
    const lines = this.#byUser.get(line.device.uid);
    lines?.delete(line);
    if (lines?.size === 0) this.#byUser.delete(line.device.uid);
    return line;
  }

  /** Tells every device of the user; returns whether there is one here. */
  tell({ to, call }: RingMessage, now: number): boolean {
    const lines = this.#byUser.get(to);
    const view = lines && viewOf(call, to, now);
    if (!view) return false;
    const message: RingServerMessage = { type: 'call', call: view };
    const text = JSON.stringify(message);
    for (const { connection } of lines) connection.send(text);
    return true;
  }
}
