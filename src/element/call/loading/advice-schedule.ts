import { loadChunk } from '../../../base/load-chunk.js';
import { isActive } from '../../../domain/call/call-state.js';
import { announceLoadFailure } from '../../../ui/base/load-failure.js';
import type { SettingProperties } from '../../host/setting-properties.js';
import type { JoinedCall } from '../connection/joined-call.js';

interface AdvisedCall extends JoinedCall {
  readonly host: HTMLElement & SettingProperties;
}

/** ms after the join, and ms after the call was opened, whichever is first: what a call needs is downloaded before. */
const delays = { afterJoin: 300, atLatest: 3000 };

/** Advises the developer of the page, if the element is used in a way that does not work well. */
export function adviseDeveloper({ host, view, session, signal }: AdvisedCall): void {
  const advise = async (): Promise<void> => {
    const { needsAdvice } = await loadChunk(
      'advice-check',
      () => import('../../host/advice/advice-check.js'),
    );
    if (signal.aborted || !needsAdvice(host)) return;
    const { adviseHost } = await loadChunk('host-advice', () => import('../../host/advice/host-advice.js'));
    if (!signal.aborted) adviseHost(host, { signal });
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stop();
      void advise().catch((error: unknown) => announceLoadFailure(view, error));
    }, ms);
  };
  const stop = session.store.subscribe((state) => {
    if (!isActive(state)) return;
    stop();
    schedule(delays.afterJoin);
  });
  schedule(delays.atLatest);
  signal.addEventListener(
    'abort',
    () => {
      stop();
      clearTimeout(timer);
    },
    { once: true },
  );
}
