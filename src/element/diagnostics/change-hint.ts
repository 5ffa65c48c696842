import type { Hint } from '../../ui/notices/hint-rows.js';
import { loadNotices } from '../../ui/notices/load-notices.js';
import type { JoinedCall } from '../call/connection/joined-call.js';

/** Removes one hint and adds another; other hints stay. */
export async function replaceHint(
  { view, signal }: Pick<JoinedCall, 'view' | 'signal'>,
  previous: Hint | undefined,
  next: Hint | undefined,
): Promise<void> {
  const list = view.renderRoot.querySelector('cometchat-call-notices');
  if (!list) return;
  await loadNotices().catch(() => undefined);
  if (signal.aborted) return;
  const others = list.hints.filter((hint) => hint !== previous && hint !== next);
  list.hints = next ? [...others, next] : others;
}
