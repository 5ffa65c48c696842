#!/usr/bin/env node
// Starts BROWSER_PATH inside the network namespace BROWSER_NAMESPACE, with the arguments that it was given. A namespace has a loopback
// of its own, so the debugging port that the browser announces is made reachable here under the same number.
import { spawn } from 'node:child_process';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const { BROWSER_PATH = '', BROWSER_NAMESPACE = '' } = process.env;
const inNamespace = (...command) => ['netns', 'exec', BROWSER_NAMESPACE, ...command];

const browser = spawn('ip', inNamespace(BROWSER_PATH, ...process.argv.slice(2)), {
  stdio: ['inherit', 'inherit', 'pipe'],
});
browser.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
createInterface({ input: browser.stderr }).on('line', async (line) => {
  const port = /listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
  if (port) await forward(Number(port));
  process.stderr.write(`${line}\n`);
});

/** A Unix socket belongs to no network, so it leads into the namespace. */
async function forward(port) {
  const path = join(tmpdir(), `${BROWSER_NAMESPACE}-${port}.sock`);
  const script = `
    const { createServer, connect } = require('node:net');
    createServer((from) => {
      const to = connect(${port}, '127.0.0.1');
      from.pipe(to).pipe(from);
      for (const each of [from, to]) each.on('error', () => { from.destroy(); to.destroy(); });
    }).listen(${JSON.stringify(path)}, () => console.log('ready'));`;
  const inside = spawn('ip', inNamespace(process.execPath, '-e', script), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => inside.kill());
  await new Promise((ready) => inside.stdout.once('data', ready));
  const server = createServer((from) => {
    const to = connect(path);
    from.pipe(to).pipe(from);
    for (const each of [from, to])
      each.on('error', () => {
        from.destroy();
        to.destroy();
      });
  });
  await new Promise((listening) => server.listen(port, '127.0.0.1', listening));
}
