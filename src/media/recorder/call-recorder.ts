import { Emitter } from '../../base/emitter.js';
import { log } from '../../base/logger.js';
import { withTimeout } from '../../base/with-timeout.js';
import { CallError } from '../../domain/call-error.js';
import { createCanvasTrack } from './painting/canvas-track.js';
import type { RecordingFile } from './recording-file.js';
import { openRecordingFile } from './recording-storage.js';
import { formatOf, recordingFormats, type RecordingFormat } from './recording-format.js';
import type { RecordingTile } from './painting/recording-tile.js';
import { RecordingWriter } from './recording-writer.js';
import { createAudioMixer, type AudioMixer } from './audio-mixer.js';

export interface CallRecorderOptions {
  /** The visible tiles; called for each frame. */
  readonly scene: () => readonly RecordingTile[];
  readonly canvasSize?: { readonly width: number; readonly height: number };
  /** Frames per second. Default: 25. */
  readonly frameRate?: number;
  /** The file name without extension. Default: `call`. */
  readonly name?: string;
  /** Whether to ask where to save, where supported. Else private storage keeps the file until `discard()`. */
  readonly promptForFile?: boolean;
  /** Aborting ends the recording; `stop()` still returns the file. */
  readonly signal: AbortSignal;
}

/** A finished recording. */
export interface Recording {
  /** Stored on disk where supported, else in memory. */
  readonly file: File;
  readonly name: string;
  readonly durationMs: number;
  readonly mimeType: string;
  /** Deletes the file from private storage. Call it only after the file was saved elsewhere. */
  discard(): Promise<void>;
}

export interface CallRecorderEvents {
  /** The recording failed, for example because the disk is full. `stop()` returns what was saved, or rejects. */
  failed: CallError;
}

/** Records the call in this browser as displayed to the local participant. */
export interface CallRecorder {
  readonly events: Emitter<CallRecorderEvents>;
  /** Adds an audio track to the mix; a known id replaces its track. May be called at any time. */
  addAudio(id: string, track: MediaStreamTrack): void;
  removeAudio(id: string): void;
  /** Resolves when recording has started. Rejects with a CallError. A recorder is for one recording. */
  start(): Promise<void>;
  /** Resolves with the complete file. Rejects with a CallError. */
  stop(): Promise<Recording>;
}

/** Whether this browser can record a call. */
export function canRecordCall(): boolean {
  return recordingFormats().length > 0 && 'captureStream' in HTMLCanvasElement.prototype;
}

/** ms of media per chunk. */
const pieceLength = 1000;

/** ms to wait for the last chunk. */
const stopTimeoutMs = 10_000;

/** Chromium writes MP4 per key frame: without this option, nothing is written for many seconds. */
const keyFrames = { videoKeyFrameIntervalDuration: pieceLength };

/** A recorder for one recording. */
export function createCallRecorder(options: CallRecorderOptions): CallRecorder {
  return new CanvasCallRecorder(options);
}

class CanvasCallRecorder implements CallRecorder {
  readonly events = new Emitter<CallRecorderEvents>();
  readonly #options: CallRecorderOptions;
  /** Aborted when the file is complete, later than the call, so that the last frames are written. */
  readonly #lifetime = new AbortController();
  readonly #audioTracks = new Map<string, MediaStreamTrack>();
  #mixer: AudioMixer | undefined;
  #starting: Promise<Running> | undefined;
  #stopping: Promise<Recording> | undefined;
  #hasFailed = false;

