import { type Recording } from '../../../src/media/recorder/call-recorder.js';
import { nameOfColour } from '../../fakes/media/media-scene.js';
import { waitUntil } from '../../harness/wait-until.js';

export const whole = { x: 0, y: 0, width: 1, height: 1 };

export const left = { ...whole, width: 0.5 };

export const right = { ...left, x: 0.5 };

/** Lets the call go on for a while, measured by what is being recorded: the page's own clock of media. */
export function mediaTime(ms: number): Promise<void> {
  const from = performance.now();
  return waitUntil(() => performance.now() - from >= ms, 'time passes', { interval: 20, timeout: ms + 5000 });
}

/** Waits until the browser has given this many pieces of a recording that starts from now on. */
export function watchPieces(undo: (() => void)[]): (count: number) => Promise<void> {
  let pieces = 0;
  const { start } = MediaRecorder.prototype;
  MediaRecorder.prototype.start = function (period) {
    this.addEventListener('dataavailable', ({ data }) => (pieces += data.size > 0 ? 1 : 0));
    start.call(this, period);
  };
  undo.push(() => (MediaRecorder.prototype.start = start));
  return (count) => waitUntil(() => pieces >= count, `${count} pieces are recorded`, { timeout: 20_000 });
}

interface Stopwatch {
  started(): void;
  stopping(): void;
  stopped(): void;
  readonly atLeast: number;
  readonly atMost: number;
}

/** How long a recording can be: it begins while `start` runs, and ends while `stop` runs. */
export function stopwatch(): Stopwatch {
  const times = { asked: performance.now(), started: 0, stopping: 0, stopped: 0 };
  return {
    started: () => (times.started = performance.now()),
    stopping: () => (times.stopping = performance.now()),
    stopped: () => (times.stopped = performance.now()),
    get atLeast() {
      return times.stopping - times.started;
    },
    get atMost() {
      return times.stopped - times.asked;
    },
  };
}

export async function storedFiles(): Promise<readonly string[]> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('cometchat-call-recordings');
  const names: string[] = [];
  // Chromium lists what is not committed yet beside it, as `.crswap`.
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys())
    if (!name.endsWith('.crswap')) names.push(name);
  return names;
}

export async function storedSize(name: string): Promise<number> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('cometchat-call-recordings');
  return (await (await folder.getFileHandle(name)).getFile()).size;
}

interface Seen {
  readonly time: number;
  readonly left: string;
  readonly right: string;
  readonly centre: string;
}

interface Played {
  readonly duration: number;
  readonly lastTime: number;
  at(time: number): { readonly left: string; readonly right: string };
  centreAt(time: number): string;
  loudness(from: number, to: number): { readonly low: number; readonly high: number };
}

/** Plays a recording as a page would, and watches and listens. */
export async function play({ file }: Recording): Promise<Played> {
  const video = document.createElement('video');
  video.src = URL.createObjectURL(file);
  const problem = new Promise<never>((_, reject) =>
    video.addEventListener('error', () => reject(new Error(`it does not play: ${video.error?.message}`))),
  );
  await Promise.race([new Promise((resolve) => video.addEventListener('loadedmetadata', resolve)), problem]);
  const { duration } = video;
  const seen: Seen[] = [];
  const look = setInterval(() => seen.push(observe(video)), 30);
  const ended = new Promise((resolve) => video.addEventListener('ended', resolve));
  await video.play();
  await Promise.race([ended, problem]);
  clearInterval(look);
  const lastTime = video.currentTime;
  URL.revokeObjectURL(video.src);
  const sound = await decode(file);
  const near = (time: number): Seen =>
    seen.reduce((best, one) => (Math.abs(one.time - time) < Math.abs(best.time - time) ? one : best));
  return {
    duration,
    lastTime,
    at: (time) => ({ left: near(time).left, right: near(time).right }),
    centreAt: (time) => near(time).centre,
    loudness: (from, to) => ({ low: decibels(sound, 400, from, to), high: decibels(sound, 2000, from, to) }),
  };
}

function observe(video: HTMLVideoElement): Seen {
  const canvas = Object.assign(document.createElement('canvas'), {
    width: video.videoWidth,
    height: video.videoHeight,
  });
  const context = canvas.getContext('2d')!;
  context.drawImage(video, 0, 0);
  const colourAt = (x: number, y: number): string =>
    nameOfColour(
      context.getImageData(Math.round(x * canvas.width), Math.round(y * canvas.height), 1, 1).data,
    );
  return {
    time: video.currentTime,
    left: colourAt(0.2, 0.5),
    right: colourAt(0.76, 0.42),
    centre: colourAt(0.5, 0.42),
  };
}

async function decode(file: File): Promise<AudioBuffer> {
  const context = new AudioContext();
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  await context.close();
  return sound;
}

/** How loud one tone is in a part of a sound (Goertzel's filter); a full sine has -6 dB. */
function decibels(sound: AudioBuffer, frequency: number, from: number, to: number): number {
  const samples = sound.getChannelData(0).subarray(from * sound.sampleRate, to * sound.sampleRate);
  const step = (2 * Math.PI * frequency) / sound.sampleRate;
  let real = 0;
  let imaginary = 0;
  for (const [index, sample] of samples.entries()) {
    real += sample * Math.cos(step * index);
    imaginary += sample * Math.sin(step * index);
  }
  return 20 * Math.log10(Math.hypot(real, imaginary) / samples.length);
}
