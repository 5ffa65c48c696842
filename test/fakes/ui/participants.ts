import type { Participant } from '../../../src/domain/call/participant.js';

/** A participant with nothing special about it. */
export function participant(id: string, changes: Partial<Participant> = {}): Participant {
  return {
    id,
    uid: `uid-${id}`,
    name: id.toUpperCase(),
    avatar: '',
    order: id.charCodeAt(0),
    joinedAt: 0,
    connection: 'connected',
    audioMuted: false,
    videoPaused: false,
    screenSharing: false,
    recording: false,
    handRaisedAt: null,
    ...changes,
  };
}
