import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { loadChunk } from '../base/load-chunk.js';
import type { Templates } from './language.js';
import { announceLoadFailure } from './load-failure.js';
import { hasPageDirection, pageLanguage, watchPageLanguage } from './page-language.js';

/** What an interface speaks. */
export interface Speech {
  /** Whose numbers, lists and plural forms: `pt-BR`. English if there is no text in the page's language. */
  readonly tag: string;
  /** The text; English has it in the source. */
  readonly templates?: Templates;
  /** The language that the page wants, spoken or not. */
  readonly wanted: string;
  /** The direction that the interface must give itself, because the page says a language and no direction. */
  readonly dir: '' | 'rtl';
}

/**
 * Follows the language that the page gives to `element`, wherever it is moved. English is known at once; another one is
 * told when its text has been loaded.
 */
export class SpokenLanguage implements ReactiveController {
  #life = new AbortController();
  #heard = '';
  /** The language that did not load, which was told. */
  #missed = '';
  #told: Promise<void> = Promise.resolve();

  /** `host`, which is `element` or in its shadow tree, says when it is moved. */
  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly element: Element,
    private readonly tell: (speech: Speech) => void | Promise<void>,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#life.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    watchPageLanguage(this.element, () => void this.follow(), signal);
    this.host.addEventListener('moved', () => this.hostConnected(), { signal });
    void this.follow();
  }

  hostDisconnected(): void {
    this.#life.abort();
  }

  /** Resolves when it has been told what is to be spoken now. */
  follow(): Promise<void> {
    const wanted = canonical(pageLanguage(this.element));
    const directed = hasPageDirection(this.element);
    const heard = `${wanted} ${directed}`;
    if (heard === this.#heard) return this.#told;
    this.#heard = heard;
    this.#told = this.#tell(wanted, directed, () => this.#heard === heard);
    return this.#told;
  }

  async #tell(wanted: string, directed: boolean, current: () => boolean): Promise<void> {
    if (/^en\b/.test(wanted)) return this.tell({ tag: wanted, wanted, dir: '' });
    const speech = await this.#load(wanted);
    if (!current()) return;
    // After a failure the next occasion is another attempt.
    if (!speech) this.#heard = '';
    const { rtl, tag, templates } = speech ?? { tag: 'en' };
    await this.tell({ tag, wanted, dir: rtl && !directed ? 'rtl' : '', ...(templates && { templates }) });
  }

  /** `undefined`: it could not be loaded, and a call in English is still a call. */
  async #load(wanted: string): Promise<Loaded | undefined> {
    try {
      const { localeOf } = await loadChunk('locale-rows', () => import('./locale-rows.js'));
      return await localeOf(wanted);
    } catch (error) {
      if (this.#missed !== wanted) announceLoadFailure(this.host, error);
      this.#missed = wanted;
      return undefined;
    }
  }
}

interface Loaded {
  readonly tag: string;
  readonly templates?: Templates;
  readonly rtl?: boolean;
}

/** `iw` and `he_IL` are Hebrew; what is no language at all is English. */
function canonical(lang: string): string {
  try {
    return Intl.getCanonicalLocales(lang.trim().replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}
