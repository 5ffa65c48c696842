// The call server as a process of its own, without limits of rate: a bench is one address. Prints its port.
import { createCallServer } from '../../../../dist/server/index.js';
import '../measured-process.mjs';

const server = createCallServer({
  secret: process.argv[2],
  host: '127.0.0.1',
  port: 0,
  logLevel: 'silent',
  messagesPerConnection: 0,
  messagesPerAddress: 0,
  bytesPerConnection: 0,
  bytesPerAddress: 0,
  connectionsPerAddress: 0,
  requestsPerAddress: 0,
});
console.log(new URL(await server.listen()).port);
