import type { Words } from '../words.js';

/** What only phones say; a page without ringing does not load it. */
export const ringWords = ({ say }: Words) => ({
  missedCall: () => say('Missed call', { id: 'missed-call' }),
  callBack: () => say('Call back', { id: 'call-back' }),
});
