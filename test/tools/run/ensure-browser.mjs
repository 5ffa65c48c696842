// Finds the browsers of the tests, or gets them. `node test/tools/run/ensure-browser.mjs` prints what it found as JSON.
//
// Chromium: CHROME_PATH, an installed browser, puppeteer's cache, Chrome for Testing, apt-get (as root), the npm registry.
// Firefox:  FIREFOX_PATH, an installed browser, puppeteer's cache, apt-get (as root).
// NO_BROWSER_DOWNLOAD=1 stops before the first download.
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { arch, homedir, platform } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { aptInstall } from './apt-install.mjs';

const here = import.meta.dirname;
const mayDownload = process.env.NO_BROWSER_DOWNLOAD !== '1';
const log = (...words) => console.error('[ensure-browser]', ...words);

const chromium = {
  name: 'Chromium',
  env: ['CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'],
  cached: 'chrome',
  debian: 'chromium',
  commands: [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
    'brave-browser',
  ],
  mac: ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Google Chrome for Testing', 'Brave Browser'].map(
    (name) => `${name}.app/Contents/MacOS/${name}`,
  ),
  windows: [
    'Google/Chrome/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe',
    'BraveSoftware/Brave-Browser/Application/brave.exe',
  ],
  advice:
    'install one (Debian, Ubuntu: sudo apt-get install chromium; macOS: brew install --cask google-chrome; ' +
    'anywhere: npx @puppeteer/browsers install chrome@stable) or set CHROME_PATH',
};

const firefox = {
  name: 'Firefox',
  env: ['FIREFOX_PATH'],
  cached: 'firefox',
  debian: 'firefox-esr',
  commands: ['firefox-esr', 'firefox'],
  mac: ['Firefox.app/Contents/MacOS/firefox'],
  windows: ['Mozilla Firefox/firefox.exe'],
  advice:
    'install it (Debian: sudo apt-get install firefox-esr; macOS: brew install --cask firefox; ' +
    'anywhere: npx @puppeteer/browsers install firefox@stable) or set FIREFOX_PATH',
};

/** A launcher without its browser (a distribution's stub for a snap, say) is found out by asking for the version. */
function answers(file) {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return false;
  }
  return platform() !== 'linux' || spawnSync(file, ['--version'], { timeout: 30_000 }).status === 0;
}

function fromEnvironment({ env }) {
  const name = env.find((each) => process.env[each]);
  if (!name) return undefined;
  if (!existsSync(process.env[name])) throw new Error(`${name}=${process.env[name]} does not exist`);
  return process.env[name];
}

function installed({ commands, mac, windows }) {
  const under = (folders, files) =>
    folders.filter(Boolean).flatMap((folder) => files.map((file) => path.join(folder, file)));
  const places = {
    darwin: () => under(['/Applications', path.join(homedir(), 'Applications')], mac),
    win32: () =>
      under([process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA], windows),
  }[platform()];
  const files =
    places?.() ??
    under([...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/snap/bin'], commands);
  return files.find((file) => existsSync(file) && answers(file));
}

async function puppeteerCache({ cached }, { download = false } = {}) {
  const browsers = await import('@puppeteer/browsers');
  const cacheDir = process.env.PUPPETEER_CACHE_DIR ?? path.join(homedir(), '.cache', 'puppeteer');
  const have = await browsers.getInstalledBrowsers({ cacheDir }).catch(() => []);
  const found = have.filter((each) => each.browser === cached && existsSync(each.executablePath)).at(-1);
  if (found || !download) return found?.executablePath;
  const system = browsers.detectBrowserPlatform();
  const buildId = await browsers.resolveBuildId(cached, system, 'stable');
  return (await browsers.install({ browser: cached, cacheDir, platform: system, buildId })).executablePath;
}

function aptGet(browser) {
  return aptInstall(browser.debian) ? installed(browser) : undefined;
}

/** @sparticuz/chromium: a headless shell with the libraries it needs, packed with brotli. */
function npmRegistry() {
  if (platform() !== 'linux' || arch() !== 'x64') return undefined;
  const folder = path.join(here, 'node_modules', 'npm-chromium');
  const unpacked = path.join(folder, 'unpacked');
  const browser = path.join(unpacked, 'chromium');
  if (!existsSync(browser)) {
    mkdirSync(unpacked, { recursive: true });
    for (const file of ['package.json', 'package-lock.json'])
      copyFileSync(path.join(here, 'npm-chromium', file), path.join(folder, file));
    const install = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    if (spawnSync('npm', install, { cwd: folder, stdio: ['ignore', 2, 2], timeout: 600_000 }).status !== 0)
      return undefined;
    const packed = (file) =>
      brotliDecompressSync(readFileSync(path.join(folder, 'node_modules/@sparticuz/chromium/bin', file)));
    for (const archive of ['al2023', 'swiftshader', 'fonts'])
      if (spawnSync('tar', ['x', '-C', unpacked], { input: packed(`${archive}.tar.br`) }).status !== 0)
        log(`could not unpack ${archive}`);
    writeFileSync(browser, packed('chromium.br'), { mode: 0o755 });
  }
  const launcher = path.join(unpacked, 'run.sh');
  const libraries = path.join(unpacked, 'lib');
  writeFileSync(
    launcher,
    `#!/bin/sh\nLD_LIBRARY_PATH="${libraries}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "${browser}" "$@"\n`,
  );
  chmodSync(launcher, 0o755);
  return answers(launcher) ? launcher : undefined;
}

async function find(browser, downloads) {
  const given = fromEnvironment(browser);
  if (given) return { path: given, from: 'environment' };
  const steps = [
    ['installed', () => installed(browser)],
    ['puppeteer cache', () => puppeteerCache(browser)],
    ...(mayDownload ? downloads : []),
  ];
  for (const [from, step] of steps) {
    const started = Date.now();
    const ended = () => `(${Date.now() - started} ms)`;
    try {
      const file = await step();
      if (file) return { path: file, from };
      log(`${browser.name}: ${from}: none ${ended()}`);
    } catch (error) {
      log(`${browser.name}: ${from}: ${String(error.message).split('\n')[0]} ${ended()}`);
    }
  }
  return undefined;
}

/** `{ path, from, shell }`; `shell` is true for a headless shell. Throws, with advice, when there is none to be had. */
export async function ensureChromium() {
  const found = await find(chromium, [
    ['Chrome for Testing', () => puppeteerCache(chromium, { download: true })],
    ['apt-get', () => aptGet(chromium)],
    ['npm registry', npmRegistry],
  ]);
  if (!found) throw new Error(`No Chromium-based browser found: ${chromium.advice}.`);
  return { ...found, shell: found.from === 'npm registry' || process.env.CHROME_SHELL === '1' };
}

/** `{ path, from }`, or `undefined`, with a warning, when there is none. */
export async function ensureFirefox() {
  const found = await find(firefox, [['apt-get', () => aptGet(firefox)]]);
  if (!found) log(`WARNING: NO FIREFOX. Nothing will be tested in it: ${firefox.advice}.`);
  return found;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(JSON.stringify({ chromium: await ensureChromium(), firefox: await ensureFirefox() }));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
