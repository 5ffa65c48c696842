import type { Words } from '../words.js';

/** What only the lobby says; loaded with it. */
export const lobbyWords = ({ say }: Words) => ({
  title: () => say('Ready to join?', { id: 'lobby-title' }),
  name: () => say('Your name', { id: 'lobby-name' }),
  preview: () => say('Your picture', { id: 'lobby-preview' }),
  opening: () => say('Starting the camera…', { id: 'lobby-opening' }),
  cameraIsOff: () => say('Your camera is off', { id: 'lobby-camera-is-off' }),
  level: () => say('Level of your microphone', { id: 'lobby-level' }),
  microphoneIsOff: () => say('Your microphone is off', { id: 'lobby-microphone-is-off' }),
  testSpeaker: () => say('Test the speaker', { id: 'lobby-test-speaker' }),
  testing: () => say('Playing a sound…', { id: 'lobby-testing' }),
  noSound: () => say('The sound could not be played.', { id: 'lobby-no-sound' }),
  join: () => say('Join', { id: 'lobby-join' }),
});
