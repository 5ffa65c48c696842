import type { Words } from './words.js';

/** Why a camera, microphone or screen is missing, and what to do about it; in words for people, not for developers. */
export const troubleWords = ({ translate }: Words) => ({
  troubleDENIED: () =>
    translate('Access was refused. Allow it beside the address of this page, then try again.', {
      id: 'trouble-denied',
    }),
  troubleSYSTEM: () =>
    translate(
      'Your system refuses access. Allow it for this browser in the system’s privacy settings, then try again.',
      { id: 'trouble-system' },
    ),
  troublePAGE: () =>
    translate('This page does not let the call use it. Please tell the people who run the page.', {
      id: 'trouble-page',
    }),
  troubleINSECURE: () =>
    translate('That needs a secure page: its address must begin with https.', { id: 'trouble-insecure' }),
  troubleMISSING: () =>
    translate('No device was found. Connect one, then try again.', { id: 'trouble-missing' }),
  troubleBUSY: () =>
    translate('Another program may be using the device. Close it there, then try again.', {
      id: 'trouble-busy',
    }),
  troubleUNSUPPORTED: () => translate('This browser cannot do that.', { id: 'trouble-unsupported' }),
  troubleTIMEOUT: () =>
    translate(
      'Your browser may be waiting for your answer beside the address of this page, or the device does not respond. Answer it, or try again.',
      { id: 'trouble-timeout' },
    ),
  troubleINTERRUPTED: () =>
    translate('Your system or another app has interrupted it. It comes back when that is over.', {
      id: 'trouble-interrupted',
    }),
  troubleECHO: () => translate('The others would have heard themselves.', { id: 'trouble-echo' }),
  troubleOTHER: () =>
    translate('The device could not be started. Try again, or choose another one.', { id: 'trouble-other' }),
});

export type TroubleWord = keyof ReturnType<typeof troubleWords>;
