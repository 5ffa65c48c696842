import { msg } from '@lit/localize';

/** What only the lobby says; loaded with it. */
export const lobbyWords = {
  title: () => msg('Ready to join?', { id: 'lobby-title' }),
  name: () => msg('Your name', { id: 'lobby-name' }),
  preview: () => msg('Your picture', { id: 'lobby-preview' }),
  opening: () => msg('Starting the camera…', { id: 'lobby-opening' }),
  cameraIsOff: () => msg('Your camera is off', { id: 'lobby-camera-is-off' }),
  level: () => msg('Level of your microphone', { id: 'lobby-level' }),
  microphoneIsOff: () => msg('Your microphone is off', { id: 'lobby-microphone-is-off' }),
  testSpeaker: () => msg('Test the speaker', { id: 'lobby-test-speaker' }),
  testing: () => msg('Playing a sound…', { id: 'lobby-testing' }),
  noSound: () => msg('The sound could not be played.', { id: 'lobby-no-sound' }),
  join: () => msg('Join', { id: 'lobby-join' }),
};
