import type { CallEvent } from '../../domain/call/call-events.js';
import type { CallState } from '../../domain/call/call-state.js';

/** What happens in the element, for code that does not listen to DOM events. */
export interface CallEventsAsValues {
  event: CallEvent;
  state: CallState;
  /** The call of this token is no longer in the element. `pageHidden`: because the user left the page. */
  over: { readonly token: string; readonly pageHidden: boolean };
}
