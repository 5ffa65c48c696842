import type { Words } from '../words.js';

/** What only the choice of a background says; loaded with it. */
export const backgroundWords = ({ say }: Words) => ({
  behind: () => say('Behind you', { id: 'background-behind' }),
  none: () => say('Nothing', { id: 'background-none' }),
  slight: () => say('Slight blur', { id: 'background-slight' }),
  strong: () => say('Strong blur', { id: 'background-strong' }),
  picture: () => say('Picture', { id: 'background-picture' }),
  own: () => say('Your own picture', { id: 'background-own' }),
  upload: () => say('Choose a picture…', { id: 'background-upload' }),
  noise: () => say('Suppress noise', { id: 'background-noise' }),
});
