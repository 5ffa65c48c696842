import * as v from 'valibot';
import type { ParticipantId } from '../../domain/call/participant.js';
import { serverMessage, type ServerPush } from '../../protocol/messages.js';

const tabEnvelope = v.object({
  from: v.string(),
  /** `null`: everybody. */
  to: v.nullable(v.string()),
  message: v.variant('type', [
    serverMessage,
    v.object({ type: v.literal('video-answer'), accept: v.boolean() }),
    v.object({ type: v.literal('end-session') }),
  ]),
});

/** What one tab posts to the others: a message as the server would send it, an answer to a request for video, or the end for all. */
export type TabEnvelope = v.InferOutput<typeof tabEnvelope>;
export type TabMessage = TabEnvelope['message'];

/** Reads what any script of this origin may have posted; `undefined` for what no tab of a call would say. */
export function parseTabEnvelope(data: unknown): TabEnvelope | undefined {
  const result = v.safeParse(tabEnvelope, data);
  return result.success && isAuthorized(result.output) ? result.output : undefined;
}

/** Nobody may speak for another; muting another is the one thing a tab may do to it. */
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
