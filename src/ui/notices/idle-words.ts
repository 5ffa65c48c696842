import type { Words } from '../words.js';

/** What the idle warning says; loaded with it. */
export const idleWords = ({ say }: Words) => ({
  title: () => say('Are you still there?', { id: 'idle-title' }),
  text: () => say('Nobody else is in the call. It will end by itself.', { id: 'idle-text' }),
  stay: () => say('Stay in the call', { id: 'stay' }),
  leaveNow: () => say('Leave now', { id: 'leave-now' }),
});
