// Writes demo/docs/benchmarks.md from .bench/results/: the last result of each benchmark, the machine, and how to repeat it.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { tsImport } from 'tsx/esm/api';
import { root } from '../../tools/bootstrap.mjs';
import { ensureChromium } from '../../tools/run/ensure-browser.mjs';

const results = join(root, '.bench/results');
const page = join(root, 'demo/docs/benchmarks.md');

const introduction = `# Benchmarks

Ratios count, not times: the systems take turns within each round on one machine, in browser contexts of their own, and a
ratio of two medians comes with its 95 % interval (bootstrap over rounds). The first row of each table is the floor:
what can be done by hand, without checks, interface or recovery.

Repeat it: \`npm run bench\` runs all of it, \`npm run bench -- join --rounds=15\` one of them; \`--only=simple-peer,PeerJS\`
chooses whom to compare with, \`--sizes=2,4\` the sizes of a mesh. \`--write-docs\` writes this page. What it compares with
is installed into \`.bench/\`, which Git ignores.

## Round trips of a join

From the press to the first offer at the server: the TCP handshake, the TLS handshake (with \`wss:\`), and the handshake of the
WebSocket, which carries the join; its answer arrives with the opened socket, and the offer, made meanwhile, leaves at once.
The peer's answer takes one more. A test counts the messages: test/e2e/call/join-messages.test.ts.
`;

export async function writeBenchmarks() {
  const { median, ratioOfMedians } = await tsImport('./statistics.ts', import.meta.url);
  const all = readdirSync(results)
    .map((file) => JSON.parse(readFileSync(join(results, file), 'utf8')))
    .sort((one, two) => one.date.localeCompare(two.date));
  const section = ({ title, date, unit, series }) => {
    const [floor] = series;
    const digits = median(floor.values) < 20 ? 1 : 0;
    const row = ({ name, values }) => {
      const { ratio, low, high } = ratioOfMedians(values, floor.values);
      const interval = name === floor.name ? '' : `${low.toFixed(2)} - ${high.toFixed(2)}`;
      return `| ${name} | ${median(values).toFixed(digits)} | ${ratio.toFixed(2)} | ${interval} |`;
    };
    const head = `| | median, ${unit} | ratio | 95 % interval |\n|---|---:|---:|---:|`;
    return `## ${title}\n\n${floor.values.length} rounds, ${date.slice(0, 10)}.\n\n${head}\n${series.map(row).join('\n')}`;
  };
  const text = [introduction, await machine(), ...all.map(section)].join('\n');
  const options = { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' };
  writeFileSync(page, await format(text, options));
  console.log('Wrote demo/docs/benchmarks.md.');
}

async function machine() {
  const { path } = await ensureChromium();
  const browser = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
  const { dependencies } = JSON.parse(readFileSync(join(root, 'test/bench/competitors.json'), 'utf8'));
  const rivals = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  const cores = cpus();
  return `## Machine and versions

${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${browser}, Node ${process.version.slice(1)};
${rivals.join(', ')}. No graphics card: pictures are encoded, decoded and drawn by the processor.
`;
}
