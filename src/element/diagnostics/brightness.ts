/** Rows of the frame that are sampled, and parts of each row whose mean is one sample. */
const rows = 9;
const columns = 16;

const lumaFirst = new Set<string | null>(['I420', 'I420A', 'I422', 'I422A', 'I444', 'I444A', 'NV12']);
const rgb = new Set<string | null>(['RGBA', 'RGBX', 'BGRA', 'BGRX']);

/**
 * The brightness of a video frame, 0 (black) to 255, sampled all over it; `undefined` if the browser cannot read frames.
 * Copying a few rows of the frame takes a fraction of the time of drawing it into a canvas.
 */
export async function brightnessOf(video: HTMLVideoElement): Promise<readonly number[] | undefined> {
  if (!('VideoFrame' in globalThis)) return undefined;
  let frame: VideoFrame | undefined;
  try {
    frame = new VideoFrame(video);
    const read = brightnessIn(frame);
    return read && (await Promise.all(Array.from({ length: rows }, (_, row) => read(row)))).flat();
  } catch {
    // There is no frame at this moment, or it is somewhere that cannot be read.
    return undefined;
  } finally {
    frame?.close();
  }
}

/** Reads one row; `undefined` for formats of another kind than cameras give. */
function brightnessIn(frame: VideoFrame): ((row: number) => Promise<readonly number[]>) | undefined {
  const { format, visibleRect, colorSpace } = frame;
  const bytes = lumaFirst.has(format) ? 1 : rgb.has(format) ? 4 : undefined;
  if (!bytes || !visibleRect) return undefined;
  // Planes of colour have half the lines: places and sizes are even.
  const width = visibleRect.width & ~1;
  const limited = bytes === 1 && !colorSpace.fullRange;
  return async (row) => {
    const y = visibleRect.y + (Math.floor(((row + 0.5) / rows) * visibleRect.height) & ~1);
    const rect = { x: visibleRect.x, y, width, height: 2 };
    const data = new Uint8Array(frame.allocationSize({ rect }));
    const [plane] = await frame.copyTo(data, { rect });
    return Array.from({ length: columns }, (_, column) => {
      const from = Math.floor((column * width) / columns);
      const to = Math.max(from + 1, Math.floor(((column + 1) * width) / columns));
      const mean = meanOf(data.subarray((plane?.offset ?? 0) + from * bytes), to - from, bytes);
      return limited ? Math.max(0, ((mean - 16) * 255) / 219) : mean;
    });
  };
}

/** Of pixels with several channels, the brightest of the three colours counts. */
function meanOf(data: Uint8Array, pixels: number, bytes: number): number {
  let sum = 0;
  for (let at = 0; at < pixels * bytes; at += bytes)
    sum += bytes === 1 ? (data[at] ?? 0) : Math.max(...data.subarray(at, at + 3));
  return sum / pixels;
}
