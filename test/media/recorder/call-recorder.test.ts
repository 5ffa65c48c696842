import { expect } from '@open-wc/testing';
import type { CallError } from '../../../src/domain/call-error.js';
import { createCallRecorder, type Recording } from '../../../src/media/recorder/call-recorder.js';
import type { RecordingTile } from '../../../src/media/recorder/painting/recording-tile.js';
import { fakeAudioTrack, replace } from '../../fakes/media/media-devices.js';
import { movingVideo } from '../../fakes/media/media-scene.js';
import { waitUntil } from '../../harness/wait-until.js';
import { whole, left, right, mediaTime, stopwatch, storedFiles, storedSize, play } from './recorded-file.js';
import { watchPieces } from './recorded-file.js';

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
    expect(played.loudness(2.2, 3.2), 'both voices later').to.have.property('low').above(-60);
    expect(played.loudness(2.2, 3.2)).to.have.property('high').above(-60);
    // A machine under load leaves gaps in the first voice, and their edges are heard at every frequency.
    expect(played.loudness(0.3, 1.2), 'the second voice before it joins')
      .to.have.property('high')
      .below(played.loudness(2.2, 3.2).high - 12);
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

  const refused = (): Promise<never> => Promise.reject(new DOMException('', 'SecurityError'));
  const unanswered = (): Promise<never> => new Promise(() => undefined);

  for (const [title, getDirectory] of [
    ['keeps no files', refused],
    ['never answers where it keeps files', unanswered],
  ] as const)
    it(`works in memory where the browser ${title}`, async () => {
      undo.push(replace(navigator.storage, 'getDirectory', getDirectory));
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

  it('gives what was written where the browser does not say that it has stopped', async () => {
    undo.push(replace(MediaRecorder.prototype, 'stop', () => undefined));
    const until = watchPieces(undo);
    const recorder = createCallRecorder({ scene: () => [tile(null, whole)], signal: lifetime.signal });
    await recorder.start();
    await until(2);
    const { file } = await recorder.stop();
    expect(file.size).to.be.above(1000);
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

  it('says once that the browser broke it off, and hands out what was recorded until then', async () => {
    const red = movingVideo('#f00', lifetime.signal);
    const recorder = createCallRecorder({ scene: () => [tile(red, whole)], signal: lifetime.signal });
    const failures: CallError[] = [];
    recorder.events.on('failed', (error) => failures.push(error), lifetime);
    const started: MediaRecorder[] = [];
    const { start } = MediaRecorder.prototype;
    undo.push(
      replace(MediaRecorder.prototype, 'start', function (this: MediaRecorder, period?: number) {
        started.push(this);
        start.call(this, period);
      }),
    );
    const until = watchPieces(undo);
    await recorder.start();
    await until(2);
    const [browserRecorder] = started;
    // A recorder ends with an error when its stream gets another track.
    browserRecorder!.stream.addTrack(fakeAudioTrack());
    await waitUntil(() => failures.length > 0, 'the failure is reported');
    const { file, durationMs, discard } = await recorder.stop();
    expect(failures.map(({ code }) => code)).to.eql(['RECORDING_FAILED']);
    expect(browserRecorder!.state).to.equal('inactive');
    const { duration } = await play({ file } as Recording);
    expect(duration * 1000).to.be.within(1000, durationMs * 1.1);
    await discard();
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
