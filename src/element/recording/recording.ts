import type { CallError } from '../../domain/call-error.js';
import { callEvent, type CallEvent } from '../../domain/call/call-events.js';
import { isActive, type TrackSource } from '../../domain/call/call-state.js';
import { createCallRecorder, type CallRecorder } from '../../media/recorder/call-recorder.js';
import type { RecordingTile } from '../../media/recorder/painting/recording-tile.js';
import type { CallSession } from '../../session/call-session.js';
import type { CallView } from '../../ui/view/call-view.js';
import { visibleTiles, stageSize } from '../../ui/stage/visible-tiles.js';

/** What is recorded, and the callback for the file. */
export interface RecordingContext {
  readonly session: CallSession;
  readonly view: CallView;
  /** Returns whether the page leaves the rest to the element. */
  readonly dispatchEvent: (event: CallEvent) => boolean;
}

/** Pixels of a recorded frame: as many as 1280 x 720, in the aspect ratio of the stage. */
const pixels = 1280 * 720;

const audioSources: readonly TrackSource[] = ['microphone', 'screen-audio'];

/** Begins to record; resolves with how to end it, which resolves when the file was handed out. */
export async function startRecording(
  { session, view, dispatchEvent }: RecordingContext,
  onFailed: (error: CallError) => void,
): Promise<() => Promise<void>> {
  await view.updateComplete;
  const lifetime = new AbortController();
  const { signal } = lifetime;
  const recorder = createCallRecorder({
    scene: sceneOf(view),
    canvasSize: canvasSize(stageSize(view)),
    name: fileName(session, new Date()),
    // It ends with the call too, but by `stop`: the file is to be completed.
    signal: new AbortController().signal,
  });
  followAudioTracks(session, recorder, signal);
  let finishing: Promise<void> | undefined;
  const finish = (): Promise<void> =>
    (finishing ??= deliver(recorder, dispatchEvent).finally(() => lifetime.abort()));
  recorder.events.on(
    'failed',
    (error) => {
      onFailed(error);
      // Saves what was recorded so far; a failure to do so has just been reported.
      finish().catch(() => undefined);
    },
    { signal },
  );
  // A page that is closed cannot complete the file.
  addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
  try {
    await recorder.start();
  } catch (error) {
    lifetime.abort();
    throw error;
  }
  return finish;
}

async function deliver(
  recorder: CallRecorder,
  dispatchEvent: RecordingContext['dispatchEvent'],
): Promise<void> {
  const recording = await recorder.stop();
  if (dispatchEvent(callEvent('onRecordingAvailable', recording))) download(recording.file);
}

function download(file: File): void {
  const href = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href, download: file.name }).click();
  // The download has long begun, and holds the file by itself.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** There is no stage after the call: the last frame stays. */
function sceneOf(view: CallView): () => readonly RecordingTile[] {
  let scene: readonly RecordingTile[] = [];
  return () => (scene = visibleTiles(view) ?? scene);
}

/** Keeps the audio of all participants in the mix, including those who join later. */
function followAudioTracks(session: CallSession, recorder: CallRecorder, signal: AbortSignal): void {
  let mixed: ReadonlyMap<string, MediaStreamTrack> = new Map();
  const follow = (): void => {
    const current = audioTracksOf(session);
    for (const [id, track] of current) if (mixed.get(id) !== track) recorder.addAudio(id, track);
    for (const id of mixed.keys()) if (!current.has(id)) recorder.removeAudio(id);
    mixed = current;
  };
  follow();
  const stop = session.store.subscribe((state, before) => {
    if (state.streams !== before.streams || state.phase !== before.phase) follow();
  });
  signal.addEventListener('abort', stop, { once: true });
}

function audioTracksOf(session: CallSession): ReadonlyMap<string, MediaStreamTrack> {
  const state = session.store.get();
  if (!isActive(state)) return new Map();
  return new Map(
    [...state.participants.keys()].flatMap((id) =>
      audioSources.flatMap((source) => {
        const track = session.media.streamOf(id, source)?.getTracks()[0];
        return track ? [[`${source} ${id}`, track] as const] : [];
      }),
    ),
  );
}

/** Even numbers: what encoders take. */
function canvasSize(stage = { width: 16, height: 9 }): { readonly width: number; readonly height: number } {
  const scale = Math.sqrt(pixels / (stage.width * stage.height));
  const even = (length: number): number => Math.round((length * scale) / 2) * 2;
  return { width: even(stage.width), height: even(stage.height) };
}

/** `call-standup-2026-01-31-14-05`, in local time. */
function fileName(session: CallSession, now: Date): string {
  const state = session.store.get();
  const call = isActive(state) ? state.sessionId.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60) : '';
  const twoDigits = (number: number): string => String(number).padStart(2, '0');
  const parts = [now.getMonth() + 1, now.getDate(), now.getHours(), now.getMinutes()];
  return ['call', call, now.getFullYear(), ...parts.map(twoDigits)]
    .filter((number) => number !== '')
    .join('-');
}
