#!/usr/bin/env bash
# livekit-client 2.23.0 switches a disabled microphone on.
#
# A page that mutes with `track.enabled = false`, as WebRTC applications do, and then hands the track to LiveKit expects
# it to stay silent until it is unmuted. The constructor of LocalAudioTrack sets `enabled` back to true and says that the
# track is not muted, before anything is published. So a participant who muted before a call moved to LiveKit is audible, although
# the page never enabled the track. Mute through LiveKit, or give it a track of your own and put the real one on the
# RTCRtpSender.
#
# Needs Chromium (CHROME_PATH, or `chromium` on the path). Prints what it saw; exits 1 when the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund livekit-client@2.23.0 puppeteer-core@24.10.0 2>/dev/null
cat >probe.mjs <<'PROBE'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

const script = readFileSync('node_modules/livekit-client/dist/livekit-client.umd.js');
const server = createServer((request, response) => {
  if (request.url === '/livekit.js') response.setHeader('content-type', 'text/javascript').end(script);
  else response.setHeader('content-type', 'text/html').end('<!doctype html><script src="/livekit.js"></script>');
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const seen = await page.evaluate(async () => {
  const capture = async () => {
    const [track] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks();
    track.enabled = false;
    return track;
  };
  const settled = () => new Promise((done) => setTimeout(done, 500));
  const first = await capture();
  const local = new window.LivekitClient.LocalAudioTrack(first, undefined, true);
  await settled();
  const constructed = first.enabled;
  return { constructed, isMuted: local.isMuted };
});
const version = await browser.version();
await browser.close();
server.close();
console.log(`${version}, livekit-client 2.23.0: a track with enabled = false`);
console.log(`  after new LocalAudioTrack(track): enabled = ${seen.constructed}, isMuted = ${seen.isMuted}`);
if (!seen.constructed || seen.isMuted) {
  console.log('The behaviour has changed.');
  process.exitCode = 1;
}
PROBE
node probe.mjs
