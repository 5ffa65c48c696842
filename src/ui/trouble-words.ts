import type { Language } from './language.js';

/** Why a camera, microphone or screen is missing, and what to do about it; in words for people, not for developers. */
export const troublePhrases = (msg: Language['msg']) => ({
  cameraTrouble: () => msg('Others cannot see you', { id: 'camera-trouble' }),
  microphoneTrouble: () => msg('Others cannot hear you', { id: 'microphone-trouble' }),
  screenTrouble: () => msg('Your screen is not shared', { id: 'screen-trouble' }),
  troubleDENIED: () =>
    msg('Access was refused. Allow it beside the address of this page, then try again.', {
      id: 'trouble-denied',
    }),
  troubleSYSTEM: () =>
    msg(
      'Your system refuses access. Allow it for this browser in the system’s privacy settings, then try again.',
      {
        id: 'trouble-system',
      },
    ),
  troublePAGE: () =>
    msg('This page does not let the call use it. Please tell the people who run the page.', {
      id: 'trouble-page',
    }),
  troubleINSECURE: () =>
    msg('That needs a secure page: its address must begin with https.', { id: 'trouble-insecure' }),
  troubleMISSING: () => msg('No device was found. Connect one, then try again.', { id: 'trouble-missing' }),
  troubleBUSY: () =>
    msg('Another program may be using the device. Close it there, then try again.', {
      id: 'trouble-busy',
    }),
  troubleUNSUPPORTED: () => msg('This browser cannot do that.', { id: 'trouble-unsupported' }),
  troubleOTHER: () =>
    msg('The device could not be started. Try again, or choose another one.', { id: 'trouble-other' }),

  // Why there is no call
  failedEXPIRED: () =>
    msg('This invitation to the call has expired. Ask for a new one.', { id: 'failed-expired' }),
  failedINVALID: () => msg('This invitation to the call is not valid.', { id: 'failed-invalid' }),
  failedFULL: () => msg('The call is full. Try again later.', { id: 'failed-full' }),
  failedELSEWHERE: () => msg('You are in the call in another place.', { id: 'failed-elsewhere' }),
  failedUNREACHABLE: () =>
    msg('The call cannot be reached. Check your connection, then try again.', { id: 'failed-unreachable' }),
  failedBROWSER: () => msg('This browser cannot make calls. Use a current one.', { id: 'failed-browser' }),
});
