import type { Room } from '../../rooms/room.js';
import { nodeOf, redisKeys } from '../node/redis-keys.js';
import type { RedisCommand } from '../node/redis-scripts.js';

/** The commands that keep what is derived from rooms: sessions of users, rooms of nodes, and deadlines. */
export function indexCommands(before: Room, after: Room, meshReturnMs: number): readonly RedisCommand[] {
  const { sessionId } = after;
  const [left, joined] = difference(connectionsIn(before), connectionsIn(after));
  const [leftNodes, joinedNodes] = difference(nodesIn(before), nodesIn(after));
  const deadline = deadlineOf(after, meshReturnMs);
  return [
    ...left.map(([id, uid]) => ['SREM', redisKeys.sessionsOf(uid), id]),
    ...joined.map(([id, uid]) => ['SADD', redisKeys.sessionsOf(uid), id]),
    ...leftNodes.map(([nodeId]) => ['SREM', redisKeys.roomsOfNode(nodeId), sessionId]),
    ...joinedNodes.map(([nodeId]) => ['SADD', redisKeys.roomsOfNode(nodeId), sessionId]),
    deadline === null
      ? ['ZREM', redisKeys.roomDeadlines, sessionId]
      : ['ZADD', redisKeys.roomDeadlines, String(deadline), sessionId],
  ];
}

/** The nodes with connections in the room. */
export function nodesIn(room: Room): ReadonlyMap<string, string> {
  return new Map([...connectionsIn(room).keys()].map((id) => [nodeOf(id), '']));
}

function connectionsIn({ participants }: Room): ReadonlyMap<string, string> {
  return new Map(
    participants.flatMap(({ connectionId, uid }) => (connectionId === null ? [] : [[connectionId, uid]])),
  );
}

type Entries = readonly (readonly [string, string])[];

/** What only the one, and what only the other has. */
function difference(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): [Entries, Entries] {
  return [[...before].filter(([key]) => !after.has(key)), [...after].filter(([key]) => !before.has(key))];
}

/** When the room must be looked at again (ms since 1970). */
function deadlineOf({ participants, endedSession, media }: Room, meshReturnMs: number): number | null {
  const times = participants.flatMap(({ graceEndsAt }) => (graceEndsAt === null ? [] : [graceEndsAt]));
  if (endedSession) times.push(endedSession.until);
  if (media.smallSince !== null) times.push(media.smallSince + meshReturnMs);
  return times.length === 0 ? null : Math.min(...times);
}
