import type { Words } from './words.js';

/** Why a camera, microphone or screen is missing, and what to do about it; for users, not developers. */
export const failureWords = ({ translate }: Words) => ({
  screenFailed: () => translate('Your screen is not being shared', { id: 'screen-failed' }),
  screenSilent: () => translate('Your screen is being shared without audio', { id: 'screen-silent' }),
  cameraFailed: () => translate('Others cannot see you', { id: 'camera-failed' }),
  microphoneFailed: () => translate('Others cannot hear you', { id: 'microphone-failed' }),
  deviceFailed: () => translate('Could not switch to the other device', { id: 'device-failed' }),
  failureDENIED: () =>
    translate('Access is blocked. Allow it from the address bar of your browser, then try again.', {
      id: 'failure-denied',
    }),
  failureSYSTEM: () =>
    translate(
      'Your system blocks access. Allow it for this browser in your system’s privacy settings, then try again.',
      { id: 'failure-system' },
    ),
  failurePAGE: () =>
    translate('This page does not allow the call to use it. Please contact the owner of the page.', {
      id: 'failure-page',
    }),
  failureINSECURE: () =>
    translate('This needs a secure page: its address must start with https.', { id: 'failure-insecure' }),
  failureMISSING: () =>
    translate('No device was found. Connect one, then try again.', { id: 'failure-missing' }),
  failureBUSY: () =>
    translate('Another app may be using the device. Close that app, then try again.', {
      id: 'failure-busy',
    }),
  failureUNSUPPORTED: () => translate('This browser does not support this.', { id: 'failure-unsupported' }),
  failureTIMEOUT: () =>
    translate(
      'Your browser may be asking for permission near the address bar, or the device is not responding. Answer the prompt or try again.',
      { id: 'failure-timeout' },
    ),
  failureINTERRUPTED: () =>
    translate('Your system or another app interrupted it. It will resume when the interruption ends.', {
      id: 'failure-interrupted',
    }),
  failureECHO: () => translate('The other participants would have heard an echo.', { id: 'failure-echo' }),
  failureOTHER: () =>
    translate('The device could not be started. Try again or choose another one.', { id: 'failure-other' }),
});
