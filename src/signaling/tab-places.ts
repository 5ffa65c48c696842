import type { ParticipantId } from '../domain/participant.js';
import { heldLocks } from './tab-locks.js';

/** What the name of a participant's lock tells: who is there, and in which order they came. */
export interface TabPlace {
  readonly id: ParticipantId;
  readonly order: number;
}

/** The name of a participant's lock. */
export function placeName(call: string, { id, order }: TabPlace): string {
  return `${call}${order}:${id}`;
}

/** The participants who are alive. */
export async function takenPlaces(call: string): Promise<readonly TabPlace[]> {
  return (await heldLocks(call)).flatMap((text) => {
    const [, order, id] = /^(\d{1,15}):(.+)$/.exec(text) ?? [];
    return id === undefined ? [] : [{ id, order: Number(order) }];
  });
}

/** After all who are there; by chance, so that two who enter at the same moment do not get the same. */
export function nextOrder(taken: readonly TabPlace[]): number {
  return Math.max(0, ...taken.map(({ order }) => order)) + 1 + Math.floor(Math.random() * 2 ** 30);
}
