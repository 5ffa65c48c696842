/** Random values that the same seed repeats. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 to 1, by mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    const state = this.#state;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(max: number): number {
    return Math.floor(this.next() * max);
  }

  pick<Value>(values: readonly [Value, ...Value[]]): Value {
    return values[this.below(values.length)] ?? values[0];
  }

  /** The value with something in it changed, left out or added. */
  mutated(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || this.next() < 0.1) return this.pick(strange);
    const entries = Object.entries(value);
    const at = this.below(entries.length + 1);
    const entry = entries[at];
    if (!entry)
      entries.push([this.pick(['type', 'id', 'extra', '__proto__', 'constructor']), this.pick(strange)]);
    else if (this.next() < 0.3) entries.splice(at, 1);
    else entries[at] = [entry[0], this.mutated(entry[1])];
    return Object.fromEntries(entries);
  }

  /** A message as text: now and then as it should be, mostly not, sometimes not even JSON. */
  text(samples: readonly [object, ...object[]]): string {
    const kind = this.next();
    const text = JSON.stringify(kind < 0.2 ? this.pick(samples) : this.mutated(this.pick(samples))) ?? '';
    if (kind < 0.9) return text;
    const at = this.below(text.length);
    return kind < 0.95
      ? text.slice(0, at)
      : text.slice(0, at) + String.fromCharCode(this.below(65536)) + text.slice(at + 1);
  }
}

const strange: readonly [unknown, ...unknown[]] = [
  null,
  ...[
    undefined,
    true,
    false,
    -1,
    0,
    1,
    1.5,
    1e308,
    Number.NaN,
    '',
    'x',
    'a',
    'b',
    '\u0000',
    '😀',
    '<img src=x onerror=alert(1)>',
  ],
  ...[
    'v=0\r\n',
    'a'.repeat(300),
    [],
    {},
    [[]],
    [[[[[[[[]]]]]]]],
    { __proto__: null },
    { toString: 1 },
    { length: 1e9 },
  ],
];
