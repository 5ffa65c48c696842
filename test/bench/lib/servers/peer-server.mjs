// PeerJS's own server, as a process of its own. Prints its port.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import '../measured-process.mjs';

const { PeerServer } = createRequire(join(process.cwd(), '.bench/'))('peer');
PeerServer({ port: 0, host: '127.0.0.1', path: '/', concurrent_limit: 20_000 }, (server) =>
  console.log(server.address().port),
);
