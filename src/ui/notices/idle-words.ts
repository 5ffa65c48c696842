import { str } from '@lit/localize';
import type { Words } from '../words/words.js';

/** Phrases of the idle warning; loaded with it. */
export const idleWords = ({ translate, counted, number }: Words) => ({
  countdown: (seconds: number) =>
    counted(seconds, {
      zero: () => translate(str`${number(seconds)} seconds left`, { id: 'idle-countdown-zero' }),
      one: () => translate(str`${number(seconds)} second left`, { id: 'idle-countdown-one' }),
      two: () => translate(str`${number(seconds)} seconds left`, { id: 'idle-countdown-two' }),
      few: () => translate(str`${number(seconds)} seconds left`, { id: 'idle-countdown-few' }),
      many: () => translate(str`${number(seconds)} seconds left`, { id: 'idle-countdown-many' }),
      other: () => translate(str`${number(seconds)} seconds left`, { id: 'idle-countdown-other' }),
    }),
  title: () => translate('Are you still there?', { id: 'idle-title' }),
  text: () => translate('No one else is in the call. It will end automatically.', { id: 'idle-text' }),
  stay: () => translate('Stay in the call', { id: 'stay' }),
  leaveNow: () => translate('Leave now', { id: 'leave-now' }),
});
