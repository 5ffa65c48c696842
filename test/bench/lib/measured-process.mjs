// For a server that is measured from outside: answers each message of its parent with what it has used, and ends with it.
process.on('message', () => {
  globalThis.gc?.();
  process.send({ cpu: process.cpuUsage(), memory: process.memoryUsage() });
});
process.stdin.resume().on('end', () => process.exit());
