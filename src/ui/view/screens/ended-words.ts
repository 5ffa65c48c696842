import { str } from '@lit/localize';
import type { Words } from '../../words/words.js';

/** Phrases of the screen after the call; loaded with it. */
export const endedWords = ({ translate }: Words) => ({
  endedLeft: () => translate('You left the call', { id: 'ended-left' }),
  endedHungUp: () => translate('The other participant left', { id: 'ended-hung-up' }),
  endedTimedOut: () => translate('The call ended because no one else was here', { id: 'ended-timed-out' }),
  endedFailed: () => translate('The call was interrupted', { id: 'ended-failed' }),
  notJoined: () => translate('Could not join the call', { id: 'not-joined' }),
  failedEXPIRED: () =>
    translate('This call invitation has expired. Ask for a new one.', { id: 'failed-expired' }),
  failedINVALID: () => translate('This call invitation is not valid.', { id: 'failed-invalid' }),
  failedFULL: () => translate('The call is full. Try again later.', { id: 'failed-full' }),
  failedELSEWHERE: () => translate('You joined from another tab or device.', { id: 'failed-elsewhere' }),
  failedUNREACHABLE: () =>
    translate('Could not connect to the call. Check your connection and try again.', {
      id: 'failed-unreachable',
    }),
  failedBROWSER: () =>
    translate('This browser does not support calls. Update it or use another one.', { id: 'failed-browser' }),
  lasted: (time: string) => translate(str`Call duration: ${time}`, { id: 'lasted' }),
});
