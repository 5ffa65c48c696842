import { reconciler } from '../../base/reconciler.js';
import { asCallError, CallError } from '../../domain/call-error.js';
import { isActive, localParticipantOf } from '../../domain/call/call-state.js';
import type { CallStore } from '../call-store.js';
import type { LocalParticipant } from '../room/local-participant.js';
import type { CallRecording } from '../session-ports.js';

interface RecordingControlOptions {
  readonly store: CallStore;
  readonly localParticipant: LocalParticipant;
  readonly recording: CallRecording | undefined;
  readonly onError: (error: CallError) => void;
}

/** Starts and stops the recording, and publishes the result. Errors: UNSUPPORTED, RECORDING_FAILED. */
export function createRecordingControl({
  store,
  localParticipant,
  recording,
  onError,
}: RecordingControlOptions) {
  /** Reports the failure of the current recording; `undefined` when there is none, or it has failed. */
  let fail: ((error: unknown) => void) | undefined;
  const createFail = (): ((error: unknown) => void) => {
    const failOnce = (error: unknown): void => {
      if (fail !== failOnce) return;
      fail = undefined;
      localParticipant.publish({ recording: false });
      onError(asCallError(error, 'RECORDING_FAILED'));
    };
    return failOnce;
  };
  return reconciler<boolean>(async (on) => {
    const state = store.get();
    if (!isActive(state) || localParticipantOf(state).recording === on) return;
    if (!recording) return onError(new CallError('UNSUPPORTED', { details: { what: 'recording' } }));
    const current = on || !fail ? createFail() : fail;
    fail = current;
    try {
      await (on ? recording.start(current) : recording.stop());
    } catch (error) {
      current(error);
    }
    // It may have failed meanwhile, even before its start was published.
    if (fail !== current) return;
    if (!on) fail = undefined;
    localParticipant.publish({ recording: on });
  });
}
