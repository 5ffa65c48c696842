/** The languages of the interface. */
export const languages = [
  ...['en', 'ar', 'cs', 'da', 'de', 'el', 'es', 'fa', 'fi', 'fr', 'he', 'hi', 'hu', 'id', 'it', 'ja', 'ko'],
  ...['nb', 'nl', 'pl', 'pt', 'ro', 'ru', 'sv', 'th', 'tr', 'uk', 'ur', 'vi', 'zh-CN', 'zh-TW'],
];

/** Fills a select with the languages, each by its own name; the choice is the `lang` of what is around the call. */
export function chooseLanguage(select, around) {
  for (const tag of languages)
    select.append(new Option(new Intl.DisplayNames(tag, { type: 'language' }).of(tag), tag));
  select.value = around.lang || 'en';
  select.addEventListener('change', () => {
    around.lang = select.value;
  });
}
