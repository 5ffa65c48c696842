import type { ControlRow } from './control-rows.js';

/** CSS pixels. */
export interface BarMeasures {
  readonly width: number;
  readonly button: number;
  readonly gap: number;
}

export interface FittedControls {
  readonly main: readonly ControlRow[];
  readonly side: readonly ControlRow[];
  /** What did not fit, for the "more" menu, in the order of the table. */
  readonly more: readonly ControlRow[];
}

/** Where the middle of the bar is kept free of its ends, for the clock on the other side. */
const minSideWidth = 104;

/** The rows that fit into the bar; the rank decides which stay. */
export function fitControls(rows: readonly ControlRow[], measures: BarMeasures): FittedControls {
  const byRank = [...rows].sort((a, b) => b.rank - a.rank);
  for (let hidden = rows.filter(({ rank }) => rank === Infinity).length; hidden < byRank.length; hidden++) {
    const hiddenRows = new Set(byRank.slice(0, hidden));
    const result = split(rows, hiddenRows);
    if (fits(result, measures)) return result;
  }
  return split(rows, new Set(byRank.slice(0, -1)));
}

function split(rows: readonly ControlRow[], hiddenRows: ReadonlySet<ControlRow>): FittedControls {
  const visible = rows.filter((row) => !hiddenRows.has(row));
  return {
    main: visible.filter(({ zone }) => zone === 'main'),
    side: visible.filter(({ zone }) => zone === 'side'),
    more: rows.filter((row) => hiddenRows.has(row)),
  };
}

function fits({ main, side, more }: FittedControls, { width, button, gap }: BarMeasures): boolean {
  const widthOf = (count: number): number => (count === 0 ? 0 : count * (button + gap) - gap);
  const middle = widthOf(main.length + (more.length > 0 ? 1 : 0)) + (main.length > 0 ? button / 3 : 0);
  if (side.length === 0) return middle <= width;
  return middle + 2 * (Math.max(widthOf(side.length), minSideWidth) + 2 * gap) <= width;
}
