import { loadChunk } from '../../base/load-chunk.js';
import type { Templates } from './language.js';

type LocaleModule = { readonly templates: Templates };

/** The languages besides English. A new one is a new row and its file. */
export const localeRows: Readonly<Record<string, () => Promise<LocaleModule>>> = {
  ar: () => import('./locales/ar.js'),
  cs: () => import('./locales/cs.js'),
  da: () => import('./locales/da.js'),
  de: () => import('./locales/de.js'),
  el: () => import('./locales/el.js'),
  es: () => import('./locales/es.js'),
  fa: () => import('./locales/fa.js'),
  fi: () => import('./locales/fi.js'),
  fr: () => import('./locales/fr.js'),
  he: () => import('./locales/he.js'),
  hi: () => import('./locales/hi.js'),
  hu: () => import('./locales/hu.js'),
  id: () => import('./locales/id.js'),
  it: () => import('./locales/it.js'),
  ja: () => import('./locales/ja.js'),
  ko: () => import('./locales/ko.js'),
  nb: () => import('./locales/nb.js'),
  nl: () => import('./locales/nl.js'),
  pl: () => import('./locales/pl.js'),
  pt: () => import('./locales/pt.js'),
  ro: () => import('./locales/ro.js'),
  ru: () => import('./locales/ru.js'),
  sv: () => import('./locales/sv.js'),
  th: () => import('./locales/th.js'),
  tr: () => import('./locales/tr.js'),
  uk: () => import('./locales/uk.js'),
  ur: () => import('./locales/ur.js'),
  vi: () => import('./locales/vi.js'),
  'zh-CN': () => import('./locales/zh-CN.js'),
  'zh-TW': () => import('./locales/zh-TW.js'),
};

/** Languages served by another locale. */
const aliases: Readonly<Record<string, string>> = { nn: 'nb', no: 'nb' };

/** Written from right to left, in the script they are usually written in. */
const rightToLeft = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Which of our locales serves a language: `pt-BR` is served by `pt`, `zh-Hant-HK` by `zh-TW`. */
export function localeNameOf(tag: string): string | undefined {
  const { language, script } = new Intl.Locale(tag).maximize();
  if (language === 'zh') return script === 'Hant' ? 'zh-TW' : 'zh-CN';
  const name = aliases[language] ?? language;
  return Object.hasOwn(localeRows, name) ? name : undefined;
}

/** The text for a language, and whose numbers go with it: English for both, if there is none. */
export async function localeOf(tag: string): Promise<{ tag: string; templates?: Templates; rtl: boolean }> {
  const name = localeNameOf(tag);
  const rtl = rightToLeft.has(new Intl.Locale(tag).language);
  const row = name === undefined ? undefined : localeRows[name];
  return row ? { tag, rtl, ...(await loadChunk(`locales/${name}`, row)) } : { tag: 'en', rtl };
}
