import { setErrorMessages } from '../call-error.js';

/** Messages that both the server and the page raise, because the page can often tell before it sends the request. */
const ringErrorMessages = {
  CALL_ALREADY_INITIATED: 'This user is already calling. Cancel that call first.',
  CALL_IN_PROGRESS: 'This user is already in a call. End it first.',
} as const;

setErrorMessages(ringErrorMessages);
