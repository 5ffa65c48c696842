import type { RedisNode } from './redis-node.js';
import { compareAndSet, readDocuments, type RedisCommand } from './redis-scripts.js';

/** A text in Redis, with the version under which it was stored. Both are empty if it does not exist. */
export interface RedisDocument {
  readonly version: string;
  readonly text: string;
}

export async function readAll(node: RedisNode, keys: readonly string[]): Promise<readonly RedisDocument[]> {
  return keys.length === 0 ? [] : documentsIn(await node.run(readDocuments, keys));
}

/**
 * Runs the commands if all documents have the versions expected of them. Otherwise nothing changes, and the result is
 * the documents as they are.
 */
export async function commit(
  node: RedisNode,
  expected: ReadonlyMap<string, string>,
  commands: readonly RedisCommand[],
): Promise<readonly RedisDocument[] | null> {
  const values = [...expected.values(), JSON.stringify(commands)];
  const found = await node.run(compareAndSet, [...expected.keys()], values);
  return found === null ? null : documentsIn(found);
}

/** The command that stores a document. */
export function storing(key: string, { version, text }: RedisDocument): RedisCommand {
  return ['HSET', key, 'version', version, 'text', text];
}

function documentsIn(found: unknown): readonly RedisDocument[] {
  const values = found as readonly string[];
  return Array.from({ length: values.length / 2 }, (_, index) => ({
    version: values[2 * index] ?? '',
    text: values[2 * index + 1] ?? '',
  }));
}
