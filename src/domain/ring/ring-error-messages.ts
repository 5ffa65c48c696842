import { setErrorMessages } from '../call-error.js';

/** What those are told who are in a call already: by the server, and by the page that knows before it asks. */
const ringErrorMessages = {
  CALL_ALREADY_INITIATED: 'This user is calling somebody already. Take that call back first.',
  CALL_IN_PROGRESS: 'This user is in a call already. End it first.',
} as const;

setErrorMessages(ringErrorMessages);
