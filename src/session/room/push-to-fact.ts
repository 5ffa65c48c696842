import type { CallFact } from '../../domain/call/call-facts.js';
import type { ParticipantChanges } from '../../domain/call/participant.js';
import type { ServerPush } from '../../protocol/messages.js';

type FactPush = Exclude<
  ServerPush,
  { type: 'signal' | 'closing' | 'transport-changed' | 'transport-settled' }
>;

/** Converts a server push to a fact of the call. */
export function pushToFact(push: FactPush): CallFact {
  switch (push.type) {
    case 'participant-joined':
      return { type: 'participant-joined', participant: push.participant };
    case 'participant-left':
      return { type: 'participant-left', id: push.participantId };
    case 'participant-updated':
      return {
        type: 'participant-updated',
        id: push.participantId,
        changes: definedFields(push.changes),
        by: push.by,
      };
    case 'video-requested':
      return { type: 'video-requested', by: push.by };
    case 'video-request-ended':
      return { type: 'video-request-ended' };
    case 'switched-to-video':
      return { type: 'switched-to-video', initiator: push.initiator, responder: push.responder };
  }
}

type Optional<Value> = { readonly [Key in keyof Value]?: Value[Key] | undefined };

/** Removes fields that are `undefined`: they would overwrite known values. */
function definedFields(changes: Optional<ParticipantChanges>): ParticipantChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
