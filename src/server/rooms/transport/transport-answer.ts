import { isViewer, type ParticipantId } from '../../../domain/call/participant.js';
import type { TransportAnswer } from '../../../protocol/messages.js';
import { createLiveKitToken } from '../../auth/livekit-token.js';
import type { ServerConfig } from '../../config/server-config.js';
import { liveKitRoom } from './livekit-rooms.js';
import { iceServersFor } from './ice-servers.js';
import { participantIn, type Room } from '../room.js';

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
  const token = await createLiveKitToken(livekit, {
    room: liveKitRoom(room.sessionId, generation),
    identity: id,
    canPublish,
  });
  return { generation, transport: 'sfu', url: livekit.url, token };
}
