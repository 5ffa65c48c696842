/** A WebM header with space reserved for the duration, which is known only at the end. */
export interface ReservedDuration {
  readonly head: Uint8Array<ArrayBuffer>;
  /** The file offset of the duration. */
  readonly offset: number;
  /** The bytes to write there. */
  encode(durationMs: number): Uint8Array<ArrayBuffer>;
}

interface Element {
  readonly id: number;
  readonly start: number;
  readonly dataStart: number;
  readonly end: number;
}

const ids = {
  segment: 0x18538067,
  info: 0x1549a966,
  timecodeScale: 0x2ad7b1,
  duration: 0x4489,
} as const;

/** Default nanoseconds per time unit (TimestampScale). */
const defaultScale = 1_000_000;

/**
 * Reserves space for the duration in the header of a WebM stream. Browsers omit the duration, and players then show an endless
 * recording. `undefined`: the header is not complete yet.
 */
export function reserveDuration(bytes: Uint8Array): ReservedDuration | undefined {
  const segment = find(bytes, ids.segment, 0, bytes.length);
  const info = segment && find(bytes, ids.info, segment.dataStart, bytes.length);
  if (!info || info.end > bytes.length) return undefined;
  const encode = encoder(timecodeScale(bytes, info));
  const duration = find(bytes, ids.duration, info.dataStart, info.end);
  if (duration && duration.end - duration.dataStart === 8)
    return { head: bytes.slice(), offset: duration.dataStart, encode };
  const content = bytes.subarray(info.dataStart, duration?.start ?? info.end);
  const rest = duration ? bytes.subarray(duration.end, info.end) : new Uint8Array();
  const size = content.length + rest.length + 11;
  const before = [
    bytes.subarray(0, info.start),
    hex('1549a966'),
    longSize(size),
    content,
    rest,
    hex('448988'),
  ];
  const offset = before.reduce((sum, part) => sum + part.length, 0);
  return { head: join([...before, new Uint8Array(8), bytes.subarray(info.end)]), offset, encode };
}

function encoder(scale: number): ReservedDuration['encode'] {
  return (durationMs) => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, (durationMs * 1_000_000) / scale);
    return bytes;
  };
}

function timecodeScale(bytes: Uint8Array, info: Element): number {
  const scale = find(bytes, ids.timecodeScale, info.dataStart, info.end);
  return scale
    ? bytes.subarray(scale.dataStart, scale.end).reduce((sum, byte) => sum * 256 + byte, 0)
    : defaultScale;
}

/** Finds the first element with an id between two offsets, walking sibling elements. */
function find(bytes: Uint8Array, id: number, from: number, to: number): Element | undefined {
  for (let at = from; at < to;) {
    const element = elementAt(bytes, at);
    if (!element || element.id === id) return element;
    at = element.end;
  }
  return undefined;
}

function elementAt(bytes: Uint8Array, start: number): Element | undefined {
  const idLength = vintLength(bytes[start]);
  const sizeLength = vintLength(bytes[start + idLength]);
  const dataStart = start + idLength + sizeLength;
  if (!idLength || !sizeLength || dataStart > bytes.length) return undefined;
  const id = bigEndian(bytes.subarray(start, start + idLength));
  const size = bytes.slice(start + idLength, dataStart);
  // Clears the length marker, which is not part of the value.
  size[0] = (size[0] ?? 0) & (0xff >> sizeLength);
  return { id, start, dataStart, end: dataStart + bigEndian(size) };
}

/** The bytes of a variable-length integer: leading zero bits plus one. */
function vintLength(first: number | undefined): number {
  return first ? Math.clz32(first) - 23 : 0;
}

function bigEndian(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Encodes a size in eight bytes, which fits any value. */
function longSize(size: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(size));
  bytes[0] = 1;
  return bytes;
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
