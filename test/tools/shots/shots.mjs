// Photographs every situation of the interface into .shots/: `npm run shots`, or `npm run shots -- alone forty`.
// SIZES=390x844,1440x900 LOOKS=light,dark,rtl,forced OPEN=participants choose less or more; ZOOM=2 magnifies.
// LANGUAGE=he shows the words of a language. .shots/sheets/ has all pictures of a state on one sheet.
import { mkdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import puppeteer from 'puppeteer-core';
import { launchChromium } from '../run/browser-options.mjs';
import { ensureChromium } from '../run/ensure-browser.mjs';
import { serveGallery } from './gallery-server.mjs';

const zoom = Number(process.env.ZOOM ?? 1);

/** What is asked of the page, and what of the browser. */
const looks = {
  light: { theme: 'light', dir: 'ltr' },
  dark: { theme: 'dark', dir: 'ltr' },
  rtl: { theme: 'light', dir: 'rtl' },
  forced: { theme: 'light', dir: 'ltr', media: [{ name: 'forced-colors', value: 'active' }] },
};

const list = (name, usual) => (process.env[name] ?? usual).split(',').filter(Boolean);
const sizes = list('SIZES', '320x640,768x1024,1440x900').map((size) => size.split('x').map(Number));
const out = new URL('../../../.shots/', import.meta.url).pathname;
const sheets = `${out}sheets/`;
mkdirSync(sheets, { recursive: true });

const gallery = await serveGallery();
const { origin } = gallery;
const states = process.argv.length > 2 ? process.argv.slice(2) : gallery.states;

const browser = await puppeteer.launch(launchChromium(await ensureChromium()));
let problems = 0;

function watch(page) {
  const tell = (what) => {
    problems += 1;
    console.error(page.url(), what);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) tell(message.text());
  });
  page.on('pageerror', tell);
}

/** Takes one picture, and says where it is. */
async function shoot(page, devtools, { state, look, size: [width, height] }) {
  const { theme, dir, media = [] } = looks[look];
  const still = { name: 'prefers-reduced-motion', value: 'reduce' };
  await devtools.send('Emulation.setEmulatedMedia', { features: [still, ...media] });
  // As the browser's zoom: fewer CSS pixels in the same window.
  await page.setViewport({
    width: Math.round(width / zoom),
    height: Math.round(height / zoom),
    deviceScaleFactor: zoom,
  });
  const open = process.env.OPEN ? `&open=${process.env.OPEN}` : '';
  const lang = process.env.LANGUAGE ? `&lang=${process.env.LANGUAGE}` : '';
  await page.goto(`${origin}/?state=${state}&theme=${theme}&dir=${dir}${open}${lang}`, {
    waitUntil: 'domcontentloaded',
  });
  await page.waitForSelector('[data-ready]', { timeout: 60_000 });
  const name = [state, process.env.OPEN, process.env.LANGUAGE, look, `${width}x${height}`];
  const path = `${out}${[...name, zoom > 1 && `zoom${zoom}`].filter(Boolean).join('-')}.png`;
  await page.screenshot({ path });
  return path;
}

/** All pictures of a state on one sheet, a look per line: to be looked at. */
async function lay(page, state, lines) {
  const cell = (path) =>
    `<figure><img src="data:image/png;base64,${readFileSync(path, 'base64')}"><figcaption>${basename(path)}</figcaption></figure>`;
  await page.setContent(
    `<style>body{margin:6px;inline-size:max-content;background:#963;color:#fff;font:11px sans-serif}
    div{display:flex;gap:8px}figure{margin:0}img{display:block;max-inline-size:720px;max-block-size:440px}</style>
    ${lines.map((line) => `<div>${line.map(cell).join('')}</div>`).join('')}`,
  );
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await (await page.$('body')).screenshot({ path: `${sheets}${state}.png`, captureBeyondViewport: true });
}

try {
  const page = await browser.newPage();
  const table = await browser.newPage();
  await table.setViewport({ width: 1600, height: 100 });
  const devtools = await page.createCDPSession();
  watch(page);
  for (const state of states) {
    const lines = [];
    await page.bringToFront();
    for (const look of list('LOOKS', 'light,dark,rtl')) {
      const line = [];
      for (const size of sizes) line.push(await shoot(page, devtools, { state, look, size }));
      lines.push(line);
    }
    await table.bringToFront();
    await lay(table, state, lines);
  }
} finally {
  await browser.close();
  gallery.close();
}
if (problems > 0) process.exitCode = 1;
