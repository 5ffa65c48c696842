import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CallServerOptions } from '../../../src/server/call-server.js';
import { CallWorld, type Surroundings } from '../world/call-world.js';
import { TestNetwork } from './namespaces.js';

const wrapper = fileURLToPath(new URL('../../tools/run/browser-in-namespace.mjs', import.meta.url));

/**
 * A world in which the browsers of the profiles `ada` and `bob` run on two computers of a network, and the server on a third. Its pages
 * are not from localhost, so the browsers get a flag to trust their origin: otherwise there would be no cameras.
 */
export function createNetworkWorld(options: Partial<CallServerOptions> = {}): {
  readonly network: TestNetwork;
  readonly world: CallWorld;
} {
  const network = new TestNetwork();
  const host = network.address('server');
  const surroundings: Surroundings = {
    host,
    launchOptions: (_browser, executable, profile, origin) => ({
      executablePath: wrapper,
      env: {
        ...process.env,
        BROWSER_PATH: executable,
        BROWSER_NAMESPACE: network.namespace(profile === 'bob' ? 'bob' : 'ada'),
      },
      args: _browser === 'chromium' ? [`--unsafely-treat-insecure-origin-as-secure=${origin}`] : [],
      extraPrefsFirefox: {
        'dom.securecontext.allowlist': host,
        // Names of mDNS do not pass a router.
        'media.peerconnection.ice.obfuscate_host_addresses': false,
      },
    }),
  };
  const world = new CallWorld({ host: '0.0.0.0', ...options }, surroundings);
  after(() => network.destroy());
  return { network, world };
}
