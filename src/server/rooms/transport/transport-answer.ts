import { createHash } from 'node:crypto';
import { isViewer, type ParticipantId } from '../../../domain/call/participant.js';
import type { TransportAnswer } from '../../../protocol/messages.js';
import { createLiveKitToken } from '../../auth/livekit-token.js';
import type { ServerConfig } from '../../config/server-config.js';
import { iceServersFor } from './ice-servers.js';
import { participantIn, type Room } from '../room.js';

/** LiveKit refuses room names above 256 characters. */
const maxNameLength = 200;

/** The transport of the room, and what this participant needs for it. */
export async function createTransportAnswer(
  room: Room,
  id: ParticipantId,
  { config, now }: { readonly config: ServerConfig; readonly now: number },
): Promise<TransportAnswer> {
  const { transport, generation } = room.media;
  const { livekit } = config;
  if (transport === 'mesh' || !livekit)
    return {
      generation,
      transport: 'mesh',
      iceServers: iceServersFor(participantIn(room, id).uid, config, now),
    };
  const canPublish = !isViewer(participantIn(room, id));
  const token = await createLiveKitToken(livekit, { room: liveKitRoom(room), identity: id, canPublish });
  return { generation, transport: 'sfu', url: livekit.url, token };
}

/** Each generation has its own LiveKit room, so a late client of an older generation cannot disturb the call. */
function liveKitRoom({ sessionId, media: { generation } }: Room): string {
  const name =
    sessionId.length <= maxNameLength
      ? sessionId
      : createHash('sha256').update(sessionId).digest('base64url');
  return `${name}#${generation}`;
}
