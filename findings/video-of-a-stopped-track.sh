#!/usr/bin/env bash
# A video whose stream gets a new camera track after the old one stopped shows neither, in each browser for another reason.
#
# To switch cameras, a page stops the track, asks for another and adds it to the stream that the <video> plays. By the media
# capture standard the element ends when its stream becomes inactive, and plays a stream that is active again.
#   Chromium 156: the element never ends: no `ended`, no `pause`, `ended` is false; the last picture stands. The new track is
#     not shown while the stopped one is in the stream, whatever play() says; removing the dead track helps at once.
#   Firefox 153: the element ends and pauses. The new track shows after play(), with the dead track still there.
# So code that waits for `ended` works in Firefox only, and code that calls play() again works in Firefox only. A new
# MediaStream for each new track works in both.
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
  const camera = async () => (await navigator.mediaDevices.getUserMedia({ video: true })).getVideoTracks()[0];
  const video = Object.assign(document.createElement('video'), { muted: true });
  document.body.append(video);
  /** Whether a new picture is shown within a second and a half. */
  const shows = () =>
    new Promise((done) => {
      const timer = setTimeout(() => done(false), 1500);
      let frames = 0;
      const next = () => (++frames > 3 ? (clearTimeout(timer), done(true)) : video.requestVideoFrameCallback(next));
      video.requestVideoFrameCallback(next);
    });
  const events = [];
  for (const type of ['ended', 'pause']) video.addEventListener(type, () => events.push(type));
  const first = await camera();
  const stream = new MediaStream([first]);
  video.srcObject = stream;
  await video.play();
  const seen = { atFirst: await shows() };
  first.stop();
  seen.afterStop = await shows();
  seen.events = events.join(' ');
  stream.addTrack(await camera());
  seen.withTheNewTrack = await shows();
  void video.play();
  seen.afterPlay = await shows();
  stream.removeTrack(first);
  seen.withoutTheStoppedTrack = await shows();
  video.srcObject = new MediaStream(stream.getTracks());
  await video.play();
  seen.inANewStream = await shows();
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
const seen = (events, afterPlay) => ({
  ...{ atFirst: true, afterStop: false, events, withTheNewTrack: false, afterPlay },
  ...{ withoutTheStoppedTrack: true, inANewStream: true },
});
const expected = { chrome: seen('', false), firefox: seen('pause ended', true) };
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
