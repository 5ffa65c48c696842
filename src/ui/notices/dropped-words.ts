import type { Words } from '../words.js';

/** What is said of processors that were given up; loaded with the notices. */
export const droppedWords = ({ say }: Words) => ({
  camera: () => say('Your background was switched off', { id: 'processing-camera' }),
  hidden: () => say('Your camera was turned off', { id: 'processing-hidden' }),
  microphone: () => say('The noise suppression was switched off', { id: 'processing-microphone' }),
  'too-slow': () => say('This device is too slow for it.', { id: 'processing-too-slow' }),
  failed: () => say('It could not be started.', { id: 'processing-failed' }),
  hiddenHint: () => say('Its background could not be shown.', { id: 'processing-hidden-hint' }),
});
