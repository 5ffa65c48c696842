import { str } from '@lit/localize';
import type { Words } from '../words/words.js';

/** Phrases of the call history; a page without it does not load them. */
export const historyWords = ({ translate }: Words) => ({
  callHistory: () => translate('Call history', { id: 'call-history' }),
  noCallsYet: () => translate('No calls yet', { id: 'no-calls-yet' }),
  loadingCalls: () => translate('Loading calls…', { id: 'loading-calls' }),
  callsFailed: () => translate('The calls could not be loaded', { id: 'calls-failed' }),
  outgoingVideoCall: () => translate('Outgoing video call', { id: 'outgoing-video-call' }),
  outgoingVoiceCall: () => translate('Outgoing voice call', { id: 'outgoing-voice-call' }),
  callOngoing: () => translate('In progress', { id: 'call-ongoing' }),
  callCancelled: () => translate('Cancelled', { id: 'call-cancelled' }),
  callNamed: (name: string) => translate(str`Call ${name}`, { id: 'call-named' }),
});
