import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ParticipantId } from '../../../domain/call/participant.js';
import { createLiveKitAdminToken, type LiveKitKey } from '../../auth/livekit-token.js';
import { errorFields, type ServerLog } from '../../monitoring/server-log.js';
import type { Room } from '../room.js';

/** LiveKit refuses room names above 256 characters. */
const maxNameLength = 200;

const timeoutMs = 5000;
const retriesMs = [1000, 5000] as const;

interface LiveKitRoomsOptions {
  readonly livekit: LiveKitKey & { readonly url: string };
  readonly log: ServerLog;
  readonly signal: AbortSignal;
}

/**
 * Takes participants that are no longer in the call out of its LiveKit room too: a page that keeps its connection to LiveKit would
 * go on to send and receive.
 */
export class LiveKitRooms {
  readonly #options: LiveKitRoomsOptions;

  constructor(options: LiveKitRoomsOptions) {
    this.#options = options;
  }

  /** `after`: the room without those who were removed from `before`. */
  changed(before: Room, after: Room): void {
    const names = liveKitRoomsOf(before);
    if (names.length === 0) return;
    const present = new Set(after.participants.map(({ id }) => id));
    for (const { id } of before.participants)
      if (!present.has(id)) for (const name of names) void this.#remove(name, id);
  }

  /** Never rejects. */
  async #remove(room: string, identity: ParticipantId): Promise<void> {
    const { log, signal } = this.#options;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        return await this.#request(room, identity);
      } catch (error) {
        const ms = retriesMs[attempt];
        if (ms === undefined)
          return log('warn', 'a participant was not removed from LiveKit', errorFields(error));
        await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  /** https://docs.livekit.io/reference/other/roomservice-api/#removeparticipant */
  async #request(room: string, identity: ParticipantId): Promise<void> {
    const { livekit } = this.#options;
    const base = livekit.url.replace(/^ws/, 'http').replace(/\/+$/, '');
    const response = await fetch(`${base}/twirp/livekit.RoomService/RemoveParticipant`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await createLiveKitAdminToken(livekit, room)}`,
      },
      body: JSON.stringify({ room, identity }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    // Most have already left.
    if (!response.ok && response.status !== 404) throw new Error(`LiveKit answered ${response.status}`);
  }
}

/** Each generation has its own LiveKit room, so a late client of an older generation cannot disturb the call. */
export function liveKitRoom(sessionId: string, generation: number): string {
  const name =
    sessionId.length <= maxNameLength
      ? sessionId
      : createHash('sha256').update(sessionId).digest('base64url');
  return `${name}#${generation}`;
}

/** The LiveKit rooms in which participants may be: also that which the call is leaving. */
function liveKitRoomsOf({ sessionId, media }: Room): readonly string[] {
  const { transport, generation, settled } = media;
  if (transport === 'sfu') return [liveKitRoom(sessionId, generation)];
  return settled ? [] : [liveKitRoom(sessionId, generation - 1)];
}
