import { after, before } from 'node:test';
import type { CallServerOptions } from '../../../src/server/call-server.js';
import { apiKey, apiSecret, startLiveKit } from '../../tools/run/services/livekit-server.mjs';
import { CallWorld } from '../world/call-world.js';

/** A world whose server has a LiveKit of its own, for calls of more than two; `skip` says so where there is none. */
export async function createSfuWorld(options: Partial<CallServerOptions> = {}) {
  const liveKit = await startLiveKit();
  if (!liveKit && ['1', 'true'].includes(process.env['CI'] ?? ''))
    throw new Error('With CI set, LiveKit is needed.');
  after(() => liveKit?.stop());
  const world = new CallWorld({
    meshLimit: 2,
    ...(liveKit && { livekitUrl: liveKit.url, livekitApiKey: apiKey, livekitApiSecret: apiSecret }),
    ...options,
  });
  before(() => world.start());
  return { world, skip: !liveKit && 'LIVEKIT IS MISSING' };
}
