import type { Words } from './words.js';

/** Why a camera, microphone or screen is missing, and what to do about it; for users, not developers. */
export const troubleWords = ({ translate }: Words) => ({
  troubleDENIED: () =>
    translate('Access is blocked. Allow it from the address bar of your browser, then try again.', {
      id: 'trouble-denied',
    }),
  troubleSYSTEM: () =>
    translate(
      'Your system blocks access. Allow it for this browser in your system’s privacy settings, then try again.',
      { id: 'trouble-system' },
    ),
  troublePAGE: () =>
    translate('This page does not allow the call to use it. Please contact the owner of the page.', {
      id: 'trouble-page',
    }),
  troubleINSECURE: () =>
    translate('This needs a secure page: its address must start with https.', { id: 'trouble-insecure' }),
  troubleMISSING: () =>
    translate('No device was found. Connect one, then try again.', { id: 'trouble-missing' }),
  troubleBUSY: () =>
    translate('Another app may be using the device. Close that app, then try again.', {
      id: 'trouble-busy',
    }),
  troubleUNSUPPORTED: () => translate('This browser does not support this.', { id: 'trouble-unsupported' }),
  troubleTIMEOUT: () =>
    translate(
      'Your browser may be asking for permission near the address bar, or the device is not responding. Answer the prompt or try again.',
      { id: 'trouble-timeout' },
    ),
  troubleINTERRUPTED: () =>
    translate('Your system or another app interrupted it. It will resume when the interruption ends.', {
      id: 'trouble-interrupted',
    }),
  troubleECHO: () => translate('The other participants would have heard an echo.', { id: 'trouble-echo' }),
  troubleOTHER: () =>
    translate('The device could not be started. Try again or choose another one.', { id: 'trouble-other' }),
});

export type TroubleWord = keyof ReturnType<typeof troubleWords>;
