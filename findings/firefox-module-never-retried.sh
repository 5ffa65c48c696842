#!/usr/bin/env bash
# Firefox never asks again for a module that did not load once.
#
# A page that loads a part of its code with import() and offers "Try again" after a failure calls import() once more. In
# Chromium 156 that sends a new request and the module loads. Firefox 153 remembers the failure for the life of the page:
# every further import() of that URL fails without a request, whatever the server would say by now. A short fault of a
# server or of a deployment so becomes one that only a reload ends. What helps is another URL for the same file (a query).
#
# Needs Chromium (CHROME_PATH) and Firefox (FIREFOX_PATH). Prints what it saw; exits 1 when the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund puppeteer-core@24.10.0 2>/dev/null
cat >probe.mjs <<'PROBE'
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

let requests = 0;
const server = createServer((request, response) => {
  if (!request.url.startsWith('/part.js'))
    return void response.setHeader('content-type', 'text/html').end('<!doctype html><title>A page</title>');
  requests += 1;
  response.statusCode = requests === 1 ? 503 : 200;
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-type', 'text/javascript').end('export const loaded = true;');
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));

const importPart = (url) =>
  import(url).then(
    () => 'loaded',
    () => 'failed',
  );

const browsers = {
  chrome: { executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  firefox: { browser: 'firefox', executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr' },
};
const expected = {
  chrome: 'failed (1 request), again: loaded (2), with a query: loaded (3)',
  firefox: 'failed (1 request), again: failed (1), with a query: loaded (2)',
};
for (const [name, options] of Object.entries(browsers)) {
  requests = 0;
  const browser = await puppeteer.launch(options);
  const page = await browser.newPage();
  await page.goto(`http://localhost:${server.address().port}/`);
  const first = `${await page.evaluate(importPart, '/part.js')} (${requests} request)`;
  const again = `${await page.evaluate(importPart, '/part.js')} (${requests})`;
  const query = `${await page.evaluate(importPart, '/part.js?2')} (${requests})`;
  const seen = `${first}, again: ${again}, with a query: ${query}`;
  console.log(`${await browser.version()}: ${seen}`);
  await browser.close();
  if (seen !== expected[name]) {
    console.log(`  The behaviour has changed. It was: ${expected[name]}`);
    process.exitCode = 1;
  }
}
server.close();
PROBE
node probe.mjs
