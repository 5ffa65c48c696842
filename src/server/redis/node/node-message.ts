import type { RingMessage } from '../../../domain/ring/ring-facts.js';
import type { UserMessage } from '../../auth/user-directory.js';
import type { OutboundMessage } from '../../rooms/room-transition.js';
import type { ConnectionId, Room } from '../../rooms/room.js';
import { nodeOf } from './redis-keys.js';

/** What nodes tell each other. */
export type NodeMessage =
  /** Messages arrive. */
  | { readonly type: 'beat' }
  /** A room has changed; `null`: it is empty. */
  | {
      readonly type: 'room';
      readonly sessionId: string;
      readonly version: string;
      readonly room: Room | null;
      readonly outbound: readonly OutboundMessage[];
    }
  /** A signal for a connection of the receiving node. */
  | { readonly type: 'signal'; readonly to: ConnectionId; readonly text: string }
  | { readonly type: 'rings'; readonly messages: readonly RingMessage[] }
  | UserMessage;

/** The messages for connections of one node. */
export function messagesTo(nodeId: string, outbound: readonly OutboundMessage[]): readonly OutboundMessage[] {
  return outbound.flatMap(({ to, message }) => {
    const own = to.filter((id) => nodeOf(id) === nodeId);
    return own.length === 0 ? [] : [{ to: own, message }];
  });
}
