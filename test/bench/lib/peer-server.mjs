// PeerJS's own server, as a process of its own. Prints its port.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { PeerServer } = createRequire(join(process.cwd(), '.bench/'))('peer');
PeerServer({ port: 0, host: '127.0.0.1', path: '/', concurrent_limit: 20_000 }, (server) =>
  console.log(server.address().port),
);
process.on('message', () => {
  globalThis.gc?.();
  process.send({ cpu: process.cpuUsage(), memory: process.memoryUsage() });
});
process.stdin.resume().on('end', () => process.exit());
