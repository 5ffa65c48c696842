import { reconciler } from '../base/reconciler.js';
import { asCallError, CallError } from '../domain/call-error.js';
import { isActive, self } from '../domain/call-state.js';
import type { CallStore } from './call-store.js';
import type { OwnState } from './own-state.js';
import type { CallRecording } from './session-ports.js';

interface RecordingSwitch {
  readonly store: CallStore;
  readonly own: OwnState;
  readonly recording: CallRecording | undefined;
  readonly fail: (error: CallError) => void;
}

/** Starts and stops the recording as the user wants it, and tells the others once it is so. */
export function recordingSwitch({ store, own, recording, fail }: RecordingSwitch) {
  const broken = (error: unknown): void => {
    own.tell({ recording: false });
    fail(asCallError(error, 'RECORDING_FAILED'));
  };
  return reconciler<boolean>(async (on) => {
    const state = store.get();
    if (!isActive(state) || self(state).recording === on) return;
    if (!recording) return fail(new CallError('UNSUPPORTED', { details: { what: 'recording' } }));
    try {
      await (on ? recording.start(broken) : recording.stop());
      own.tell({ recording: on });
    } catch (error) {
      broken(error);
    }
  });
}
