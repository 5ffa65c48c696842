import type { ReactiveControllerHost } from 'lit';
import { loadChunk } from '../../base/load-chunk.js';
import { announceLoadFailure } from '../../ui/base/load-failure.js';
import { LocaleController, type LocaleState } from '../../ui/i18n/locale-controller.js';
import { words as plainWords, wordsWith, type Words } from '../../ui/words/words.js';
import type { LocalizedStrings } from './localized-strings.js';

export interface CallLanguage {
  /** Resolves when the first words are given; at once, where they are the source's. */
  readonly ready: Promise<void>;
  /** Text of the page that replaces ours from now on. */
  replace(strings: LocalizedStrings): Promise<void>;
}

/** What is given its words: an element of the interface in the shadow tree of `<cometchat-call>`. */
type LocalizedView = ReactiveControllerHost & HTMLElement & { words: Words };

/** Keeps the interface in the language of the page around `host`, with the page's custom text. */
export function createCallLanguage(
  host: HTMLElement,
  view: LocalizedView,
  given: LocalizedStrings,
): CallLanguage {
  let strings = textsOf(given);
  let locale: LocaleState = { tag: 'en', wanted: 'en', dir: '' };
  const applyWords = async (): Promise<void> => {
    const current = { locale, strings };
    const words = await loadWords(locale, strings).catch((error: unknown) => {
      announceLoadFailure(view, error);
      return loadWords(locale, {});
    });
    if (current.locale !== locale || current.strings !== strings) return;
    view.words = words;
    const tag = effectiveTag(locale, strings);
    view.lang = tag;
    // English in a page that is written from right to left, and does not say so, stays as it is read.
    view.dir = tag === 'en' ? '' : locale.dir;
  };
  const controller = new LocaleController(view, host, (next) => {
    locale = next;
    return applyWords();
  });
  return {
    ready: controller.refresh(),
    replace(next) {
      strings = textsOf(next);
      return applyWords();
    },
  };
}

/** Without what is no text: frameworks set a property to `null`, and values may come from a file of the page. */
function textsOf(strings: unknown): LocalizedStrings {
  const entries = Object.entries(Object(strings) as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Most pages are in English and replace no text. */
async function loadWords(locale: LocaleState, strings: LocalizedStrings): Promise<Words> {
  const tag = effectiveTag(locale, strings);
  if (Object.keys(strings).length === 0)
    return tag === 'en' ? plainWords : wordsWith({}, tag, locale.templates);
  const { localizedWords } = await loadChunk('localized-strings', () => import('./localized-strings.js'));
  return localizedWords(strings, tag, locale.templates);
}

/** A page that gives the plural forms gives a whole language. */
function effectiveTag({ tag, wanted }: LocaleState, strings: LocalizedStrings): string {
  return 'in-the-call-other' in strings ? wanted : tag;
}
