import { msg } from '@lit/localize';

/** Hints that most calls never need; loaded with what gives them. */
export const hintWords = {
  speakingWhileMuted: () => msg('You are muted', { id: 'hint-speaking-while-muted' }),
  speakingWhileMutedHint: () =>
    msg('You seem to be speaking. Nobody hears you.', { id: 'hint-speaking-while-muted-hint' }),
  microphoneSilent: () => msg('No sound comes from your microphone', { id: 'hint-microphone-silent' }),
  microphoneSilentHint: () =>
    msg('Is it switched off, or the wrong one? Choose another microphone, or check your system.', {
      id: 'hint-microphone-silent-hint',
    }),
  pictureStill: () => msg('The picture stands still', { id: 'hint-picture-still' }),
};
