/**
 * An encrypted frame, in the manner of SFrame (RFC 9605):
 *
 *     clear head | AES-GCM of the rest, with its tag of 16 bytes | salt (8 bytes) | counter (4 bytes) | layout (1 byte)
 *
 * The salt names the sender's key, and the counter is the nonce. Head and trailer are authenticated. The head is what packetizers
 * and media servers read; it is also such that a decoder without the key refuses the frame instead of playing noise.
 */
const saltBytes = 8;
const counterBytes = 4;
const tagBytes = 16;
const trailerBytes = saltBytes + counterBytes + 1;

/** In the last byte, with the version of the format in the upper four bits. */
export const layouts = { audio: 0x10, delta: 0x11, key: 0x12 } as const;

export type Layout = (typeof layouts)[keyof typeof layouts];

/** The frame tag and the start code of a VP8 key frame (RFC 6386, 9.1); its size follows in 4 bytes. */
const tagLength = 3;
const startCodeEnd = 6;

/** An Opus packet of no frames, which is invalid (RFC 6716, 3.2.5). */
const silentOpus: readonly number[] = [0x03, 0x00];

/** The length of the clear head, and where the original frame goes on after it. */
const heads: Readonly<Record<Layout, { readonly length: number; readonly original: number }>> = {
  [layouts.audio]: { length: silentOpus.length, original: 0 },
  [layouts.delta]: { length: tagLength, original: tagLength },
  [layouts.key]: { length: 10, original: 10 },
};

export interface SplitFrame {
  readonly head: Uint8Array<ArrayBuffer>;
  readonly secret: Uint8Array<ArrayBuffer>;
}

/** Splits a frame into what stays clear and what is encrypted; `undefined` if it is too short to be one of its kind. */
export function splitFrame(frame: Uint8Array<ArrayBuffer>, layout: Layout): SplitFrame | undefined {
  const { original } = heads[layout];
  if (frame.length < original) return undefined;
  const body = frame.subarray(original);
  if (layout === layouts.audio) return { head: Uint8Array.from(silentOpus), secret: body };
  const head = frame.slice(0, original);
  if (layout === layouts.delta) return { head, secret: body };
  // Without its start code, no decoder begins with this frame.
  head.fill(0, tagLength, startCodeEnd);
  return { head, secret: concat(frame.subarray(tagLength, startCodeEnd), body) };
}

/** The opposite of `splitFrame`. */
export function joinFrame(layout: Layout, { head, secret }: SplitFrame): Uint8Array<ArrayBuffer> {
  if (layout === layouts.audio) return secret;
  if (layout === layouts.delta) return concat(head, secret);
  const codeLength = startCodeEnd - tagLength;
  return concat(
    head.subarray(0, tagLength),
    secret.subarray(0, codeLength),
    head.subarray(startCodeEnd),
    secret.subarray(codeLength),
  );
}

export function trailerOf(salt: Uint8Array, counter: number, layout: Layout): Uint8Array<ArrayBuffer> {
  const trailer = new Uint8Array(trailerBytes);
  trailer.set(salt);
  new DataView(trailer.buffer).setUint32(saltBytes, counter);
  trailer[trailerBytes - 1] = layout;
  return trailer;
}

export interface SealedFrame {
  readonly layout: Layout;
  readonly head: Uint8Array<ArrayBuffer>;
  /** With the tag of AES-GCM. */
  readonly ciphertext: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly trailer: Uint8Array<ArrayBuffer>;
}

/** The parts of an encrypted frame; `undefined` if it is not one. */
export function parseSealed(frame: Uint8Array<ArrayBuffer>): SealedFrame | undefined {
  const layout = Object.values(layouts).find((each) => each === frame.at(-1));
  if (layout === undefined) return undefined;
  const { length } = heads[layout];
  const end = frame.length - trailerBytes;
  if (end < length + tagBytes) return undefined;
  const trailer = frame.subarray(end);
  return {
    layout,
    head: frame.subarray(0, length),
    ciphertext: frame.subarray(length, end),
    salt: trailer.subarray(0, saltBytes),
    counter: new DataView(trailer.buffer, trailer.byteOffset).getUint32(saltBytes),
    trailer,
  };
}

/** The nonce of AES-GCM: each key belongs to one salt, so that the counter alone makes it unique. */
export function nonceOf(counter: number): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(8, counter);
  return nonce;
}

export const newSalt = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(saltBytes));

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
