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
const leastSide = 104;

/** Which rows the bar has room for; the rank says who stays. */
export function fitControls(rows: readonly ControlRow[], measures: BarMeasures): FittedControls {
  const leaving = [...rows].sort((a, b) => b.rank - a.rank);
  for (let away = rows.filter(({ rank }) => rank === Infinity).length; away < leaving.length; away++) {
    const gone = new Set(leaving.slice(0, away));
    const fitted = split(rows, gone);
    if (fits(fitted, measures)) return fitted;
  }
  return split(rows, new Set(leaving.slice(0, -1)));
}

function split(rows: readonly ControlRow[], gone: ReadonlySet<ControlRow>): FittedControls {
  const kept = rows.filter((row) => !gone.has(row));
  return {
    main: kept.filter(({ zone }) => zone === 'main'),
    side: kept.filter(({ zone }) => zone === 'side'),
    more: rows.filter((row) => gone.has(row)),
  };
}

function fits({ main, side, more }: FittedControls, { width, button, gap }: BarMeasures): boolean {
  const widthOf = (count: number): number => (count === 0 ? 0 : count * (button + gap) - gap);
  const middle = widthOf(main.length + (more.length > 0 ? 1 : 0)) + (main.length > 0 ? button / 3 : 0);
  if (side.length === 0) return middle <= width;
  return middle + 2 * (Math.max(widthOf(side.length), leastSide) + 2 * gap) <= width;
}
