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
  const plane = (): Float32Array => new Float32Array(count);
  const [red, green, blue, weights] = [plane(), plane(), plane(), plane()];
  for (let at = 0; at < count; at += 1) {
    // A trace of the person's own colour is left for what has nothing else near it.
    const weight = 1 - (person[at] ?? 0) + 0.001;
    red[at] = (data[at * 4] ?? 0) * weight;
    green[at] = (data[at * 4 + 1] ?? 0) * weight;
    blue[at] = (data[at * 4 + 2] ?? 0) * weight;
    weights[at] = weight;
  }
  const blur = { width, height, radius, passes: smooth };
  for (const each of [red, green, blue, weights]) blurPlane(each, blur);
  for (let at = 0; at < count; at += 1) {
    const weight = weights[at] ?? 1;
    data[at * 4] = (red[at] ?? 0) / weight;
    data[at * 4 + 1] = (green[at] ?? 0) / weight;
    data[at * 4 + 2] = (blue[at] ?? 0) / weight;
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
  const line = new Float32Array(Math.max(width, height) + 2 * radius + 2);
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
  // The line with its ends drawn out: no pixel asks where it is.
  const first = plane[from] ?? 0;
  const last = plane[from + (length - 1) * step] ?? 0;
  line.fill(first, 0, radius + 1);
  for (let at = 0; at < length; at += 1) line[radius + 1 + at] = plane[from + at * step] ?? 0;
  line.fill(last, radius + 1 + length, length + 2 * radius + 2);
  const part = 1 / (2 * radius + 1);
  let sum = 0;
  for (let at = 0; at <= 2 * radius; at += 1) sum += line[at] ?? 0;
  for (let at = 0; at < length; at += 1) {
    sum += (line[at + 2 * radius + 1] ?? 0) - (line[at] ?? 0);
    plane[from + at * step] = sum * part;
  }
}
