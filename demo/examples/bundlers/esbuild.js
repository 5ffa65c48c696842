import { build } from 'esbuild';

const [, , outdir] = process.argv;
await build({
  entryPoints: ['bundlers/main.js'],
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  logLevel: 'warning',
});
