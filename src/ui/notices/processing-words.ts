import type { Words } from '../words/words.js';

/** Phrases for dropped processing; loaded with the notices. */
export const processingWords = ({ translate }: Words) => ({
  camera: () => translate('Your background was turned off', { id: 'processing-camera' }),
  hidden: () => translate('Your camera was turned off', { id: 'processing-hidden' }),
  microphone: () => translate('Noise suppression was turned off', { id: 'processing-microphone' }),
  'too-slow': () => translate('This device is too slow for this effect.', { id: 'processing-too-slow' }),
  failed: () => translate('The effect could not be started.', { id: 'processing-failed' }),
  hiddenHint: () => translate('Your background could not be applied.', { id: 'processing-hidden-hint' }),
});
