/** A camera that films a person before a wall of stripes: what a segmentation takes for a person, drawn. */
export interface PersonCamera {
  readonly track: MediaStreamTrack;
  close(): void;
}

export const cameraSize = { width: 640, height: 360 };

/** A square of the picture, in pixels. */
export interface Patch {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Surely wall, and surely face. */
export const wall: Patch = { x: 40, y: 40, size: 64 };
export const face: Patch = { x: 300, y: 110, size: 40 };

/** Width of a stripe of the wall. */
const stripe = 8;

export function openPersonCamera(): PersonCamera {
  const canvas = Object.assign(document.createElement('canvas'), cameraSize);
  const context = canvas.getContext('2d');
  const [track] = canvas.captureStream(30).getVideoTracks();
  if (!context || !track) throw new Error('There is no canvas to film.');
  const timer = setInterval(() => drawPerson(context), 33);
  drawPerson(context);
  return {
    track,
    close() {
      clearInterval(timer);
      track.stop();
    },
  };
}

function drawPerson(context: CanvasRenderingContext2D): void {
  const { width, height } = cameraSize;
  for (let x = 0; x < width; x += stripe) {
    context.fillStyle = (x / stripe) % 2 === 0 ? '#102040' : '#e0e8f0';
    context.fillRect(x, 0, stripe, height);
  }
  const shade = (x: number, y: number, r: number, light: string, dark: string): CanvasGradient => {
    const gradient = context.createRadialGradient(x - r / 3, y - r / 3, r / 8, x, y, r);
    gradient.addColorStop(0, light);
    gradient.addColorStop(1, dark);
    return gradient;
  };
  const oval = (x: number, y: number, w: number, h: number, fill: string | CanvasGradient): void => {
    context.fillStyle = fill;
    context.beginPath();
    context.ellipse(x, y, w, h, 0, 0, 2 * Math.PI);
    context.fill();
  };
  oval(320, 390, 170, 160, shade(320, 360, 190, '#5a6f9a', '#26334f'));
  context.fillStyle = '#b98468';
  context.fillRect(285, 190, 70, 60);
  oval(320, 105, 84, 92, '#2b1d14');
  oval(320, 135, 70, 88, shade(320, 130, 110, '#f0c8ac', '#b07a5c'));
  for (const x of [292, 348]) {
    oval(x, 120, 12, 7, '#ffffff');
    oval(x, 120, 6, 6, '#33261c');
    context.fillStyle = '#3a281c';
    context.fillRect(x - 15, 103, 30, 5);
  }
  oval(320, 150, 9, 15, '#c89274');
  oval(320, 184, 26, 8, '#a5524c');
}
