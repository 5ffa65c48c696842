import { words, type Words } from '../../src/ui/words/words.js';

const filler = ' ŵîðé ŵörðš ţö çömé';

/** An artificial language: every phrase in brackets and 40 % longer, so that what is not a phrase, or too long, shows. */
export const pseudoWords: Words = Object.fromEntries(
  Object.entries(words).map(([id, say]) =>
    id === 'number' || id === 'clock' || id === 'list'
      ? [id, say]
      : [id, (...about: never[]) => pseudo((say as (...about: never[]) => string)(...about))],
  ),
) as Words;

function pseudo(text: string): string {
  const more = Math.ceil(text.length * 0.4);
  return `⟦${text}${filler
    .repeat(Math.ceil(more / filler.length))
    .slice(0, more)
    .trimEnd()}⟧`;
}

/** What of a text is no phrase. */
export function untranslated(text: string): string {
  const inner = /⟦[^⟦⟧]*⟧/g;
  let rest = text;
  while (inner.test(rest)) rest = rest.replace(inner, '');
  return rest;
}
