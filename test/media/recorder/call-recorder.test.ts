import { expect } from '@open-wc/testing';
import type { CallError } from '../../../src/domain/call-error.js';
import { createCallRecorder, type Recording } from '../../../src/media/recorder/call-recorder.js';
import type { RecordingTile } from '../../../src/media/recorder/recording-tile.js';
import { fakeAudioTrack, replace } from '../../fakes/media/media-devices.js';
import { movingVideo, nameOfColour } from '../../fakes/media/media-scene.js';
import { waitUntil } from '../../harness/wait-until.js';

const whole = { x: 0, y: 0, width: 1, height: 1 };
const left = { ...whole, width: 0.5 };
const right = { ...left, x: 0.5 };

function tile(
  stream: MediaStream | null,
  place: typeof whole,
  more: Partial<RecordingTile> = {},
): RecordingTile {
  return {
    ...{ stream, ...place, name: '', fit: 'cover', mirrored: false, avatarInitials: 'AB', colour: '#00f' },
    ...more,
  } as RecordingTile;
}

describe('the call recorder', function () {
  this.timeout(40_000);
  let lifetime = new AbortController();
  let undo: (() => void)[] = [];

  beforeEach(() => {
    lifetime = new AbortController();
  });
  afterEach(() => {
    lifetime.abort();
    undo.forEach((restore) => restore());
    undo = [];
  });

  it('records a call with a late joiner into a file that plays to its end', async () => {
    const red = movingVideo('#f00', lifetime.signal);
    const green = movingVideo('#0f0', lifetime.signal);
    let scene = [tile(red, whole, { name: 'Ann' })];
    const recorder = createCallRecorder({
      scene: () => scene,
      canvasSize: { width: 640, height: 360 },
      signal: lifetime.signal,
    });
    recorder.addAudio('ann', fakeAudioTrack(400, 0.5));
    const went = stopwatch();
    await recorder.start();
    went.started();
    await mediaTime(1500);
    recorder.addAudio('ben', fakeAudioTrack(2000, 0.5));
    scene = [tile(red, left, { name: 'Ann' }), tile(green, right, { name: 'Ben' })];
    await mediaTime(2000);
    went.stopping();
    const recording = await recorder.stop();
    went.stopped();

    const played = await play(recording);
    expect(recording.name).to.match(/^call\.(mp4|webm)$/);
    expect(recording.file.type).to.equal(recording.mimeType);
    expect(recording.durationMs).to.be.within(went.atLeast, went.atMost);
    expect(played.duration * 1000).to.be.within(went.atLeast * 0.8, went.atMost * 1.1);
    expect(played.lastTime).to.be.closeTo(played.duration, 0.3);
    expect(played.at(0.5)).to.eql({ left: 'red', right: 'red' });
    expect(played.at(3)).to.eql({ left: 'red', right: 'green' });
    expect(played.loudness(0.3, 1.2), 'one voice at first').to.have.property('low').above(-60);
    expect(played.loudness(0.3, 1.2))
      .to.have.property('high')
      .below(played.loudness(0.3, 1.2).low - 25);
    expect(played.loudness(2.2, 3.2), 'both voices later').to.have.property('low').above(-60);
    expect(played.loudness(2.2, 3.2)).to.have.property('high').above(-60);
    await recording.discard();
  });

  it('shows who has no picture by initials, and drops who left', async () => {
    const red = movingVideo('#f00', lifetime.signal);
    let scene = [tile(red, left), tile(null, right, { colour: '#ff0', avatarInitials: '' })];
    const recorder = createCallRecorder({
      scene: () => scene,
      canvasSize: { width: 320, height: 180 },
      signal: lifetime.signal,
    });
    await recorder.start();
    await mediaTime(1200);
    scene = [tile(null, whole, { colour: '#00f', avatarInitials: '' })];
    await mediaTime(1200);
    const played = await play(await recorder.stop());
    expect(played.at(0.6)).to.eql({ left: 'red', right: 'yellow' });
    expect(played.centreAt(2.1)).to.equal('blue');
  });

  it('hands out what was recorded when the call ends first', async () => {
    const recorder = createCallRecorder({ scene: () => [], signal: lifetime.signal });
    await recorder.start();
    await mediaTime(600);
    lifetime.abort();
    const { file, durationMs } = await recorder.stop();
    expect(file.size).to.be.above(500);
    expect(durationMs).to.be.within(500, 3000);
  });

  it('gives a WebM file its duration, too', async () => {
    const supported = MediaRecorder.isTypeSupported.bind(MediaRecorder);
    const onlyWebm = (type: string): boolean => type.includes('webm') && supported(type);
    undo.push(replace(MediaRecorder, 'isTypeSupported', onlyWebm));
    const recorder = createCallRecorder({ scene: () => [tile(null, whole)], signal: lifetime.signal });
    await recorder.start();
    await mediaTime(2200);
    const recording = await recorder.stop();
    expect(recording.name).to.equal('call.webm');
    const { duration, lastTime } = await play(recording);
    expect(duration * 1000).to.be.closeTo(recording.durationMs, 1);
    expect(lastTime).to.be.closeTo(duration, 0.5);
  });

  it('works in memory where the browser keeps no files', async () => {
    undo.push(
      replace(navigator.storage, 'getDirectory', () => Promise.reject(new DOMException('', 'SecurityError'))),
    );
    const recorder = createCallRecorder({ scene: () => [tile(null, whole)], signal: lifetime.signal });
    const went = stopwatch();
    await recorder.start();
    went.started();
    await mediaTime(1500);
    went.stopping();
    const recording = await recorder.stop();
    went.stopped();
    const { duration } = await play(recording);
    expect(duration * 1000).to.be.within(went.atLeast * 0.8, went.atMost * 1.1);
  });

  it('takes the next format where the browser refuses one that it calls supported', async () => {
    const refused: string[] = [];
    const { start } = MediaRecorder.prototype;
    undo.push(
      replace(MediaRecorder.prototype, 'start', function (this: MediaRecorder, period?: number) {
        refused.push(this.mimeType);
        if (refused.length === 1) throw new DOMException('', 'NotSupportedError');
        start.call(this, period);
      }),
    );
    const recorder = createCallRecorder({ scene: () => [tile(null, whole)], signal: lifetime.signal });
    await recorder.start();
    await mediaTime(600);
    const recording = await recorder.stop();
    expect(refused.length).to.equal(2);
    expect(recording.file.size).to.be.above(500);
    expect(recording.name).to.match(recording.mimeType.startsWith('video/mp4') ? /\.mp4$/ : /\.webm$/);
  });

  for (const [container, extension] of [
    ['video/x-matroska', 'mkv'],
    ['video/mp4', 'mp4'],
    ['video/webm', 'webm'],
  ] as const)
    it(`names a file that turns out to be ${container} by what it is`, async () => {
      const { stop } = MediaRecorder.prototype;
      undo.push(
        replace(MediaRecorder.prototype, 'stop', function (this: MediaRecorder) {
          Object.defineProperty(this, 'mimeType', { value: `${container};codecs=avc1,opus` });
          stop.call(this);
        }),
      );
      const recorder = createCallRecorder({ scene: () => [], signal: lifetime.signal });
      await recorder.start();
      await mediaTime(300);
      const { name, mimeType, file } = await recorder.stop();
      expect(name).to.equal(`call.${extension}`);
      expect(file.name).to.equal(name);
      expect(mimeType).to.equal(`${container};codecs=avc1,opus`);
      expect(file.type).to.equal(mimeType);
    });

  it('has what is older than a few seconds on the disk while it goes on, and the parts are the file', async () => {
    const name = 'safe while it goes on';
    const red = movingVideo('#f00', lifetime.signal);
    const recorder = createCallRecorder({ scene: () => [tile(red, whole)], name, signal: lifetime.signal });
    await recorder.start();
    const stored = async (): Promise<number> => {
      const sizes = (await storedFiles()).filter((file) => file.includes(name)).map(storedSize);
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    };
    const sizeWhen = async (grown: number): Promise<number> => {
      let size = 0;
      await waitUntil(async () => (size = await stored()) > grown, 'the disk has more', { interval: 100 });
      return size;
    };
    const first = await sizeWhen(0);
    const second = await sizeWhen(first);
    const { file, discard } = await recorder.stop();
    expect(file.size).to.be.above(second - 1);
    expect(file.size).to.equal(await stored());
    await discard();
  });

  it('leaves nothing on the disk once it is discarded', async () => {
    const recorder = createCallRecorder({
      scene: () => [],
      name: 'to be discarded',
      signal: lifetime.signal,
    });
    await recorder.start();
    await mediaTime(300);
    const { discard, name } = await recorder.stop();
    expect((await storedFiles()).filter((stored) => stored.endsWith(name)).length).to.equal(1);
    await discard();
    expect((await storedFiles()).filter((stored) => stored.endsWith(name))).to.eql([]);
  });

  it('says so when the disk is full', async () => {
    const recorder = createCallRecorder({ scene: () => [], signal: lifetime.signal });
    const full = (): Promise<void> => Promise.reject(new DOMException('', 'QuotaExceededError'));
    undo.push(replace(FileSystemWritableFileStream.prototype, 'write', full));
    const failed = new Promise<CallError>((resolve) => recorder.events.on('failed', resolve, lifetime));
    await recorder.start();
    expect((await failed).code).to.equal('RECORDING_FAILED');
    const error = await recorder.stop().catch((reason: unknown) => reason as CallError);
    expect(error).to.have.property('code', 'RECORDING_FAILED');
  });

  it('hands out what is on the disk when that is full later', async () => {
    const name = 'until the disk was full';
    const red = movingVideo('#f00', lifetime.signal);
    const recorder = createCallRecorder({ scene: () => [tile(red, whole)], name, signal: lifetime.signal });
    const failed = new Promise<CallError>((resolve) => recorder.events.on('failed', resolve, lifetime));
    await recorder.start();
    const committed = async (): Promise<number> => {
      const [stored] = (await storedFiles()).filter((file) => file.includes(name));
      return stored ? storedSize(stored) : 0;
    };
    await waitUntil(async () => (await committed()) > 0, 'something is on the disk', { interval: 50 });
    const full = (): Promise<void> => Promise.reject(new DOMException('', 'QuotaExceededError'));
    undo.push(replace(FileSystemWritableFileStream.prototype, 'write', full));
    expect((await failed).code).to.equal('RECORDING_FAILED');
    const { file, discard } = await recorder.stop();
    expect(file.size).to.be.above(0);
    await discard();
    expect(await committed()).to.equal(0);
  });

  it('says so when the browser cannot record', async () => {
    undo.push(replace(MediaRecorder, 'isTypeSupported', () => false));
    const recorder = createCallRecorder({ scene: () => [], signal: lifetime.signal });
    const error = await recorder.start().catch((reason: unknown) => reason as CallError);
    expect(error).to.have.property('code', 'UNSUPPORTED');
  });

  it('has nothing to stop before it was started', async () => {
    const recorder = createCallRecorder({ scene: () => [], signal: lifetime.signal });
    const error = await recorder.stop().catch((reason: unknown) => reason as CallError);
    expect(error).to.have.property('code', 'RECORDING_FAILED');
  });
});

/** Lets the call go on for a while, measured by what is being recorded: the page's own clock of media. */
function mediaTime(ms: number): Promise<void> {
  const from = performance.now();
  return waitUntil(() => performance.now() - from >= ms, 'time passes', { interval: 20, timeout: ms + 5000 });
}

interface Stopwatch {
  started(): void;
  stopping(): void;
  stopped(): void;
  readonly atLeast: number;
  readonly atMost: number;
}

/** How long a recording can be: it begins while `start` runs, and ends while `stop` runs. */
function stopwatch(): Stopwatch {
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

async function storedFiles(): Promise<readonly string[]> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('cometchat-call-recordings');
  const names: string[] = [];
  // Chromium lists what is not committed yet beside it, as `.crswap`.
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys())
    if (!name.endsWith('.crswap')) names.push(name);
  return names;
}

async function storedSize(name: string): Promise<number> {
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
async function play({ file }: Recording): Promise<Played> {
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
