import type { Context } from 'hono';
import * as v from 'valibot';
import { ApiError } from './api-error.js';

/** Maximum bytes of an ordinary request body. */
const maxBodyBytes = 64 * 1024;

/** Maximum bytes of a body that may contain a picture as a `data:` URL. */
export const maxUserBodyBytes = 4 * 1024 * 1024;

/** Text of 1 to `max` characters, without surrounding spaces. */
export const shortText = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));

/** A name or picture URL as backends send it: possibly `null`, empty or too long. */
export const normalizedText = (normalize: (value: unknown) => string) =>
  v.pipe(
    v.nullish(v.string()),
    v.transform((value) => normalize(value) || undefined),
  );

/** Reads and validates a JSON body; an empty body counts as `{}`. Throws ERR_BAD_REQUEST or ERR_PAYLOAD_TOO_LARGE. */
export async function readBody<Schema extends v.GenericSchema>(
  context: Context,
  schema: Schema,
  maxBytes = maxBodyBytes,
): Promise<v.InferOutput<Schema>> {
  return checkBody(await readJson(context, maxBytes), schema);
}

/** Reads a JSON body, once per request. Throws ERR_BAD_REQUEST or ERR_PAYLOAD_TOO_LARGE. */
export async function readJson(context: Context, maxBytes = maxBodyBytes): Promise<unknown> {
  const text = await textOf(context.req.raw, maxBytes);
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiError('ERR_BAD_REQUEST', 'The body is not JSON.', { cause });
  }
}

/** Validates a body. Throws ERR_BAD_REQUEST. */
export function checkBody<Schema extends v.GenericSchema>(
  body: unknown,
  schema: Schema,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ApiError('ERR_BAD_REQUEST', { path: v.getDotPath(issue), expected: issue.expected });
}

/** The `sessionId` in a body. Throws ERR_SESSION_ID_MISSING. */
export function sessionIdIn(body: unknown): string {
  const { sessionId } = checkBody(body, v.object({ sessionId: v.optional(v.unknown()) }));
  // Backends whose session ids are database keys send numbers.
  const text = Number.isSafeInteger(sessionId) ? String(sessionId) : sessionId;
  const result = v.safeParse(shortText(100), text);
  if (!result.success) throw new ApiError('ERR_SESSION_ID_MISSING');
  return result.output;
}

/** `Content-Length` is optional, so the size is checked while reading. Throws ERR_PAYLOAD_TOO_LARGE. */
async function textOf({ headers, body }: Request, maxBytes: number): Promise<string> {
  const tooLarge = (): ApiError => new ApiError('ERR_PAYLOAD_TOO_LARGE', { maxBytes });
  if (Number(headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
