// Finds the LiveKit server of the tests, or builds it: LIVEKIT_SERVER_BIN, the cache, `go install` into the cache (some
// minutes, once per version). `node test/tools/run/services/ensure-livekit.mjs` prints its path.
// NO_DOWNLOAD=1 stops before the build.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const version = '1.13.5';
const cacheHome = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
const folder = path.join(cacheHome, 'cometchat-call', `livekit-server-${version}`);
const suffix = platform() === 'win32' ? '.exe' : '';
const cached = path.join(folder, `livekit-server${suffix}`);
const log = (...words) => console.error('[ensure-livekit]', ...words);

function isRightVersion(file) {
  if (!existsSync(file)) return false;
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return String(stdout).includes(version);
}

/** Debian's golang is older than what LiveKit asks for, and fetches the right toolchain by itself from version 1.21. */
function go() {
  const found = () =>
    ['go', '/usr/local/go/bin/go'].find((each) => spawnSync(each, ['version']).status === 0);
  if (found() || platform() !== 'linux' || process.getuid?.() !== 0) return found();
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const install = () => apt('install', '-y', '--no-install-recommends', 'golang-go');
  if (!install() && apt('update')) install();
  return found();
}

function build() {
  const command = go();
  if (!command) return false;
  log(`building LiveKit ${version} with ${command}: this takes some minutes, once`);
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync(
    command,
    ['install', `github.com/livekit/livekit-server/cmd/server@v${version}`],
    {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, CGO_ENABLED: '0', GOBIN: folder, GOTOOLCHAIN: 'auto', GOFLAGS: '-p=2' },
      timeout: 30 * 60_000,
    },
  );
  if (status !== 0) return false;
  rmSync(cached, { force: true });
  renameSync(path.join(folder, `server${suffix}`), cached);
  return isRightVersion(cached);
}

/** The path of the binary, or `undefined`, with a warning, when there is none. */
export async function ensureLiveKit() {
  const given = process.env.LIVEKIT_SERVER_BIN;
  if (given) {
    if (!isRightVersion(given)) throw new Error(`LIVEKIT_SERVER_BIN=${given} is not LiveKit ${version}`);
    return given;
  }
  if (isRightVersion(cached)) return cached;
  if (process.env.NO_DOWNLOAD !== '1' && build()) return cached;
  log(
    `WARNING: NO LIVEKIT. Nothing will be tested with it: install Go (https://go.dev) for a build of ${version}, ` +
      'or set LIVEKIT_SERVER_BIN.',
  );
  return undefined;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(await ensureLiveKit());
