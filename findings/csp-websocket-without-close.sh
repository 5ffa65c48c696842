#!/usr/bin/env bash
# A WebSocket that the Content-Security-Policy forbids never closes in Chromium, and cannot be made in Firefox.
#
# The WebSockets standard fails such a connection like any other: the constructor returns, and `error` and then `close` are
# fired. Code that reconnects or tells the user in `onclose`, as nearly all does, relies on it. Chromium 156 fires `error`
# and sets readyState to CLOSED, but never fires `close`. Firefox 153 throws from the constructor, and what it throws is no
# DOMException: its name is NS_ERROR_CONTENT_BLOCKED and its message is empty, so `error instanceof DOMException` and a
# message for the log both fail. In both, `close` comes as usual for a server that is allowed and does not answer.
# Listen to `error` as well as `close`, put the constructor into `try`, and name the cause from `securitypolicyviolation`.
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

const server = createServer((request, response) => {
  response.setHeader('content-security-policy', "connect-src 'self'");
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>A page with a policy</title>');
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const origin = `localhost:${server.address().port}`;

/** What a socket tells the page within three seconds. */
const watch = async (url) => {
  const seen = [];
  document.addEventListener('securitypolicyviolation', () => seen.push('securitypolicyviolation'));
  try {
    const socket = new WebSocket(url);
    socket.onerror = () => seen.push('error');
    socket.onclose = ({ code }) => seen.push(`close ${code}`);
    await new Promise((done) => setTimeout(done, 3000));
    seen.push(`readyState ${socket.readyState}`);
  } catch (error) {
    seen.push(`the constructor throws ${error.name}, DOMException: ${error instanceof DOMException}`);
    await new Promise((done) => setTimeout(done, 500));
  }
  return seen.join(', ');
};

const browsers = {
  chrome: { executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  firefox: { browser: 'firefox', executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr' },
};
const expected = {
  chrome: { forbidden: 'securitypolicyviolation, error, readyState 3', allowed: 'error, close 1006, readyState 3' },
  firefox: {
    forbidden: 'the constructor throws NS_ERROR_CONTENT_BLOCKED, DOMException: false, securitypolicyviolation',
    allowed: 'error, close 1006, readyState 3',
  },
};
for (const [name, options] of Object.entries(browsers)) {
  const browser = await puppeteer.launch(options);
  console.log(await browser.version());
  for (const [which, url] of Object.entries({ forbidden: 'wss://example.com/', allowed: `ws://${origin}/` })) {
    const page = await browser.newPage();
    await page.goto(`http://${origin}/`);
    const seen = await page.evaluate(watch, url);
    await page.close();
    console.log(`  ${which}: ${seen}`);
    if (seen !== expected[name][which]) {
      console.log(`  The behaviour has changed. It was: ${expected[name][which]}`);
      process.exitCode = 1;
    }
  }
  await browser.close();
}
server.close();
PROBE
node probe.mjs
