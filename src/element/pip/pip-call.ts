import type { CallSession } from '../../session/call-session.js';
import type { CallView } from '../../ui/view/call-view.js';

/** A call as its floating window needs it. */
export interface PipCall {
  /** The element that the page sees: it stays where it is. */
  readonly host: HTMLElement;
  /** The interface, which moves into the window. */
  readonly view: CallView;
  readonly session: Pick<CallSession, 'store'>;
}
