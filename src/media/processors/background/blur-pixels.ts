/** Three box blurs approximate a Gaussian blur. */
const passes = 3;

/**
 * Blurs the background of `pixels` (RGBA) by `radius` pixels, in place. `person` is the mask, 0 to 1 per pixel. The person's
 * colours are excluded, so that no halo appears around the head.
 */
export function blurPixels(
  { data, width, height }: Pick<ImageData, 'data' | 'width' | 'height'>,
  person: Float32Array,
  radius: number,
): void {
  const count = width * height;
  const plane = (): Float32Array => new Float32Array(count);
  const [red, green, blue, weights] = [plane(), plane(), plane(), plane()];
  for (let index = 0; index < count; index += 1) {
    // A small weight keeps pixels defined that have only the person nearby.
    const weight = 1 - (person[index] ?? 0) + 0.001;
    red[index] = (data[index * 4] ?? 0) * weight;
    green[index] = (data[index * 4 + 1] ?? 0) * weight;
    blue[index] = (data[index * 4 + 2] ?? 0) * weight;
    weights[index] = weight;
  }
  const blur = { width, height, radius, passes };
  for (const each of [red, green, blue, weights]) blurPlane(each, blur);
  for (let index = 0; index < count; index += 1) {
    const weight = weights[index] ?? 1;
    data[index * 4] = (red[index] ?? 0) / weight;
    data[index * 4 + 1] = (green[index] ?? 0) / weight;
    data[index * 4 + 2] = (blue[index] ?? 0) / weight;
    data[index * 4 + 3] = 255;
  }
}

interface BoxBlur {
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly passes: number;
}

/** Replaces each value by the mean of its neighbourhood, in place. */
export function blurPlane(plane: Float32Array, { width, height, radius, passes }: BoxBlur): void {
  const buffer = new Float32Array(Math.max(width, height) + 2 * radius + 2);
  for (let pass = 0; pass < passes; pass += 1) {
    for (let y = 0; y < height; y += 1)
      blurRun(plane, buffer, { from: y * width, step: 1, length: width, radius });
    for (let x = 0; x < width; x += 1)
      blurRun(plane, buffer, { from: x, step: width, length: height, radius });
  }
}

interface Run {
  readonly from: number;
  readonly step: number;
  readonly length: number;
  readonly radius: number;
}

/** The mean of what is within `radius` of each pixel; the edge goes on outside. */
function blurRun(plane: Float32Array, buffer: Float32Array, { from, step, length, radius }: Run): void {
  // The line with its ends drawn out: no pixel asks where it is.
  const first = plane[from] ?? 0;
  const last = plane[from + (length - 1) * step] ?? 0;
  buffer.fill(first, 0, radius + 1);
  for (let index = 0; index < length; index += 1)
    buffer[radius + 1 + index] = plane[from + index * step] ?? 0;
  buffer.fill(last, radius + 1 + length, length + 2 * radius + 2);
  const share = 1 / (2 * radius + 1);
  let sum = 0;
  for (let index = 0; index <= 2 * radius; index += 1) sum += buffer[index] ?? 0;
  for (let index = 0; index < length; index += 1) {
    sum += (buffer[index + 2 * radius + 1] ?? 0) - (buffer[index] ?? 0);
    plane[from + index * step] = sum * share;
  }
}
