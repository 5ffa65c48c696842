import { str } from '@lit/localize';
import type { Words } from '../words/words.js';

/** Phrases for ringing; a page without ringing does not load them. */
export const ringWords = ({ translate }: Words) => ({
  incomingVideoCall: () => translate('Incoming video call', { id: 'incoming-video-call' }),
  incomingVoiceCall: () => translate('Incoming voice call', { id: 'incoming-voice-call' }),
  calling: () => translate('Calling…', { id: 'calling' }),
  cancelCall: () => translate('Cancel the call', { id: 'cancel-call' }),
  callUnanswered: () => translate('No answer', { id: 'call-unanswered' }),
  callRejected: () => translate('Declined', { id: 'call-rejected' }),
  callBusy: () => translate('Busy', { id: 'call-busy' }),
  callFailed: () => translate('The call could not be started', { id: 'call-failed' }),
  announceIncomingVideoCall: (name: string) =>
    translate(str`Video call from ${name}`, { id: 'announce-incoming-video-call' }),
  announceIncomingVoiceCall: (name: string) =>
    translate(str`Voice call from ${name}`, { id: 'announce-incoming-voice-call' }),
  missedCall: () => translate('Missed call', { id: 'missed-call' }),
  callBack: () => translate('Call back', { id: 'call-back' }),
});
