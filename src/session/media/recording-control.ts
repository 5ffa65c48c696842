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
  const failed = (error: unknown): void => {
    localParticipant.publish({ recording: false });
    onError(asCallError(error, 'RECORDING_FAILED'));
  };
  return reconciler<boolean>(async (on) => {
    const state = store.get();
    if (!isActive(state) || localParticipantOf(state).recording === on) return;
    if (!recording) return onError(new CallError('UNSUPPORTED', { details: { what: 'recording' } }));
    try {
      await (on ? recording.start(failed) : recording.stop());
      localParticipant.publish({ recording: on });
    } catch (error) {
      failed(error);
    }
  });
}
