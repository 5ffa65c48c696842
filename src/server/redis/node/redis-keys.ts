/** The keys and channels in Redis. The number changes when the stored data is no longer understood. */
const prefix = 'cometchat-call:1:';

export const redisKeys = {
  /** A room; the session id follows. */
  room: `${prefix}room:`,
  /** Sorted set: when each room must be looked at again. */
  roomDeadlines: `${prefix}room-deadlines`,
  /** Set: the connections of a user that have joined. */
  sessionsOf: (uid: string) => `${prefix}sessions:${uid}`,
  /** A ringing, ongoing or recently ended call; the session id follows. */
  ringCall: `${prefix}ring-call:`,
  /** The calls of a user. */
  ringsOf: (uid: string) => `${prefix}rings-of:${uid}`,
  /** Sorted set: when each ring call must be looked at again. */
  ringDeadlines: `${prefix}ring-deadlines`,
  /** Hash: the node of each connected device of a user. */
  devicesOf: (uid: string) => `${prefix}devices-of:${uid}`,
  /** A call token that was used. */
  usedToken: (hash: string) => `${prefix}used-token:${hash}`,
  /** Sorted set: until when each node is considered alive. */
  leases: `${prefix}leases`,
  /** A node sees to what a dead node left; its id follows. */
  deadNodeClaim: `${prefix}dead-node-claim:`,
  /** Sets: the rooms in which a node has connections, and its devices. */
  roomsOfNode: (nodeId: string) => `${prefix}node:${nodeId}:rooms`,
  devicesOfNode: (nodeId: string) => `${prefix}node:${nodeId}:devices`,
};

export const redisChannels = {
  /** To one node. */
  node: (nodeId: string) => `${prefix}to:${nodeId}`,
  /** To all nodes. */
  all: `${prefix}to-all`,
};

/** The node that has a connection: it is the first part of the connection's id. */
export function nodeOf(connectionId: string): string {
  return connectionId.split('.', 1)[0] ?? '';
}
