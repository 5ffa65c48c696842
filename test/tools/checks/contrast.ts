export type Scheme = 'light' | 'dark';

/** Custom properties and their text. */
export type Tokens = ReadonlyMap<string, string>;

/** The custom properties that a rule declares. */
export function tokensOf(rule: string): Tokens {
  return new Map(
    [...rule.matchAll(/(--cometchat-[\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** The colour that a token is in a colour scheme: `light-dark()` and `var()` are followed. */
export function resolve(tokens: Tokens, name: string, scheme: Scheme): string {
  const value = tokens.get(name);
  if (value === undefined) throw new Error(`${name} has no value.`);
  const pair = /^light-dark\(([^,]+), ([^)]+)\)$/.exec(value);
  const chosen = (scheme === 'light' ? pair?.[1] : pair?.[2]) ?? value;
  const other = /^var\((--[\w-]+)\)$/.exec(chosen)?.[1];
  return other ? resolve(tokens, other, scheme) : chosen;
}

/** The contrast ratio of two hexadecimal colours, from 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(color)?.[1];
  if (!hex) throw new Error(`${color} is no hexadecimal colour.`);
  const wide = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(wide.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
