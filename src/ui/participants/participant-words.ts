import { str } from '@lit/localize';
import type { Words } from '../words.js';

/** What only the list of participants says; loaded with it. */
export const participantWords = ({ say }: Words) => ({
  search: () => say('Find a participant', { id: 'search' }),
  nobodyFound: () => say('Nobody of that name is here.', { id: 'nobody-found' }),
  muteSomeone: (name: string) => say(str`Mute ${name}`, { id: 'mute-someone' }),
  pinSomeone: (name: string) => say(str`Keep ${name} in front`, { id: 'pin-someone' }),
});
