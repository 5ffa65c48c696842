import { str } from '@lit/localize';
import type { Words } from '../words.js';

/** What only phones say; a page without ringing does not load it. */
export const ringWords = ({ say }: Words) => ({
  incomingVideoCall: () => say('Incoming video call', { id: 'incoming-video-call' }),
  incomingVoiceCall: () => say('Incoming voice call', { id: 'incoming-voice-call' }),
  calling: () => say('Calling…', { id: 'calling' }),
  cancelCall: () => say('Cancel the call', { id: 'cancel-call' }),
  callUnanswered: () => say('No answer', { id: 'call-unanswered' }),
  callRejected: () => say('Declined', { id: 'call-rejected' }),
  callBusy: () => say('Busy', { id: 'call-busy' }),
  callFailed: () => say('The call could not be placed', { id: 'call-failed' }),
  saidIncomingVideoCall: (name: string) =>
    say(str`Video call from ${name}`, { id: 'said-incoming-video-call' }),
  saidIncomingVoiceCall: (name: string) =>
    say(str`Voice call from ${name}`, { id: 'said-incoming-voice-call' }),
  missedCall: () => say('Missed call', { id: 'missed-call' }),
  callBack: () => say('Call back', { id: 'call-back' }),
});
