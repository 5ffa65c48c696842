#!/usr/bin/env bash
# Chromium: while one capture of a camera lives, a second one cannot be larger, and nothing says so.
#
# A page previews the camera in a small size and then asks getUserMedia for 1280x720, or two widgets of one page use one
# camera. Constraints without `exact` are wishes for each track, so one expects 1280x720, as it comes when asked alone, or at
# least after applyConstraints. Chromium 156 gives the second track the size of the first and resolves applyConstraints
# without a change; once the first track has stopped, the same applyConstraints works. The other way round, a smaller second
# capture, it scales down. Firefox 153 gives each track its own size. (`exact` is OverconstrainedError in both.)
# Stop the small capture before the large one is opened, or call applyConstraints again when it has stopped.
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
  const capture = async (width, height) =>
    (await navigator.mediaDevices.getUserMedia({ video: { width, height } })).getVideoTracks()[0];
  const size = (track) => `${track.getSettings().width}x${track.getSettings().height}`;
  const hd = { width: 1280, height: 720 };
  const alone = await capture(1280, 720);
  const seen = { alone: size(alone) };
  alone.stop();
  const small = await capture(640, 480);
  const large = await capture(1280, 720);
  seen.second = size(large);
  await large.applyConstraints(hd);
  seen.applied = size(large);
  small.stop();
  await large.applyConstraints(hd);
  seen.appliedWhenTheFirstHasStopped = size(large);
  const smallerSecond = await capture(320, 240);
  seen.smallerSecond = size(smallerSecond);
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
const own = { alone: '1280x720', second: '1280x720', applied: '1280x720' };
const after = { appliedWhenTheFirstHasStopped: '1280x720', smallerSecond: '320x240' };
const expected = {
  chrome: { ...own, second: '640x480', applied: '640x480', ...after },
  firefox: { ...own, ...after },
};
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
