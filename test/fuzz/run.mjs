// `npm run fuzz [-- MESSAGES [SEED]]`: a million generated messages for each parser and state machine, unless another number is given.
// The title names the seed, with which a failure is repeated.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, root } from '../tools/bootstrap.mjs';

ensureInstalled();
const [messages = '1000000', seed] = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--test', '--test-reporter=spec', 'test/fuzz/fuzz.test.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FUZZ_MESSAGES: messages, ...(seed && { FUZZ_SEED: seed }) },
  },
);
process.exitCode = status ?? 1;
