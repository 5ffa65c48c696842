// valibot reads all that can be described; browsers read a few messages. In what they load, a small part of it stands for the
// whole: 2.3 kB gzip become 0.8 kB. The server, which strangers talk to, and the tests use valibot itself.
import { fileURLToPath } from 'node:url';

/** The file that stands for it. */
export const valibotShim = fileURLToPath(new URL('../../../src/protocol/shims/valibot.ts', import.meta.url));

/** Entry for @rollup/plugin-alias. */
export const valibotAlias = { find: 'valibot', replacement: valibotShim };
