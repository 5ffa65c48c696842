#!/usr/bin/env bash
# An ICE restart that Chromium offers and Firefox answers stops the video, while both say `connected`.
#
# restartIce() is what a page does when the network has changed, and it is harmless in all other pairs: Firefox offering to
# Chromium, Chromium to Chromium, Firefox to Firefox. Where Chromium 156 offers and Firefox 153 answers, Firefox shows no
# frame any more after the first restart or the second; a further restart does not bring it back. Nothing reports it: the
# ICE and connection states of both sides are `connected` for long (Firefox's later `checking`), no event is fired.
# Let Firefox offer the restart, or make a new RTCPeerConnection; and believe frames or bytes, not the state.
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

const browsers = {
  chromium: {
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
  firefox: {
    browser: 'firefox',
    executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
  },
};

/** A page with a camera and a connection that shows what it receives. */
async function open(name) {
  const browser = await puppeteer.launch(browsers[name]);
  const page = await browser.newPage();
  await page.goto(`http://localhost:${server.address().port}/`);
  await page.evaluate(async () => {
    window.connection = new RTCPeerConnection();
    window.camera = await navigator.mediaDevices.getUserMedia({ video: true });
    connection.onicecandidate = ({ candidate }) => candidate && window.sendCandidate(JSON.stringify(candidate));
    connection.ontrack = ({ track }) => {
      const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true });
      video.srcObject = new MediaStream([track]);
      document.body.append(video);
      window.frames = 0;
      const next = () => (++window.frames, video.requestVideoFrameCallback(next));
      next();
    };
  });
  return { browser, page };
}

async function negotiate(offerer, answerer, isRestart) {
  const offer = await offerer.page.evaluate(async (iceRestart) => {
    if (!iceRestart) connection.addTrack(camera.getTracks()[0], camera);
    await connection.setLocalDescription(await connection.createOffer({ iceRestart }));
    return connection.localDescription.sdp;
  }, isRestart);
  const answer = await answerer.page.evaluate(async (sdp, iceRestart) => {
    await connection.setRemoteDescription({ type: 'offer', sdp });
    if (!iceRestart) connection.addTrack(camera.getTracks()[0], camera);
    await connection.setLocalDescription();
    return connection.localDescription.sdp;
  }, offer, isRestart);
  await offerer.page.evaluate((sdp) => connection.setRemoteDescription({ type: 'answer', sdp }), answer);
}

/** Whether more than a few frames are shown in two seconds, once the negotiation has had four. */
async function shows({ page }) {
  return page.evaluate(async () => {
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    await wait(4000);
    const before = window.frames;
    await wait(2000);
    return window.frames - before > 3;
  });
}

for (const [offering, answering] of [
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
  ['firefox', 'firefox'],
]) {
  const [offerer, answerer] = [await open(offering), await open(answering)];
  for (const [from, to] of [
    [offerer, answerer],
    [answerer, offerer],
  ])
    await from.page.exposeFunction('sendCandidate', (candidate) =>
      to.page.evaluate((each) => connection.addIceCandidate(JSON.parse(each)).catch(() => undefined), candidate),
    );
  const seen = [];
  for (const isRestart of [false, true, true]) {
    await negotiate(offerer, answerer, isRestart);
    const shown = await Promise.all([shows(offerer), shows(answerer)]);
    const states = [offerer, answerer].map(({ page }) => page.evaluate(() => connection.connectionState));
    seen.push({ shown, states: await Promise.all(states) });
  }
  console.log(`${offering} offers, ${answering} answers`);
  seen.forEach(({ shown, states }, restarts) =>
    console.log(`  after ${restarts} restarts: frames ${shown.join(', ')}; ${states.join(', ')}`),
  );
  const stops = !seen[2].shown[1];
  if (!seen[0].shown.every(Boolean) || stops !== (offering === 'chromium')) {
    console.log('  The behaviour has changed.');
    process.exitCode = 1;
  }
  await Promise.all([offerer, answerer].map(({ browser }) => browser.close()));
}
server.close();
PROBE
node probe.mjs
