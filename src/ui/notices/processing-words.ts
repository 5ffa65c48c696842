import type { Words } from '../words/words.js';

/** What is said of processors that were given up; loaded with the notices. */
export const processingWords = ({ translate }: Words) => ({
  camera: () => translate('Your background was switched off', { id: 'processing-camera' }),
  hidden: () => translate('Your camera was turned off', { id: 'processing-hidden' }),
  microphone: () => translate('The noise suppression was switched off', { id: 'processing-microphone' }),
  'too-slow': () => translate('This device is too slow for it.', { id: 'processing-too-slow' }),
  failed: () => translate('It could not be started.', { id: 'processing-failed' }),
  hiddenHint: () => translate('Its background could not be shown.', { id: 'processing-hidden-hint' }),
});
