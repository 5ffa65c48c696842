import { CallError } from '../../domain/call-error.js';

/** Seconds of each unit of a span. */
const units: Readonly<Record<string, number>> = {
  ...{ '': 1, s: 1, m: 60, h: 3600 },
  ...{ d: 86_400, w: 604_800, y: 31_557_600 },
};

/** Seconds. A larger number is a point in time, or milliseconds. */
const longest = 10 * 31_557_600;

/**
 * The lifetime of a token in seconds. Throws INVALID_ARGUMENT for what is neither seconds nor a span, for less than a
 * second, since such a token would never be accepted, and for a point in time: as seconds, that would be decades. Not
 * jose's own parser: it accepts "5m ago", and takes a number for a point in time.
 */
export function lifetimeOf(expiresIn: number | string): number {
  const seconds = typeof expiresIn === 'number' ? expiresIn : spanOf(expiresIn);
  if (!Number.isFinite(seconds)) throw refusal('a number of seconds, or a span such as "30m", "1h" or "7d"');
  if (seconds < 1) throw refusal('a lifetime of at least one second');
  if (seconds > longest) throw refusal('a lifetime in seconds of at most ten years, not a point in time');
  return Math.floor(seconds);
}

function spanOf(text: string): number {
  const [, amount, unit = ''] =
    /^\s*(\d+(?:\.\d+)?)\s*(?:(s|m|h|d|w|y)|(?:(s)ec|(m)in|(h)r|(y)r)s?|(?:(s)econd|(m)inute|(h)our|(d)ay|(w)eek|(y)ear)s?)?\s*$/i
      .exec(String(text))
      ?.filter((part) => part !== undefined) ?? [];
  return amount === undefined ? NaN : Number(amount) * (units[unit.toLowerCase()] ?? NaN);
}

function refusal(what: string): CallError {
  return new CallError('INVALID_ARGUMENT', {
    message: `expiresIn must be ${what}.`,
    details: { argument: 'expiresIn' },
  });
}
