import { str } from '@lit/localize';
import type { Words } from '../words.js';

/** What only notices say; loaded with them. */
export const noticeWords = ({ say }: Words) => ({
  dismiss: () => say('Dismiss', { id: 'dismiss' }),
  asksForVideo: (name: string) => say(str`${name} asks to switch to video`, { id: 'asks-for-video' }),
  asksForVideoHint: () => say('Your camera stays off until you accept.', { id: 'asks-for-video-hint' }),
  waitingForAnswer: () => say('Waiting for an answer…', { id: 'waiting-for-answer' }),
});
