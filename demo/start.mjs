// `npm start`: on a machine that has nothing but Node, installs, builds, and serves the demo and the call server on one port.
// PORT and HOST set the address; further words go to the server.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from '../test/tools/bootstrap.mjs';

process.chdir(root);
try {
  ensureInstalled();
  ensureBuilt();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const cli = join(root, 'dist/server/cli.js');
process.argv = [
  process.execPath,
  cli,
  'serve',
  '--dev',
  '--demo',
  'demo',
  '--dist',
  'dist',
  ...process.argv.slice(2),
];
await import(pathToFileURL(cli).href);
