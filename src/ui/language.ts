type Forms = Readonly<Record<Exclude<Intl.LDMLPluralRule, 'other'>, () => string>>;

/** Numbers, lists, clocks and plural forms, as one language writes them. */
export interface Language {
  /** The form of a phrase for `count`: Arabic has six, English two, Japanese one. */
  readonly counted: (count: number, forms: Partial<Forms> & { readonly other: () => string }) => string;
  /** `Ada, Bo and Cy`. */
  readonly listed: (names: readonly string[]) => string;
  readonly numbered: (value: number) => string;
  /** `4:07` or `1:02:09`. */
  readonly clocked: (seconds: number) => string;
}

export function language(tag: string): Language {
  const plural = new Intl.PluralRules(tag);
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });
  const number = new Intl.NumberFormat(tag);
  const twoDigits = new Intl.NumberFormat(tag, { minimumIntegerDigits: 2 });
  return {
    counted: (count, forms) => (forms[plural.select(count) as keyof Forms] ?? forms.other)(),
    listed: (names) => list.format(names),
    numbered: (value) => number.format(value),
    clocked: (seconds) => {
      const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
      const [first = 0, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
      return [number.format(first), ...rest.map((part) => twoDigits.format(part))].join(':');
    },
  };
}
