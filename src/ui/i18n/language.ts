import { msg, type StrResult } from '@lit/localize';

/** The text of a locale by the ids of `words.ts`; `{0}`, `{1}` … stand for what a phrase is about, such as a name. */
export type Templates = Readonly<Record<string, string>>;

type Translate = (template: string | StrResult, options: { readonly id: string }) => string;

type Forms = Readonly<Record<Exclude<Intl.LDMLPluralRule, 'other'>, () => string>>;

/** Text, numbers, lists, clocks and plural forms of one language. */
export interface Language {
  /** `msg` of @lit/localize, which has one language per page, for the language of one element. */
  readonly msg: Translate;
  /** The form of a phrase for `count`: Arabic has six, English two, Japanese one. */
  readonly counted: (count: number, forms: Partial<Forms> & { readonly other: () => string }) => string;
  /** `Ada, Bo and Cy`. */
  readonly listed: (names: readonly string[]) => string;
  /** `Ada, Muted, Camera off`. */
  readonly enumerated: (parts: readonly string[]) => string;
  readonly numbered: (value: number) => string;
  /** `4:07` or `1:02:09`. */
  readonly clocked: (seconds: number) => string;
}

export function language(tag: string, templates?: Templates): Language {
  const isolate = rightToLeft.test(tag) ? isolateText : (text: string): string => text;
  const plural = once(() => new Intl.PluralRules(tag));
  const list = once(() => new Intl.ListFormat(tag, { type: 'conjunction' }));
  const parts = once(() => new Intl.ListFormat(tag, { type: 'conjunction', style: 'narrow' }));
  const number = once(() => new Intl.NumberFormat(tag));
  const twoDigits = once(() => new Intl.NumberFormat(tag, { minimumIntegerDigits: 2 }));
  return {
    msg: templates ? translateFrom(templates, isolate) : source,
    counted: (count, forms) => (forms[plural().select(count) as keyof Forms] ?? forms.other)(),
    listed: (names) => list().format(names.map(isolate)),
    enumerated: (each) => parts().format(each),
    numbered: (value) => number().format(value),
    clocked: (seconds) => {
      const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
      const [first = 0, ...rest] = clock[0] === 0 ? clock.slice(1) : clock;
      return [number().format(first), ...rest.map((part) => twoDigits().format(part))].join(':');
    },
  };
}

/** Creates the value at the first use: loading the rules of a language would delay the first video frame. */
function once<Value>(create: () => Value): () => Value {
  let cached: Value | undefined;
  return () => (cached ??= create());
}

/** The English text of the source, or the page's @lit/localize translation. */
const source: Translate = (template, options) => msg(template, options) as string;

/** A missing plural form falls back to `other`; a missing text falls back to the source. */
function translateFrom(templates: Templates, isolate: (text: string) => string): Translate {
  return (template, options) => {
    const { id } = options;
    const text = templates[id] ?? templates[id.replace(/-[a-z]+$/, '-other')];
    if (text === undefined) return source(template, options);
    if (typeof template === 'string') return text;
    return text.replace(/\{(\d)\}/g, (_, index: string) => isolate(String(template.values[Number(index)])));
  };
}

const rightToLeft = /^(ar|ckb|fa|he|ps|sd|ug|ur|yi)\b/;

/** Isolates a Latin name with bidi marks, so that its dots and digits stay in place. */
function isolateText(text: string): string {
  return /^[^\u2068]*\p{Script=Latin}/u.test(text) ? `\u2068${text}\u2069` : text;
}
