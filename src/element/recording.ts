import { loadChunk } from '../base/load-chunk.js';
import type { CallRecording } from '../session/session-ports.js';
import type { RecordedCall } from './record-call.js';

/** Records a call as its participant sees and hears it. The code for it is downloaded at the first recording. */
export function createRecording(call: () => RecordedCall): CallRecording {
  let running: Promise<() => Promise<void>> | undefined;
  return {
    async start(onBroken) {
      const broken = (error: Parameters<typeof onBroken>[0]): void => {
        running = undefined;
        onBroken(error);
      };
      running ??= loadChunk('record-call', () => import('./record-call.js')).then(({ recordCall }) =>
        recordCall(call(), broken),
      );
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
