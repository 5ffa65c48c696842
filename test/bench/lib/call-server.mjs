// The call server as a process of its own, without limits of rate: a bench is one address. Prints its port.
import { createCallServer } from '../../../dist/server/index.js';

const server = createCallServer({
  secret: process.argv[2],
  host: '127.0.0.1',
  port: 0,
  logLevel: 'silent',
  messagesPerConnection: 0,
  messagesPerAddress: 0,
  connectionsPerAddress: 0,
  requestsPerAddress: 0,
});
console.log(new URL(await server.listen()).port);
process.on('message', () => {
  globalThis.gc?.();
  process.send({ cpu: process.cpuUsage(), memory: process.memoryUsage() });
});
process.stdin.resume().on('end', () => process.exit());
