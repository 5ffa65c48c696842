import type { BackgroundImage } from '../../../domain/media/background-image.js';
import { builtInColours } from '../../../domain/media/built-in-backgrounds.js';

const size = { width: 1280, height: 720 };

/** Fetches and decodes a background image. Rejects if it is not an image. */
export async function loadImage(
  image: BackgroundImage,
  { signal }: { readonly signal: AbortSignal },
): Promise<ImageBitmap> {
  if (image instanceof Blob) return createImageBitmap(image);
  const url = typeof image === 'string' ? image : 'src' in image ? image.src : image.url;
  const colours = builtInColours(url);
  if (colours) return drawGradient(colours);
  const response = await fetch(new URL(url, document.baseURI), { signal });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return createImageBitmap(await response.blob());
}

function drawGradient(colours: readonly string[]): ImageBitmap {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas to draw on.');
  const gradient = context.createLinearGradient(0, 0, size.width, size.height);
  colours.forEach((colour, at) => gradient.addColorStop(at / (colours.length - 1), colour));
  context.fillStyle = gradient;
  context.fillRect(0, 0, size.width, size.height);
  return canvas.transferToImageBitmap();
}
