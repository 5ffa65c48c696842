import type { Words } from '../words.js';

/** Hints that most calls never need; loaded with what gives them. */
export const hintWords = ({ say }: Words) => ({
  speakingWhileMuted: () => say('You are muted', { id: 'hint-speaking-while-muted' }),
  speakingWhileMutedHint: () =>
    say('You seem to be speaking. Nobody hears you.', { id: 'hint-speaking-while-muted-hint' }),
  microphoneSilent: () => say('No sound comes from your microphone', { id: 'hint-microphone-silent' }),
  microphoneSilentHint: () =>
    say('Is it switched off, or the wrong one? Choose another microphone, or check your system.', {
      id: 'hint-microphone-silent-hint',
    }),
  cameraBlack: () => say('Your camera gives a black picture', { id: 'hint-camera-black' }),
  cameraBlackHint: () => say('Is its lens covered, or its shutter closed?', { id: 'hint-camera-black-hint' }),
  pictureBlack: () => say('The picture is black', { id: 'hint-picture-black' }),
  pictureStill: () => say('The picture stands still', { id: 'hint-picture-still' }),
});
