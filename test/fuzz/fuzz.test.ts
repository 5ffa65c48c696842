import { describe, it } from 'node:test';
import { createTargets } from './targets.js';
import { Random } from './random.js';

// `npm run fuzz` sends a million messages; in between, some thousands keep the fuzzer itself in order.
const messages = Number(process.env['FUZZ_MESSAGES'] ?? 20_000);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);

describe(`Generated messages (FUZZ_SEED=${seed}, FUZZ_MESSAGES=${messages})`, () => {
  for (const [name, target] of Object.entries(createTargets()))
    it(`${name}: ${messages} break no promise`, () => {
      const random = new Random(seed);
      for (let count = 0; count < messages; count += 1) target(random);
    });
});
