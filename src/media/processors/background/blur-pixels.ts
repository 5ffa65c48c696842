/** Three box blurs come close to a Gaussian one. */
const smooth = 3;

/**
 * Blurs what is behind a person: `pixels` (RGBA) by `radius` pixels, in place. `person` says how much of each pixel is the
 * person, 0 to 1: none of it is smeared into the surroundings, so that no halo stands around the head.
 */
export function blurPixels(
  { data, width, height }: Pick<ImageData, 'data' | 'width' | 'height'>,
  person: Float32Array,
  radius: number,
): void {
  const count = width * height;
  // Red, green and blue, each times its weight, and the weight itself.
  const planes = Array.from({ length: 4 }, () => new Float32Array(count));
  for (let at = 0; at < count; at += 1) {
    // A trace of the person's own colour is left for what has nothing else near it.
    const weight = 1 - (person[at] ?? 0) + 0.001;
    planes.forEach((plane, channel) => {
      plane[at] = channel < 3 ? (data[at * 4 + channel] ?? 0) * weight : weight;
    });
  }
  for (const plane of planes) blurPlane(plane, { width, height, radius, passes: smooth });
  const weights = planes[3];
  for (let at = 0; at < count; at += 1) {
    for (let channel = 0; channel < 3; channel += 1)
      data[at * 4 + channel] = (planes[channel]?.[at] ?? 0) / (weights?.[at] ?? 1);
    data[at * 4 + 3] = 255;
  }
}

interface BoxBlur {
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly passes: number;
}

/** Gives every value the mean of those around it, in place. */
export function blurPlane(plane: Float32Array, { width, height, radius, passes }: BoxBlur): void {
  const line = new Float32Array(Math.max(width, height));
  for (let pass = 0; pass < passes; pass += 1) {
    for (let y = 0; y < height; y += 1)
      blurLine(plane, line, { from: y * width, step: 1, length: width, radius });
    for (let x = 0; x < width; x += 1)
      blurLine(plane, line, { from: x, step: width, length: height, radius });
  }
}

interface Line {
  readonly from: number;
  readonly step: number;
  readonly length: number;
  readonly radius: number;
}

/** The mean of what is within `radius` of each pixel; the edge goes on outside. */
function blurLine(plane: Float32Array, line: Float32Array, { from, step, length, radius }: Line): void {
  for (let at = 0; at < length; at += 1) line[at] = plane[from + at * step] ?? 0;
  const last = length - 1;
  let sum = 0;
  for (let at = -radius; at <= radius; at += 1) sum += line[Math.min(last, Math.max(0, at))] ?? 0;
  const size = 2 * radius + 1;
  for (let at = 0; at < length; at += 1) {
    plane[from + at * step] = sum / size;
    sum += (line[Math.min(last, at + radius + 1)] ?? 0) - (line[Math.max(0, at - radius)] ?? 0);
  }
}
