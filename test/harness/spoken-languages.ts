import { localeOf, localeRows } from '../../src/ui/i18n/locale-rows.js';
import { wordsWith } from '../../src/ui/words/words.js';

/** The words of every language, and its direction. */
export const spokenLanguages = await Promise.all(
  Object.keys(localeRows).map(async (tag) => {
    const { rtl, templates } = await localeOf(tag);
    return { tag, dir: rtl ? ('rtl' as const) : ('ltr' as const), words: wordsWith({}, tag, templates) };
  }),
);
