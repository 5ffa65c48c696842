import { ManualClock } from '../../../fakes/session/manual-clock.js';
import { startServer, type TestServer } from '../../harness/test-server.js';

export const server = await startServer({ sessionsPerUser: 1000 });

let rooms = 0;

export const newRoom = (): string => `room-${(rooms += 1)}`;

export const offer = { type: 'offer', sdp: 'v=0' } as const;

/** A server with the default limits, whose time passes only when it is told to. */
export async function serverWithClock(options: Parameters<typeof startServer>[0] = {}) {
  const clock = new ManualClock(Date.now());
  return { own: await startServer({ clock, ...options }), clock };
}

export async function pair(on: TestServer = server) {
  const room = newRoom();
  const a = await on.member('ada', room);
  const b = await on.member('bob', room);
  await a.client.receives('participant-joined');
  return { room, a, b };
}
