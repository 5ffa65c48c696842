import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/** Paints a file into a canvas, once. An address made for it would be refused by a strict page. */
class RenderFile extends Directive {
  #rendered: Blob | undefined;

  override render(_file: Blob): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [file]: [Blob]): typeof noChange {
    if (file !== this.#rendered) void paint(element as HTMLCanvasElement, file);
    this.#rendered = file;
    return noChange;
  }
}

/** `html\`<canvas ${showFile(file)}>\`` */
export const renderFile = directive(RenderFile);

/** As wide as a sample on a sharp screen. */
const width = 256;

async function paint(canvas: HTMLCanvasElement, file: Blob): Promise<void> {
  // What is no picture stays as it was: the call gives it up, and says so.
  const bitmap = await createImageBitmap(file, { resizeWidth: width }).catch(() => undefined);
  if (!bitmap) return;
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
}
