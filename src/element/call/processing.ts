import { CallError } from '../../domain/call-error.js';
import { isActive } from '../../domain/call/call-state.js';
import type { ProcessingFailure } from '../../domain/media/track-processor.js';
import type { CallSession } from '../../session/call-session.js';
import { isEnforced, type ProcessedSource } from '../../session/media/local/processing-rows.js';
import type { ProcessingContext } from '../../session/session-ports.js';
import {
  createTrackProcessing,
  type DropOutcome,
  type TrackProcessing,
} from '../../session/media/local/track-processing.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import type { CallView } from '../../ui/view/call-view.js';
import type { DroppedProcessing } from '../../ui/notices/processing-notice.js';
import { loadNotices } from '../../ui/notices/load-notices.js';
import type { SettingProperties } from '../host/setting-properties.js';

interface ProcessingHost {
  readonly host: SettingProperties;
  readonly view: CallView;
  readonly session: Pick<CallSession, 'store' | 'commands'>;
}

const failureMessages: Readonly<Record<ProcessingFailure, string>> = {
  failed: 'it failed.',
  'too-slow': 'this machine is too slow.',
};

/** Processes local tracks according to the settings. Notifies the user and the application when processing is dropped. */
export function openProcessing(
  { host, view, session }: ProcessingHost,
  settings: CallSettings,
  context: ProcessingContext,
): TrackProcessing {
  const { signal } = context;
  let dropped: readonly DroppedProcessing[] = [];
  const onDropped = (
    source: ProcessedSource,
    failure: ProcessingFailure,
    outcome: DropOutcome,
    cause?: unknown,
  ): void => {
    const hidden = outcome === 'hidden';
    if (hidden) session.commands.pauseVideo(true);
    if (typeof outcome === 'object') restore(host, source, outcome.kept);
    else {
      // If the user turns the camera on again, it is unprocessed, unless the page enforces a background.
      if (!(hidden && isEnforced(view.settings))) resetSetting(host, source);
      dropped = [...dropped, { source, failure, hidden, at: Date.now() }];
    }
    const reason = cause instanceof Error ? cause.message : failureMessages[failure];
    const message = `The ${source} cannot be processed: ${reason}`;
    const details = { source, reason: failure };
    session.store.dispatch({
      type: 'failed',
      error: new CallError('PROCESSING_DROPPED', { message, details, cause }),
    });
    void showDropped();
  };
  const showDropped = async (): Promise<void> => {
    if (dropped.length === 0 || !isActive(session.store.get())) return;
    await Promise.all([loadNotices().catch(() => undefined), view.updateComplete]);
    const list = view.renderRoot.querySelector('cometchat-call-notices');
    if (list && !signal.aborted) list.dropped = dropped;
  };
  // Shows after the join what was dropped before it.
  const stop = session.store.subscribe((state, before) => {
    if (isActive(state) && !isActive(before)) void showDropped();
  });
  signal.addEventListener('abort', stop, { once: true });
  return createTrackProcessing(settings, { ...context, onDropped, isEnforced });
}

/** Restores the settings of the previous processor, which goes on. */
function restore(host: SettingProperties, source: ProcessedSource, kept: CallSettings): void {
  const { backgroundBlur, backgroundImage, noiseSuppression, trackProcessors } = kept;
  const others = { ...host.trackProcessors, [source]: trackProcessors?.[source] };
  if (host.trackProcessors || trackProcessors?.[source])
    host.trackProcessors = Object.values(others).some(Boolean) ? others : null;
  if (source === 'camera') Object.assign(host, { backgroundBlur, backgroundImage });
  else host.noiseSuppression = noiseSuppression;
}

/** Resets the setting, so that setting it again to the same value is a retry. */
function resetSetting(host: SettingProperties, source: ProcessedSource): void {
  const { trackProcessors } = host;
  if (trackProcessors?.[source]) {
    const { camera, microphone } = trackProcessors;
    host.trackProcessors =
      source === 'camera' ? (microphone ? { microphone } : null) : camera ? { camera } : null;
  } else if (source === 'camera') Object.assign(host, { backgroundBlur: 0, backgroundImage: '' });
  else host.noiseSuppression = false;
}