  constructor(options: CallRecorderOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => void this.stop().catch(() => this.#lifetime.abort()), {
      once: true,
    });
  }

  addAudio(id: string, track: MediaStreamTrack): void {
    this.#audioTracks.set(id, track);
    this.#mixer?.add(id, track);
  }

  removeAudio(id: string): void {
    this.#audioTracks.delete(id);
    this.#mixer?.remove(id);
  }

  async start(): Promise<void> {
    this.#starting ??= this.#startRecording();
    await this.#starting;
  }

  stop(): Promise<Recording> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  async #startRecording(): Promise<Running> {
    const [format] = recordingFormats();
    if (!format || !canRecordCall())
      throw new CallError('UNSUPPORTED', { message: 'This browser cannot record a call.' });
    if (this.#options.signal.aborted) throw failure(this.#options.signal.reason);
    const { name = 'call', promptForFile = false } = this.#options;
    const file = await openRecordingFile({ name, extension: format.extension, promptForFile });
    try {
      return this.#record(file);
    } catch (error) {
      this.#lifetime.abort();
      await file.discard();
      throw failure(error);
    }
  }

  #record(file: RecordingFile): Running {
    const { signal } = this.#lifetime;
    const size = this.#options.canvasSize ?? { width: 1280, height: 720 };
    const frameRate = this.#options.frameRate ?? 25;
    const videoTrack = createCanvasTrack({ scene: this.#options.scene, size, frameRate, signal });
    this.#mixer = createAudioMixer(signal);
    for (const [id, track] of this.#audioTracks) this.#mixer.add(id, track);
    const { recorder, format } = startRecorder(new MediaStream([videoTrack, this.#mixer.track]), {
      // 0.1 bit per pixel keeps faces and text readable.
      videoBitsPerSecond: Math.round(size.width * size.height * frameRate * 0.1),
      audioBitsPerSecond: 128_000,
    });
    const writer = new RecordingWriter(file);
    const stopped = once(recorder, 'stop');
    recorder.addEventListener('dataavailable', ({ data }) => writer.add(data));
    recorder.addEventListener('error', ({ error }) => this.#fail(error, recorder));
    void writer.failed.then((error) => this.#fail(error, recorder));
    // Not taken from the `start` event: a busy Chromium fires it seconds after the first frame.
    return { recorder, writer, file, format, stopped, startedAt: performance.now() };
  }

  async #end(): Promise<Recording> {
    if (!this.#starting)
      throw new CallError('RECORDING_FAILED', { message: 'The recording was not started.' });
    const { recorder, writer, file, stopped, startedAt, ...started } = await this.#starting;
    try {
      const durationMs = performance.now() - startedAt;
      if (recorder.state !== 'inactive') recorder.stop();
      await withTimeout(stopped, stopTimeoutMs).catch((error: unknown) =>
        log('recorder').warn('The browser does not end the recording: it has what was written.', error),
      );
      const format = recorder.mimeType ? formatOf(recorder.mimeType) : started.format;
      const complete = await writer.finish(durationMs, format);
      return {
        file: complete,
        name: complete.name,
        durationMs,
        mimeType: format.mimeType,
        discard: () => file.discard(),
      };
    } catch (error) {
      await file.discard();
      throw failure(error);
    } finally {
      this.#lifetime.abort();
    }
  }

  /** The browser may report an error, and the writer its consequence: only the first is reported. */
  #fail(error: unknown, recorder: MediaRecorder): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.events.emit('failed', failure(error));
    if (recorder.state !== 'inactive') recorder.stop();
    this.stop().catch(() => this.#lifetime.abort());
  }
}

/** Starts with the first format that works: browsers refuse some that they report as supported. Throws the last error. */
function startRecorder(
  stream: MediaStream,
  options: MediaRecorderOptions,
): Pick<Running, 'recorder' | 'format'> {
  let refusal: unknown;
  for (const format of recordingFormats())
    try {
      const { mimeType } = format;
      const recorder = new MediaRecorder(stream, { ...options, ...keyFrames, mimeType });
      recorder.start(pieceLength);
      return { recorder, format };
    } catch (error) {
      refusal = error;
      log('recorder').info('The browser refused a format that it supports.', format.mimeType, error);
    }
  throw refusal;
}

interface Running {
  readonly recorder: MediaRecorder;
  readonly writer: RecordingWriter;
  readonly file: RecordingFile;
  readonly format: RecordingFormat;
  /** Resolves when the last chunk was delivered. */
  readonly stopped: Promise<unknown>;
  readonly startedAt: number;
}

function once(target: EventTarget, name: string): Promise<Event> {
  return new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));
}

function failure(error: unknown): CallError {
  return error instanceof CallError ? error : new CallError('RECORDING_FAILED', { cause: error });
}
