import type { Words } from '../words/words.js';

/** Phrases of hints that most calls never need; loaded with the diagnostics. */
export const hintWords = ({ translate }: Words) => ({
  speakingWhileMuted: () => translate('You are muted', { id: 'hint-speaking-while-muted' }),
  speakingWhileMutedHint: () =>
    translate('You seem to be speaking, but no one can hear you.', { id: 'hint-speaking-while-muted-hint' }),
  microphoneSilent: () => translate('No sound from your microphone', { id: 'hint-microphone-silent' }),
  microphoneSilentHint: () =>
    translate(
      'It may be turned off, or the wrong one may be selected. Choose another microphone or check your system settings.',
      {
        id: 'hint-microphone-silent-hint',
      },
    ),
  cameraBlack: () => translate('Your camera shows only black', { id: 'hint-camera-black' }),
  cameraBlackHint: () =>
    translate('Check that the lens is not covered and the shutter is open.', {
      id: 'hint-camera-black-hint',
    }),
  videoBlack: () => translate('Video is black', { id: 'hint-picture-black' }),
  videoFrozen: () => translate('Video is frozen', { id: 'hint-picture-still' }),
});
