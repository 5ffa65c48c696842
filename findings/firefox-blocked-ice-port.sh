#!/usr/bin/env bash
# Firefox: one STUN or TURN server on a port that web pages may not fetch from, and there is no RTCPeerConnection at all.
#
# 5060 and 5061 are SIP's, and VoIP people put their TURN server there; 10080 and 6000 look free. WebRTC names no forbidden
# ports: one expects a server that does not answer to be skipped, as the others in the list are still there. Chromium 156
# does that. Firefox 153 applies fetch's list of bad ports to `iceServers`: the constructor, and `setConfiguration`, throw a
# SyntaxError, although the URL is well formed and other servers in the same list could be used. So a server that hands out
# its list of ICE servers can keep every Firefox out of every call. Check the list entry by entry, and leave out what throws.
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

const server = createServer((request, response) =>
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>A page</title>'),
).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));

const make = (port) => {
  const iceServers = [{ urls: 'stun:stun.example.com:3478' }, { urls: `stun:stun.example.com:${port}` }];
  try {
    new RTCPeerConnection({ iceServers }).close();
    return 'made';
  } catch ({ name, message }) {
    return `${name}: ${message}`;
  }
};

const browsers = {
  chrome: { executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  firefox: { browser: 'firefox', executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr' },
};
const blocked = [5060, 5061, 6000, 10080];
for (const [name, options] of Object.entries(browsers)) {
  const browser = await puppeteer.launch(options);
  console.log(await browser.version());
  const page = await browser.newPage();
  await page.goto(`http://localhost:${server.address().port}/`);
  for (const port of [3478, ...blocked]) {
    const seen = await page.evaluate(make, port);
    console.log(`  stun.example.com:${port}: ${seen}`);
    const throws = name === 'firefox' && blocked.includes(port);
    if (throws ? !(seen.startsWith('SyntaxError') && seen.includes('blocked')) : seen !== 'made') {
      console.log('  The behaviour has changed.');
      process.exitCode = 1;
    }
  }
  await browser.close();
}
server.close();
PROBE
node probe.mjs
