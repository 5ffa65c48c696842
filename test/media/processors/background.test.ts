import { expect } from '@open-wc/testing';
import type { ProcessingFailure } from '../../../src/domain/media/track-processor.js';
import {
  createBackgroundProcessor,
  type BackgroundOptions,
} from '../../../src/media/processors/background/background-processor.js';
import { frameBudget } from '../../../src/media/processors/frame-budget.js';
import {
  face,
  openPersonCamera,
  wall,
  type Patch,
  type PersonCamera,
} from '../../fakes/media/person-camera.js';
import { waitUntil } from '../../harness/wait-until.js';

const patient = { timeout: 12_000 };

/** What a patch of a track's picture looks like now: its mean colour, and how far its brightness strays from it. */
async function filmed(
  track: MediaStreamTrack,
): Promise<(patch: Patch) => { readonly colour: readonly number[]; readonly contrast: number }> {
  const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
  video.srcObject = new MediaStream([track]);
  await video.play();
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return ({ x, y, size }) => {
    Object.assign(canvas, { width: size, height: size });
    pen?.drawImage(video, x, y, size, size, 0, 0, size, size);
    const data = pen?.getImageData(0, 0, size, size).data ?? new Uint8ClampedArray();
    const of = (channel: number): number[] => [...data.filter((_, at) => at % 4 === channel)];
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, each) => sum + each, 0) / values.length;
    const green = of(1);
    const middle = mean(green);
    return {
      colour: [mean(of(0)), middle, mean(of(2))],
      contrast: mean(green.map((each) => Math.abs(each - middle))),
    };
  };
}

const paths = ['streams of frames', 'a canvas'];

for (const path of paths)
  describe(`a background, by ${path}`, () => {
    let camera: PersonCamera;
    let lifetime: AbortController;
    const failures: ProcessingFailure[] = [];
    const generator = Object.getOwnPropertyDescriptor(globalThis, 'MediaStreamTrackGenerator');

    const process = (options: Partial<BackgroundOptions>): Promise<MediaStreamTrack> =>
      createBackgroundProcessor({ blur: 60, image: '', assetsUrl: '', ...options }).process(camera.track, {
        signal: lifetime.signal,
        onFailure: (failure) => failures.push(failure),
      });

    before(function () {
      if (path === paths[0] && !generator) this.skip();
      if (path === paths[1]) Reflect.deleteProperty(globalThis, 'MediaStreamTrackGenerator');
    });
    after(() => {
      if (generator) Object.defineProperty(globalThis, 'MediaStreamTrackGenerator', generator);
    });
    beforeEach(() => {
      camera = openPersonCamera();
      lifetime = new AbortController();
      failures.length = 0;
    });
    afterEach(() => {
      lifetime.abort();
      camera.close();
    });

    it('blurs the wall and leaves the face', async () => {
      const raw = await filmed(camera.track);
      await waitUntil(() => raw(wall).contrast > 60, 'the wall has stripes', patient);
      const seen = await filmed(await process({}));
      await waitUntil(() => seen(wall).contrast < 6 && seen(wall).colour[1]! > 60, 'they are gone', patient);
      const [before, after] = [raw(face), seen(face)];
      for (const channel of [0, 1, 2])
        expect(after.colour[channel]).to.be.closeTo(before.colour[channel] ?? 0, 12);
    });

    it('puts an image behind the face, and ends with its signal alone', async () => {
      const red = new OffscreenCanvas(40, 20);
      const pen = red.getContext('2d');
      if (pen) pen.fillStyle = 'rgb(220, 10, 10)';
      pen?.fillRect(0, 0, 40, 20);
      const processed = await process({ image: await red.convertToBlob() });
      const seen = await filmed(processed);
      await waitUntil(
        () => (seen(wall).colour[0] ?? 0) > 190 && (seen(wall).colour[1] ?? 99) < 40,
        'red',
        patient,
      );
      expect(seen(face).colour[1]).to.be.greaterThan(90);
      lifetime.abort();
      expect([processed.readyState, camera.track.readyState]).to.eql(['ended', 'live']);
    });

    it('says when the machine is too slow, and not before', async () => {
      const seen = await filmed(
        await process({ budget: { ...frameBudget, perFrame: 10_000, sustainedMs: 0 } }),
      );
      await waitUntil(() => seen(wall).contrast < 6, 'it runs', patient);
      expect(failures).to.eql([]);
      lifetime.abort();
      lifetime = new AbortController();
      const slow = await filmed(await process({ budget: { perFrame: 0.001, sustainedMs: 50 } }));
      await waitUntil(() => failures.includes('too-slow'), 'it is reported', patient);
      expect(slow).to.be.a('function');
    });
  });

describe('a background that there is not', () => {
  const refused = async (options: Partial<BackgroundOptions>): Promise<string> => {
    const camera = openPersonCamera();
    const { signal } = new AbortController();
    try {
      await createBackgroundProcessor({ blur: 60, image: '', assetsUrl: '', ...options }).process(
        camera.track,
        {
          signal,
          onFailure: () => undefined,
        },
      );
      return 'processed';
    } catch (error) {
      return String(error);
    } finally {
      camera.close();
    }
  };

  it('is refused: files that are not there, an address without an image, a file that is none', async () => {
    expect(await refused({ assetsUrl: '/nowhere' })).to.match(/nowhere.*processor-assets-url/);
    expect(await refused({ image: '/nowhere.png' })).to.contain('404');
    expect(await refused({ image: new Blob(['no image']) })).to.match(/Error/);
  });
});
