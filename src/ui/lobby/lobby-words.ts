import type { Words } from '../words/words.js';

/** Phrases of the lobby; loaded with it. */
export const lobbyWords = ({ translate }: Words) => ({
  title: () => translate('Ready to join?', { id: 'lobby-title' }),
  name: () => translate('Your name', { id: 'lobby-name' }),
  preview: () => translate('Your video', { id: 'lobby-preview' }),
  opening: () => translate('Starting the camera…', { id: 'lobby-opening' }),
  cameraIsOff: () => translate('Your camera is off', { id: 'lobby-camera-is-off' }),
  level: () => translate('Microphone level', { id: 'lobby-level' }),
  microphoneIsOff: () => translate('Your microphone is off', { id: 'lobby-microphone-is-off' }),
  testSpeaker: () => translate('Test speaker', { id: 'lobby-test-speaker' }),
  testing: () => translate('Playing a sound…', { id: 'lobby-testing' }),
  noSound: () => translate('The sound could not be played.', { id: 'lobby-no-sound' }),
  join: () => translate('Join', { id: 'lobby-join' }),
});
