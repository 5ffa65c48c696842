// `npm run soak [-- --clients=200 --minutes=60]`: runs test/soak/soak.ts against the built server.
import { spawnSync } from 'node:child_process';
import { ensureBuilt, ensureInstalled, root } from '../tools/bootstrap.mjs';

ensureInstalled();
ensureBuilt();
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', 'test/soak/soak.ts', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
