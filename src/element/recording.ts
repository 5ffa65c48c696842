import type { CallEvent } from '../domain/call-events.js';
import type { CallSession } from '../session/call-session.js';
import type { CallRecording } from '../session/session-ports.js';
import type { CallView } from '../ui/call-view.js';

/** What is recorded, and who is told of the file. */
export interface RecordedCall {
  readonly session: CallSession;
  readonly view: CallView;
  /** Returns whether the page leaves the rest to the element. */
  readonly announce: (event: CallEvent) => boolean;
}

/** Records a call as its participant sees and hears it. The code for it is downloaded at the first recording. */
export function createRecording(call: () => RecordedCall): CallRecording {
  let running: Promise<() => Promise<void>> | undefined;
  return {
    async start(onBroken) {
      const broken = (error: Parameters<typeof onBroken>[0]): void => {
        running = undefined;
        onBroken(error);
      };
      running ??= import('./record-call.js').then(({ recordCall }) => recordCall(call(), broken));
      try {
        await running;
      } catch (error) {
        running = undefined;
        throw error;
      }
    },
    async stop() {
      const ending = running;
      running = undefined;
      const finish = await ending;
      await finish?.();
    },
  };
}
