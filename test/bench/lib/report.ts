import { mkdirSync, writeFileSync } from 'node:fs';
import { median, ratioOfMedians } from './statistics.js';

/** The measured values of one system, a value per round. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

/** A table of systems: median, range, and the ratio to the first row, which is the floor. */
export function reportRatios(title: string, unit: string, [floor, ...others]: readonly Series[]): void {
  if (!floor) return;
  const digits = median(floor.values) < 20 ? 1 : 0;
  const row = ({ name, values }: Series): readonly string[] => {
    const { ratio, low, high } = ratioOfMedians(values, floor.values);
    return [
      name,
      median(values).toFixed(digits),
      `${Math.min(...values).toFixed(digits)} - ${Math.max(...values).toFixed(digits)}`,
      ratio.toFixed(2),
      name === floor.name ? '' : `[${low.toFixed(2)}, ${high.toFixed(2)}]`,
    ];
  };
  const head = ['', `median, ${unit}`, 'range', 'ratio', '95 % interval'];
  console.log(`\n${title} (${floor.values.length} rounds)`);
  console.log(table([head, ...[floor, ...others].map(row)]));
  save(title, { unit, series: [floor, ...others] });
}

/** Rows of text as columns: the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

/** Keeps the raw values beside the installed competitors, for those who want to look closer. */
function save(title: string, result: object): void {
  mkdirSync('.bench/results', { recursive: true });
  const name = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  writeFileSync(
    `.bench/results/${name}.json`,
    JSON.stringify({ title, date: new Date().toISOString(), ...result }, null, 2),
  );
}
