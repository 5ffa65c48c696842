// `npm run bench`: how fast a call is, as ratios against a floor measured in the same run. Absolute times mean little.
import { spawnSync } from 'node:child_process';
import { ensureBuilt, ensureInstalled, root } from '../tools/bootstrap.mjs';

ensureInstalled();
ensureBuilt();
const benches = ['join', 'relay'];
const wanted = process.argv.slice(2).filter((word) => benches.includes(word));
for (const name of wanted.length > 0 ? wanted : benches) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', `test/bench/${name}.bench.ts`], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exitCode = 1;
}
