import type { Words } from '../words/words.js';

/** Hints that most calls never need; loaded with what gives them. */
export const hintWords = ({ translate }: Words) => ({
  speakingWhileMuted: () => translate('You are muted', { id: 'hint-speaking-while-muted' }),
  speakingWhileMutedHint: () =>
    translate('You seem to be speaking. Nobody hears you.', { id: 'hint-speaking-while-muted-hint' }),
  microphoneSilent: () => translate('No sound comes from your microphone', { id: 'hint-microphone-silent' }),
  microphoneSilentHint: () =>
    translate('Is it switched off, or the wrong one? Choose another microphone, or check your system.', {
      id: 'hint-microphone-silent-hint',
    }),
  cameraBlack: () => translate('Your camera gives a black picture', { id: 'hint-camera-black' }),
  cameraBlackHint: () =>
    translate('Is its lens covered, or its shutter closed?', { id: 'hint-camera-black-hint' }),
  videoBlack: () => translate('The picture is black', { id: 'hint-picture-black' }),
  videoFrozen: () => translate('The picture stands still', { id: 'hint-picture-still' }),
});
