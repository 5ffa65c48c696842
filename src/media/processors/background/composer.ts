import type { Background } from './background.js';
import { blurPixels, blurPlane } from './blur-pixels.js';
import type { Segmenter } from './segmenter.js';

/** Draws a frame with its background replaced. The canvas is reused for the next frame. */
export type Composer = (frame: VideoFrame | ImageBitmap) => OffscreenCanvas;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Weight of the newest mask; previous masks smooth it. */
const maskWeight = 0.7;

/** Mask values outside this range count as 0 or 1. */
const edge = { from: 0.2, to: 0.8 };

/** The blur radius at full strength, as a fraction of the width. */
const maxBlur = 1 / 16;

/** Creates a composer that replaces the background, using the mask of `segmenter`. */
export function createComposer(segmenter: Segmenter, background: Background): Composer {
  const { width, height } = segmenter;
  const input = context({ width, height }, { willReadFrequently: true });
  const maskContext = context({ width, height });
  const output = context({ width, height });
  const alpha = new ImageData(width, height);
  const person = new Float32Array(width * height);
  const outline = new Float32Array(width * height);
  return (frame) => {
    const size = sizeOf(frame);
    input.drawImage(frame, 0, 0, width, height);
    const pixels = input.getImageData(0, 0, width, height);
    smoothMask(person, segmenter.run(pixels.data));
    outline.set(person);
    blurPlane(outline, { width, height, radius: 1, passes: 1 });
    setAlpha(alpha.data, outline);
    maskContext.putImageData(alpha, 0, 0);
    fit(output.canvas, size);
    output.globalCompositeOperation = 'copy';
    output.drawImage(maskContext.canvas, 0, 0, size.width, size.height);
    output.globalCompositeOperation = 'source-in';
    output.drawImage(frame, 0, 0, size.width, size.height);
    output.globalCompositeOperation = 'destination-over';
    if (background.kind === 'image') cover(output, background.image, size);
    else {
      blurPixels(pixels, person, Math.max(2, Math.round((background.level / 99) * width * maxBlur)));
      input.putImageData(pixels, 0, 0);
      output.drawImage(input.canvas, 0, 0, size.width, size.height);
    }
    return output.canvas;
  };
}

function context(
  { width, height }: Size,
  options: CanvasRenderingContext2DSettings = {},
): OffscreenCanvasRenderingContext2D {
  const context2d = new OffscreenCanvas(width, height).getContext('2d', options);
  if (!context2d) throw new Error('There is no canvas to draw on.');
  return context2d;
}

function sizeOf(frame: VideoFrame | ImageBitmap): Size {
  return frame instanceof ImageBitmap ? frame : { width: frame.displayWidth, height: frame.displayHeight };
}

/** Resizes only on a change: setting the same size also clears the canvas. */
function fit(canvas: OffscreenCanvas, { width, height }: Size): void {
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
}

function smoothMask(person: Float32Array, mask: Float32Array): void {
  for (let at = 0; at < person.length; at += 1) {
    const before = person[at] ?? 0;
    person[at] = before + ((mask[at] ?? 0) - before) * maskWeight;
  }
}

/** Applies a smooth step to the mask, between the `edge` values. */
function setAlpha(pixels: Uint8ClampedArray, outline: Float32Array): void {
  for (let at = 0; at < outline.length; at += 1) {
    const part = Math.min(1, Math.max(0, ((outline[at] ?? 0) - edge.from) / (edge.to - edge.from)));
    pixels[at * 4 + 3] = 255 * part * part * (3 - 2 * part);
  }
}

/** Fills the canvas with the centred image, like CSS `object-fit: cover`. */
function cover(to: OffscreenCanvasRenderingContext2D, image: ImageBitmap, { width, height }: Size): void {
  const scale = Math.max(width / image.width, height / image.height);
  const w = width / scale;
  const h = height / scale;
  to.drawImage(image, (image.width - w) / 2, (image.height - h) / 2, w, h, 0, 0, width, height);
}
