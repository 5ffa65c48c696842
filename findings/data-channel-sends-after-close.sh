#!/usr/bin/env bash
# After RTCPeerConnection.close(), its data channel still says `open` and takes messages.
#
# The WebRTC standard sets every channel to `closed` within close(), and send() on one that is not open raises
# InvalidStateError. So `if (channel.readyState === 'open') channel.send(…)` looks safe. In Chromium 156 and Firefox 153 the
# channel stays `open` for the rest of the task and its microtasks, and send() returns as if the message had gone; it is lost
# without an error. The state changes in a later task, with the `close` event. Code that closes a connection has to remember it,
# and what must arrive needs an acknowledgement.
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
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>A page</title><body>'),
).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));

const probe = async () => {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  near.onicecandidate = ({ candidate }) => candidate && far.addIceCandidate(candidate);
  far.onicecandidate = ({ candidate }) => candidate && near.addIceCandidate(candidate);
  const channel = near.createDataChannel('a');
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription);
  await new Promise((done) => (channel.onopen = done));
  const closed = new Promise((done) => (channel.onclose = done));
  near.close();
  const seen = [near.connectionState, channel.readyState];
  try {
    channel.send('after the end');
    seen.push('sent');
  } catch ({ name }) {
    seen.push(name);
  }
  await undefined;
  seen.push(`after a microtask: ${channel.readyState}`);
  await closed;
  seen.push(`at its close event: ${channel.readyState}`);
  return seen;
};

const browsers = {
  chrome: {
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
  firefox: {
    browser: 'firefox',
    executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
  },
};
const both = ['closed', 'open', 'sent', 'after a microtask: open', 'at its close event: closed'];
const expected = { chrome: both, firefox: both };
for (const [name, options] of Object.entries(browsers)) {
  const browser = await puppeteer.launch(options);
  const page = await browser.newPage();
  await page.goto(`http://localhost:${server.address().port}/`);
  const seen = await page.evaluate(probe);
  console.log(`${await browser.version()}: ${JSON.stringify(seen)}`);
  await browser.close();
  if (JSON.stringify(seen) !== JSON.stringify(expected[name])) {
    console.log(`  The behaviour has changed. It was: ${JSON.stringify(expected[name])}`);
    process.exitCode = 1;
  }
}
server.close();
PROBE
node probe.mjs
