import type { Hint } from '../ui/notices/hint-rows.js';
import { loadNotices } from '../ui/notices/load-notices.js';
import type { JoinedCall } from './joined-call.js';

/** Takes one hint away and gives another, whatever others there are. */
export async function changeHint(
  { view, signal }: Pick<JoinedCall, 'view' | 'signal'>,
  gone: Hint | undefined,
  come: Hint | undefined,
): Promise<void> {
  const list = view.renderRoot.querySelector('cometchat-call-notices');
  if (!list) return;
  await loadNotices().catch(() => undefined);
  if (signal.aborted) return;
  const others = list.hints.filter((hint) => hint !== gone && hint !== come);
  list.hints = come ? [...others, come] : others;
}
