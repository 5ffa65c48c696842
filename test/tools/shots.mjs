// Photographs every situation of the interface into .shots/: `npm run shots`, or `npm run shots -- alone forty`.
// SIZES=390x844,1440x900 LOOKS=light,dark,rtl,forced OPEN=participants choose less or more; ZOOM=2 magnifies.
// LANGUAGE=he shows the words of a language.
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';
import { launchChromium } from './browser-options.mjs';
import { ensureChromium } from './ensure-browser.mjs';

const root = new URL('../../', import.meta.url).pathname;
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
const out = new URL('../../.shots/', import.meta.url).pathname;
mkdirSync(out, { recursive: true });

const bundle = async (entry) => {
  const { outputFiles } = await build({
    entryPoints: [`${root}test/${entry}`],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    tsconfig: `${root}tsconfig.json`,
    logLevel: 'error',
  });
  return outputFiles[0].contents;
};
const script = await bundle('harness/gallery.ts');
const { galleryStates } = await import(
  `data:text/javascript;base64,${Buffer.from(await bundle('fakes/gallery-states.ts')).toString('base64')}`
);
const states = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(galleryStates);

// As strict as a page can be: an inline style or script anywhere in the interface would be refused.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'none'; media-src blob: mediastream:; img-src 'self'";
const server = createServer(({ url }, response) => {
  if (url === '/gallery.js') return response.setHeader('content-type', 'text/javascript').end(script);
  response.setHeader('content-security-policy', policy).setHeader('content-type', 'text/html');
  response.end(
    '<!doctype html><html lang="en"><title>Gallery</title><body><script type="module" src="/gallery.js"></script>',
  );
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await puppeteer.launch(launchChromium(await ensureChromium()));
let problems = 0;
try {
  const page = await browser.newPage();
  const devtools = await page.createCDPSession();
  const still = { name: 'prefers-reduced-motion', value: 'reduce' };
  page.on('console', (message) => {
    if (message.type() !== 'error' || message.text().includes('favicon')) return;
    problems += 1;
    console.error(page.url(), message.text());
  });
  page.on('pageerror', (error) => {
    problems += 1;
    console.error(page.url(), error);
  });
  for (const state of states)
    for (const look of list('LOOKS', 'light,dark,rtl')) {
      const { theme, dir, media = [] } = looks[look];
      await devtools.send('Emulation.setEmulatedMedia', { features: [still, ...media] });
      for (const [width, height] of sizes) {
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
        const name = [
          state,
          process.env.OPEN,
          process.env.LANGUAGE,
          look,
          `${width}x${height}`,
          zoom > 1 && `zoom${zoom}`,
        ].filter(Boolean);
        await page.screenshot({ path: `${out}${name.join('-')}.png` });
      }
    }
} finally {
  await browser.close();
  server.close();
}
if (problems > 0) process.exitCode = 1;
