import type { Words } from '../words/words.js';

/** What only the choice of a background says; loaded with it. */
export const backgroundWords = ({ translate }: Words) => ({
  behind: () => translate('Behind you', { id: 'background-behind' }),
  none: () => translate('Nothing', { id: 'background-none' }),
  slight: () => translate('Slight blur', { id: 'background-slight' }),
  strong: () => translate('Strong blur', { id: 'background-strong' }),
  image: () => translate('Picture', { id: 'background-picture' }),
  ownImage: () => translate('Your own picture', { id: 'background-own' }),
  upload: () => translate('Choose a picture…', { id: 'background-upload' }),
  noise: () => translate('Suppress noise', { id: 'background-noise' }),
});
