import { str } from '@lit/localize';
import type { Words } from '../words/words.js';

/** Phrases of the participant list; loaded with it. */
export const participantWords = ({ translate, counted, number }: Words) => ({
  inTheCall: (count: number) =>
    counted(count, {
      zero: () => translate(str`${number(count)} people in the call`, { id: 'in-the-call-zero' }),
      one: () => translate(str`${number(count)} person in the call`, { id: 'in-the-call-one' }),
      two: () => translate(str`${number(count)} people in the call`, { id: 'in-the-call-two' }),
      few: () => translate(str`${number(count)} people in the call`, { id: 'in-the-call-few' }),
      many: () => translate(str`${number(count)} people in the call`, { id: 'in-the-call-many' }),
      other: () => translate(str`${number(count)} people in the call`, { id: 'in-the-call-other' }),
    }),
  search: () => translate('Find a participant', { id: 'search' }),
  watching: () => translate('Watching', { id: 'watching' }),
  noMatches: () => translate('No matches', { id: 'no-matches' }),
  muteSomeone: (name: string) => translate(str`Mute ${name}`, { id: 'mute-someone' }),
  pinSomeone: (name: string) => translate(str`Pin ${name}`, { id: 'pin-someone' }),
});
