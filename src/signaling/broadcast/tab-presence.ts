import type { ParticipantId } from '../../domain/call/participant.js';
import { heldLocks } from './tab-locks.js';

/** The content of a participant's lock name: the id and the joining order. */
export interface TabPresence {
  readonly id: ParticipantId;
  readonly order: number;
}

export function presenceLockName(prefix: string, { id, order }: TabPresence): string {
  return `${prefix}${order}:${id}`;
}

/** The participants whose tabs are alive. */
export async function activePresences(prefix: string): Promise<readonly TabPresence[]> {
  return (await heldLocks(prefix)).flatMap((text) => {
    const [, order, id] = /^(\d{1,15}):(.+)$/.exec(text) ?? [];
    return id === undefined ? [] : [{ id, order: Number(order) }];
  });
}

/** An order after all present ones. Random, so that two tabs joining at the same time get different orders. */
export function nextOrder(present: readonly TabPresence[]): number {
  return Math.max(0, ...present.map(({ order }) => order)) + 1 + Math.floor(Math.random() * 2 ** 30);
}
