/** Why a camera, microphone or screen is missing, and what to do about it; in words for people, not for developers. */
export const troublePhrases = {
  cameraTrouble: 'Others cannot see you',
  microphoneTrouble: 'Others cannot hear you',
  screenTrouble: 'Your screen is not shared',
  troubleDENIED: 'Access was refused. Allow it beside the address of this page, then try again.',
  troubleSYSTEM:
    'Your system refuses access. Allow it for this browser in the system’s privacy settings, then try again.',
  troublePAGE: 'This page does not let the call use it. Please tell the people who run the page.',
  troubleINSECURE: 'That needs a secure page: its address must begin with https.',
  troubleMISSING: 'No device was found. Connect one, then try again.',
  troubleBUSY: 'Another program may be using the device. Close it there, then try again.',
  troubleUNSUPPORTED: 'This browser cannot do that.',
  troubleTIMEOUT:
    'Your browser may be waiting for your answer beside the address of this page, or the device does not respond. Answer it, or try again.',
  troubleINTERRUPTED: 'Your system or another app has interrupted it. It comes back when that is over.',
  deviceTrouble: 'The other device could not be used',
  screenSilent: 'Your screen is shared without sound',
  troubleECHO: 'The others would have heard themselves.',
  troubleOTHER: 'The device could not be started. Try again, or choose another one.',

  // Why there is no call
  failedEXPIRED: 'This invitation to the call has expired. Ask for a new one.',
  failedINVALID: 'This invitation to the call is not valid.',
  failedFULL: 'The call is full. Try again later.',
  failedELSEWHERE: 'You are in the call in another place.',
  failedUNREACHABLE: 'The call cannot be reached. Check your connection, then try again.',
  failedBROWSER: 'This browser cannot make calls. Use a current one.',
} as const;
