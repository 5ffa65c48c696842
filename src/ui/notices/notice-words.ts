import { str } from '@lit/localize';
import type { Words } from '../words/words.js';

/** Phrases of the notices; loaded with them. */
export const noticeWords = ({ translate }: Words) => ({
  notices: () => translate('Notices', { id: 'notices' }),
  youAskedForVideo: () => translate('You asked to switch to video', { id: 'you-asked-for-video' }),
  dismiss: () => translate('Dismiss', { id: 'dismiss' }),
  asksForVideo: (name: string) => translate(str`${name} wants to switch to video`, { id: 'asks-for-video' }),
  asksForVideoHint: () => translate('Your camera stays off until you accept.', { id: 'asks-for-video-hint' }),
  deviceGone: (name: string) => translate(str`${name} was disconnected`, { id: 'device-gone' }),
  deviceNow: (name: string) => translate(str`${name} is used now.`, { id: 'device-now' }),
  waitingForAnswer: () => translate('Waiting for an answer…', { id: 'waiting-for-answer' }),
});
