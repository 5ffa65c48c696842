import { str } from '@lit/localize';
import type { Words } from '../words/words.js';

/** Phrases of the participant list; loaded with it. */
export const participantWords = ({ translate }: Words) => ({
  search: () => translate('Find a participant', { id: 'search' }),
  nobodyFound: () => translate('No matches', { id: 'nobody-found' }),
  muteSomeone: (name: string) => translate(str`Mute ${name}`, { id: 'mute-someone' }),
  pinSomeone: (name: string) => translate(str`Pin ${name}`, { id: 'pin-someone' }),
});
