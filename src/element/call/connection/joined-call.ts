import type { CallSession } from '../../../session/call-session.js';
import type { CallView } from '../../../ui/view/call-view.js';

/** A call that has been joined, and everything around it. */
export interface JoinedCall {
  readonly host: HTMLElement;
  readonly view: CallView;
  readonly session: Pick<CallSession, 'store' | 'media' | 'commands' | 'reportBlackCamera'>;
  readonly signal: AbortSignal;
}
