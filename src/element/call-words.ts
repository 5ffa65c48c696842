import type { ReactiveControllerHost } from 'lit';
import { loadChunk } from '../base/load-chunk.js';
import { announceLoadFailure } from '../ui/load-failure.js';
import { SpokenLanguage, type Speech } from '../ui/spoken-language.js';
import { words as plainWords, wordsWith, type Words } from '../ui/words.js';
import type { LocalizedStrings } from './localized-strings.js';

export interface CallWords {
  /** Resolves when the first words are given; at once, where they are the source's. */
  readonly ready: Promise<void>;
  /** Text of the page that replaces ours from now on. */
  replace(strings: LocalizedStrings): Promise<void>;
}

/** What is given its words: an element of the interface in the shadow tree of `<cometchat-call>`. */
type Speaker = ReactiveControllerHost & HTMLElement & { words: Words };

/** Keeps an interface in the language of the page around `host`, with the page's own text where it has some. */
export function callWords(host: HTMLElement, view: Speaker, strings: LocalizedStrings): CallWords {
  let speech: Speech = { tag: 'en', wanted: 'en', dir: '' };
  const give = async (): Promise<void> => {
    const given = { speech, strings };
    const words = await wordsFrom(speech, strings).catch((error: unknown) => {
      announceLoadFailure(view, error);
      return wordsFrom(speech, {});
    });
    if (given.speech !== speech || given.strings !== strings) return;
    view.words = words;
    const spoken = spokenTag(speech, strings);
    view.lang = spoken;
    // English in a page that is written from right to left, and does not say so, stays as it is read.
    view.dir = spoken === 'en' ? '' : speech.dir;
  };
  const language = new SpokenLanguage(view, host, (heard) => {
    speech = heard;
    return give();
  });
  return {
    ready: language.follow(),
    replace(next) {
      strings = next;
      return give();
    },
  };
}

/** Most pages replace none, and speak English. */
async function wordsFrom(speech: Speech, strings: LocalizedStrings): Promise<Words> {
  const tag = spokenTag(speech, strings);
  if (Object.keys(strings).length === 0)
    return tag === 'en' ? plainWords : wordsWith({}, tag, speech.templates);
  const { localizedWords } = await loadChunk('localized-strings', () => import('./localized-strings.js'));
  return localizedWords(strings, tag, speech.templates);
}

/** A page that gives the plural forms gives a whole language. */
function spokenTag({ tag, wanted }: Speech, strings: LocalizedStrings): string {
  return 'in-the-call-other' in strings ? wanted : tag;
}
