import { after, before } from 'node:test';
import type { CallServerOptions } from '../../../src/server/call-server.js';
import { startCoturn } from '../../tools/run/services/coturn.mjs';
import type { CallPage } from '../world/call-page.js';
import { CallWorld, type Surroundings } from '../world/call-world.js';

const turnSecret = 'a secret of coturn, of enough bytes';

/** Its certificate is signed by nobody. Firefox has no such switch. */
const surroundings: Surroundings = {
  host: '127.0.0.1',
  launchOptions: (browser) => (browser === 'chromium' ? { args: ['--ignore-certificate-errors'] } : {}),
};

/** Runs in a page before all else: no connection of it gets through but by a relay, as behind a strict firewall. */
export function relayOnly(): void {
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceTransportPolicy: 'relay' });
    }
  };
}

/** A coturn until the end of the file; `skip` says so where there is none. */
export async function createRelayNetwork() {
  const coturn = await startCoturn({ secret: turnSecret });
  after(() => coturn?.stop());
  const { port, tlsPort } = coturn ?? { port: 0, tlsPort: 0 };
  return {
    skip: !coturn && 'COTURN IS MISSING',
    port,
    urls: {
      udp: `turn:127.0.0.1:${port}?transport=udp`,
      tcp: `turn:127.0.0.1:${port}?transport=tcp`,
      tls: `turns:127.0.0.1:${tlsPort}?transport=tcp`,
    },
    /** A world whose server gives credentials for these TURN servers. Started with the suite. */
    world(turnUrls: string, options: Partial<CallServerOptions> = {}): CallWorld {
      const world = new CallWorld(coturn ? { turnSecret, turnUrls, ...options } : {}, surroundings);
      before(() => world.start());
      return world;
    },
  };
}

/** How the pages' ends of the connections that carry media reach the relay: `relay udp`, once per connection. */
export function pathsOf({ page }: CallPage): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const paths: string[] = [];
    for (const connection of window.observed.connections) {
      if (connection.connectionState !== 'connected') continue;
      const reports = new Map<string, Record<string, unknown>>();
      (await connection.getStats()).forEach((report: { id: string }) =>
        reports.set(report.id, report as unknown as Record<string, unknown>),
      );
      const pairs = [...reports.values()].filter(
        ({ type, nominated, state }) =>
          type === 'candidate-pair' && nominated === true && state === 'succeeded',
      );
      for (const { localCandidateId } of pairs) {
        const local = reports.get(localCandidateId as string);
        paths.push(`${local?.['candidateType'] as string} ${local?.['relayProtocol'] as string}`);
      }
    }
    return paths;
  });
}
