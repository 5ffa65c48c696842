import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { loadChunk } from '../../base/load-chunk.js';
import type { Templates } from './language.js';
import { announceLoadFailure } from '../base/load-failure.js';
import { hasPageDirection, pageLanguage, watchPageLanguage } from './page-language.js';

/** The locale of an interface. */
export interface LocaleState {
  /** Language of numbers, lists and plural forms, such as `pt-BR`; English if there is no text in the page's language. */
  readonly tag: string;
  /** The text; absent for English, which is in the source. */
  readonly templates?: Templates;
  /** The language of the page, whether or not there is text in it. */
  readonly wanted: string;
  /** The direction that the interface must set, because the page has a `lang` but no `dir`. */
  readonly dir: '' | 'rtl';
}

/**
 * Follows the language that the page gives to `element`, wherever it is moved. English applies at once, another
 * language when its text has loaded.
 */
export class LocaleController implements ReactiveController {
  #lifetime = new AbortController();
  #currentKey = '';
  /** The language whose load failure was reported. */
  #missed = '';
  #ready: Promise<void> = Promise.resolve();

  /** `host` is `element` or in its shadow tree, and dispatches `moved` when it is moved. */
  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly element: Element,
    private readonly onChange: (locale: LocaleState) => void | Promise<void>,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    watchPageLanguage(this.element, () => void this.refresh(), signal);
    this.host.addEventListener('moved', () => this.hostConnected(), { signal });
    void this.refresh();
  }

  hostDisconnected(): void {
    this.#lifetime.abort();
  }

  /** Resolves when `onChange` has received the current locale. */
  refresh(): Promise<void> {
    const wanted = canonical(pageLanguage(this.element));
    const hasDirection = hasPageDirection(this.element);
    const key = `${wanted} ${hasDirection}`;
    if (key === this.#currentKey) return this.#ready;
    this.#currentKey = key;
    this.#ready = this.#apply(wanted, hasDirection, () => this.#currentKey === key);
    return this.#ready;
  }

  async #apply(wanted: string, hasDirection: boolean, isCurrent: () => boolean): Promise<void> {
    if (/^en\b/.test(wanted)) return this.onChange({ tag: wanted, wanted, dir: '' });
    const locale = await this.#load(wanted);
    if (!isCurrent()) return;
    // The next refresh retries after a failure.
    if (!locale) this.#currentKey = '';
    const { rtl, tag, templates } = locale ?? { tag: 'en' };
    await this.onChange({
      tag,
      wanted,
      dir: rtl && !hasDirection ? 'rtl' : '',
      ...(templates && { templates }),
    });
  }

  /** `undefined`: it could not be loaded, and the interface stays in English. */
  async #load(wanted: string): Promise<LoadedLocale | undefined> {
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

interface LoadedLocale {
  readonly tag: string;
  readonly templates?: Templates;
  readonly rtl?: boolean;
}

/** `iw` and `he_IL` are Hebrew; an invalid tag is English. */
function canonical(lang: string): string {
  try {
    return Intl.getCanonicalLocales(lang.trim().replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}
