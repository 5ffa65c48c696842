#!/usr/bin/env bash
# A custom element in a frame is not told that the frame is gone, and says that it is still connected.
#
# A component that holds a camera or a socket releases them in disconnectedCallback. When the page removes the iframe in which
# the element lives (a modal, a preview, a picture-in-picture window of one's own), neither Chromium 156 nor Firefox 153 runs
# the callback: the document of the frame goes, but nothing is removed from it. `isConnected` stays true, and an element whose
# class was made in the outer page goes on running. `pagehide` of the frame's window is what tells it, and
# `ownerDocument.defaultView` is null afterwards. An element in a document of createHTMLDocument is connected as well.
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
  const calls = [];
  class Call extends HTMLElement {
    connectedCallback() {
      calls.push('connected');
      this.ownerDocument.defaultView?.addEventListener('pagehide', () => calls.push('pagehide'));
    }
    disconnectedCallback() {
      calls.push('disconnected');
    }
  }
  customElements.define('x-call', Call);
  const settled = () => new Promise((done) => setTimeout(done, 300));
  const frame = document.createElement('iframe');
  document.body.append(frame);
  await settled();
  const element = document.createElement('x-call');
  frame.contentDocument.body.append(element);
  frame.remove();
  await settled();
  const seen = { frame: [...calls], isConnected: element.isConnected, window: element.ownerDocument.defaultView };
  calls.length = 0;
  document.implementation.createHTMLDocument().body.append(element);
  return { ...seen, documentWithoutWindow: [...calls, element.isConnected] };
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
const both = {
  frame: ['connected', 'pagehide'],
  ...{ isConnected: true, window: null },
  documentWithoutWindow: ['disconnected', 'connected', true],
};
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
