import { callFailures, type CallErrorCode, type FailureRow } from '../../domain/call-error.js';

/**
 * The code with which a WebSocket is closed. It shows in network logs what the preceding `closing` message tells the
 * client. 1000 is a leave, 1009 a message that is too large.
 */
export function closeCodeFor(code: CallErrorCode): number {
  const { closeCode = 4500 }: FailureRow = callFailures[code];
  return closeCode;
}
