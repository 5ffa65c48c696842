import type { ParticipantId } from '../../domain/call/participant.js';
import { heldLocks } from './tab-locks.js';

/** What the name of a participant's lock tells: who is there, and in which order they came. */
export interface TabPresence {
  readonly id: ParticipantId;
  readonly order: number;
}

/** The name of a participant's lock. */
export function presenceLockName(prefix: string, { id, order }: TabPresence): string {
  return `${prefix}${order}:${id}`;
}

/** The participants who are alive. */
export async function activePresences(prefix: string): Promise<readonly TabPresence[]> {
  return (await heldLocks(prefix)).flatMap((text) => {
    const [, order, id] = /^(\d{1,15}):(.+)$/.exec(text) ?? [];
    return id === undefined ? [] : [{ id, order: Number(order) }];
  });
}

/** After all who are there; by chance, so that two who enter at the same moment do not get the same. */
export function nextOrder(present: readonly TabPresence[]): number {
  return Math.max(0, ...present.map(({ order }) => order)) + 1 + Math.floor(Math.random() * 2 ** 30);
}
