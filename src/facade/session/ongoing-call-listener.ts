import type { CallEventListener } from '../../domain/call/call-events.js';

/** Hears what happens in a call. A plain object with the same methods serves as well. */
export class OngoingCallListener {
  constructor(listener: CallEventListener = {}) {
    Object.assign(this, listener);
  }
}
export interface OngoingCallListener extends CallEventListener {}
