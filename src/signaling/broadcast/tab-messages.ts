import * as v from 'valibot';
import type { ParticipantId } from '../../domain/call/participant.js';
import { serverMessage, type ServerPush } from '../../protocol/messages.js';

const tabEnvelope = v.object({
  from: v.string(),
  /** `null`: all tabs. */
  to: v.nullable(v.string()),
  message: v.variant('type', [
    serverMessage,
    v.object({ type: v.literal('video-answer'), accept: v.boolean() }),
    v.object({ type: v.literal('end-session') }),
  ]),
});

/** A message between tabs: a server message, an answer to a video request, or the end of the call for all. */
export type TabEnvelope = v.InferOutput<typeof tabEnvelope>;
export type TabMessage = TabEnvelope['message'];

/** Validates a message, which any script of this origin may have posted; `undefined` if malformed or unauthorized. */
export function parseTabEnvelope(data: unknown): TabEnvelope | undefined {
  const result = v.safeParse(tabEnvelope, data);
  return result.success && isAuthorized(result.output) ? result.output : undefined;
}

/** A tab may send only for its own participant, except that it may mute another one. */
function isAuthorized({ from, message }: TabEnvelope): boolean {
  switch (message.type) {
    case 'participant-joined':
      return message.participant.id === from;
    case 'participant-left':
      return message.participantId === from;
    case 'participant-updated':
      return message.by === from && (message.participantId === from || onlyMutes(message.changes));
    case 'signal':
      return message.from === from;
    case 'video-requested':
      return message.by === from;
    case 'switched-to-video':
      return message.initiator === from;
    case 'video-answer':
    case 'end-session':
    case 'video-request-ended':
      return true;
    case 'ack':
    case 'closing':
    case 'transport-changed':
    case 'transport-settled':
      return false;
  }
}

type Changes = Extract<ServerPush, { type: 'participant-updated' }>['changes'];

function onlyMutes(changes: Changes): boolean {
  return Object.entries(changes).every(
    ([field, value]) => (field === 'audioMuted' || field === 'videoPaused') && value === true,
  );
}

/** Posts to one tab, or to all (`null`). */
export type PostToTabs = (to: ParticipantId | null, message: TabMessage) => void;
