import { loadChunk } from '../../base/load-chunk.js';
import type { CallRecording } from '../../session/session-ports.js';
import type { RecordingContext } from './recording.js';

/** Records a call as its participant sees and hears it. The code for it is downloaded at the first recording. */
export function createRecording(call: () => RecordingContext): CallRecording {
  let running: Promise<() => Promise<void>> | undefined;
  return {
    async start(onBroken) {
      const onError = (error: Parameters<typeof onBroken>[0]): void => {
        running = undefined;
        onBroken(error);
      };
      running ??= loadChunk('recording', () => import('./recording.js')).then(({ startRecording }) =>
        startRecording(call(), onError),
      );
      try {
        await running;
      } catch (error) {
        running = undefined;
        throw error;
      }
    },
    async stop() {
      const active = running;
      running = undefined;
      const finish = await active;
      await finish?.();
    },
  };
}
