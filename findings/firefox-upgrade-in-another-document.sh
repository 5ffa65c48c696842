#!/usr/bin/env bash
# A component that was moved to another document: Firefox never upgrades what is in its shadow root, Chromium does at once.
#
# A page moves a component into a picture-in-picture window or a frame; custom elements in its shadow root get their code
# later, by import(). In Chromium 156 they are upgraded the moment their name is defined in the page: the shadow root keeps the
# registry of the document that made it. In Firefox 153 they stay plain elements without methods or content as long as they
# are away, and customElements.upgrade() does nothing and says nothing; only the way back upgrades them. Outside a shadow
# root, neither browser upgrades an element that is away. So load the code of everything inside before the move.
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
  const frame = document.createElement('iframe');
  document.body.append(frame);
  await new Promise((done) => setTimeout(done, 300));
  const component = document.createElement('div');
  component.attachShadow({ mode: 'open' }).innerHTML = '<x-part></x-part>';
  const plain = document.createElement('x-part');
  document.body.append(component, plain);
  frame.contentDocument.body.append(component, plain);
  customElements.define(
    'x-part',
    class extends HTMLElement {
      isUpgraded = true;
    },
  );
  const part = component.shadowRoot.firstElementChild;
  const isUpgraded = (element) => element.isUpgraded ?? false;
  const seen = { inShadowRoot: isUpgraded(part), outside: isUpgraded(plain) };
  customElements.upgrade(part);
  seen.afterUpgrade = isUpgraded(part);
  document.body.append(component);
  seen.backInThePage = isUpgraded(part);
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
const expected = {
  chrome: { inShadowRoot: true, outside: false, afterUpgrade: true, backInThePage: true },
  firefox: { inShadowRoot: false, outside: false, afterUpgrade: false, backInThePage: true },
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
