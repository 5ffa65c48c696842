import type { RecordedFile } from '../../../src/domain/call/call-events.js';
import type { CallPage } from './call-page.js';

/** A camera and a microphone that a test can tell from others: one colour, one tone. */
export interface PaintedMedia {
  readonly colour: string;
  /** Hz. */
  readonly tone: number;
}

/** Gives a page a camera of one colour and a microphone of one tone, instead of the browser's. To be called before it joins. */
export async function paintMedia({ page }: CallPage, media: PaintedMedia): Promise<void> {
  await page.evaluate(({ colour, tone }) => {
    const camera = (): MediaStreamTrack => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
      const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
      let at = 0;
      const draw = (): void => {
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 320, 240);
        pen.fillStyle = 'white';
        pen.fillRect((at = (at + 5) % 310), 4, 8, 8);
      };
      draw();
      setInterval(draw, 66);
      return canvas.captureStream(15).getVideoTracks()[0] as MediaStreamTrack;
    };
    const microphone = (): MediaStreamTrack => {
      const context = new AudioContext();
      const out = context.createMediaStreamDestination();
      const oscillator = new OscillatorNode(context, { frequency: tone });
      oscillator.connect(new GainNode(context, { gain: 0.4 })).connect(out);
      oscillator.start();
      return out.stream.getAudioTracks()[0] as MediaStreamTrack;
    };
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const tracks = [...(wanted?.audio ? [microphone()] : []), ...(wanted?.video ? [camera()] : [])];
      window.observed.tracks.push(...tracks);
      return new MediaStream(tracks);
    };
  }, media);
}

/** The browser shares a green tab with a tone in it. */
export const paintTab = ({ page }: CallPage): Promise<void> =>
  page.evaluate(() => {
    navigator.mediaDevices.getDisplayMedia = async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 400 });
      const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
      let at = 0;
      setInterval(() => {
        pen.fillStyle = 'rgb(10, 200, 10)';
        pen.fillRect(0, 0, 640, 400);
        pen.fillStyle = 'white';
        pen.fillRect((at = (at + 5) % 620), 4, 8, 8);
      }, 66);
      const picture = canvas.captureStream(15).getVideoTracks()[0] as MediaStreamTrack;
      const settings = picture.getSettings.bind(picture);
      picture.getSettings = () => ({ ...settings(), displaySurface: 'browser' });
      const context = new AudioContext();
      const out = context.createMediaStreamDestination();
      const tone = new OscillatorNode(context, { frequency: 700 });
      tone.connect(new GainNode(context, { gain: 0.3 })).connect(out);
      tone.start();
      window.observed.tracks.push(picture, ...out.stream.getTracks());
      return new MediaStream([picture, ...out.stream.getTracks()]);
    };
  });

/** Gives the call a blue picture as its background, as a file. */
export const chooseBlue = ({ page }: CallPage): Promise<void> =>
  page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 48);
    const pen = canvas.getContext('2d');
    if (pen) pen.fillStyle = 'rgb(20, 20, 230)';
    pen?.fillRect(0, 0, 64, 48);
    document.querySelector('cometchat-call')?.setBackgroundImage(await canvas.convertToBlob());
  });

/** The page takes the file itself: no download. */
export const takeFile = ({ page }: CallPage): Promise<void> =>
  page.evaluate(() =>
    document.addEventListener('cometchat-recording-available', (event) => {
      event.preventDefault();
      window.recorded = event.detail;
    }),
  );

export const untilRecorded = ({ page }: CallPage): Promise<unknown> =>
  page.waitForFunction(() => 'recorded' in window, { timeout: 30_000 });

/** What a recorded file has in it, found by playing it. */
export interface PlayedFile {
  readonly type: string;
  readonly name: string;
  /** Seconds, as the player says. */
  readonly duration: number;
  /** Seconds that the player reached before it said that the file has ended. */
  readonly playedTo: number;
  /** Red, green, blue at places of the picture near the end of the file. */
  readonly pixels: readonly (readonly number[])[];
  /** Strength of each tone asked for. */
  readonly tones: readonly number[];
}

/** Plays `window.recorded` in the page; `places` are shares of the picture. */
export async function playRecorded(
  { page }: CallPage,
  ask: { readonly places: readonly (readonly [number, number])[]; readonly tones: readonly number[] },
): Promise<PlayedFile> {
  return page.evaluate(
    async ({ places, tones }) => {
      const { file } = window.recorded;
      const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
      const happens = (name: string): Promise<unknown> =>
        new Promise((resolve, reject) => {
          video.addEventListener(name, resolve, { once: true });
          video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
        });
      const loaded = happens('loadeddata');
      video.src = URL.createObjectURL(file);
      await loaded;
      const { duration } = video;
      const sought = happens('seeked');
      video.currentTime = Math.max(0, duration - 0.7);
      await sought;
      const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
      const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
      pen.drawImage(video, 0, 0, 160, 90);
      const pixels = places.map(([x, y]) => [...pen.getImageData(x * 160, y * 90, 1, 1).data].slice(0, 3));
      const over = happens('ended');
      await video.play();
      await over;
      const sound = await new AudioContext().decodeAudioData(await file.arrayBuffer());
      const samples = sound.getChannelData(0);
      const strength = (frequency: number): number => {
        let real = 0;
        let imaginary = 0;
        for (const [at, sample] of samples.entries()) {
          const angle = (2 * Math.PI * frequency * at) / sound.sampleRate;
          real += sample * Math.cos(angle);
          imaginary += sample * Math.sin(angle);
        }
        return (2 * Math.hypot(real, imaginary)) / samples.length;
      };
      const { name, type } = file;
      return { type, name, duration, playedTo: video.currentTime, pixels, tones: tones.map(strength) };
    },
    ask as { places: [number, number][]; tones: number[] },
  );
}

declare global {
  interface Window {
    /** What the page was handed as a finished recording. */
    recorded: Pick<RecordedFile, 'file' | 'durationMs'>;
  }
}
