import type { Words } from '../words/words.js';

/** Phrases of the background panel; loaded with it. */
export const backgroundWords = ({ translate }: Words) => ({
  behind: () => translate('Background', { id: 'background-behind' }),
  none: () => translate('None', { id: 'background-none' }),
  slight: () => translate('Slight blur', { id: 'background-slight' }),
  strong: () => translate('Strong blur', { id: 'background-strong' }),
  image: () => translate('Image', { id: 'background-picture' }),
  ownImage: () => translate('Your image', { id: 'background-own' }),
  upload: () => translate('Choose an image…', { id: 'background-upload' }),
  noise: () => translate('Noise suppression', { id: 'background-noise' }),
});
