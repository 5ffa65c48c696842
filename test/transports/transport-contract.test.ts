import type { TransportGrant } from '../../src/domain/call/transport-grant.js';
import { transportRows } from '../../src/transports/transport-rows.js';
import { transportContract } from '../contracts/transport.contract.js';
import { FakeNetwork } from '../fakes/session/fake-transport.js';

/**
 * The test server starts LiveKit for it, on the loopback address: see web-test-runner.config.mjs. Firefox finds no path to a
 * media server there.
 */
async function liveKitGrant(room: string, identity: string): Promise<TransportGrant | null> {
  if (navigator.userAgent.includes('Firefox')) return null;
  const answer = await fetch(`/livekit-grant?${new URLSearchParams({ room, identity })}`);
  return (await answer.json()) as TransportGrant | null;
}

transportContract('mesh', transportRows.mesh.load);
transportContract('sfu', transportRows.sfu.load, liveKitGrant);
transportContract('fake', async () => new FakeNetwork().create);
