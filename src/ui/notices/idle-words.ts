import type { Words } from '../words/words.js';

/** Phrases of the idle warning; loaded with it. */
export const idleWords = ({ translate }: Words) => ({
  title: () => translate('Are you still there?', { id: 'idle-title' }),
  text: () => translate('No one else is in the call. It will end automatically.', { id: 'idle-text' }),
  stay: () => translate('Stay in the call', { id: 'stay' }),
  leaveNow: () => translate('Leave now', { id: 'leave-now' }),
});
