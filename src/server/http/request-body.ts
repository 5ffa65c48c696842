import type { Context } from 'hono';
import * as v from 'valibot';
import { ApiError } from './api-error.js';

/** Bytes; what this server is asked fits into far less. */
const maxBodyBytes = 64 * 1024;

/** Bytes of a body that may carry a whole picture as a `data:` URL. */
export const maxUserBodyBytes = 4 * 1024 * 1024;

/** A text that says something, in at most `max` characters. */
export const shortText = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));

/** A name or a picture's address, as backends have them: `null` or empty where there is none, and perhaps too long. */
export const shownText = (shown: (given: unknown) => string) =>
  v.pipe(
    v.nullish(v.string()),
    v.transform((given) => shown(given) || undefined),
  );

/** The JSON of a request, checked; no body at all counts as `{}`. Throws ERR_BAD_REQUEST. */
export async function readBody<Schema extends v.GenericSchema>(
  context: Context,
  schema: Schema,
  maxBytes = maxBodyBytes,
): Promise<v.InferOutput<Schema>> {
  return checkBody(await readJson(context, maxBytes), schema);
}

/** The parsed body of a request; it can be read once. Throws ERR_BAD_REQUEST for what is no JSON. */
export async function readJson(context: Context, maxBytes = maxBodyBytes): Promise<unknown> {
  const text = await textOf(context.req.raw, maxBytes);
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiError('ERR_BAD_REQUEST', 'The body is not JSON.', { cause });
  }
}

/** What a schema makes of a body. Throws ERR_BAD_REQUEST. */
export function checkBody<Schema extends v.GenericSchema>(
  body: unknown,
  schema: Schema,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ApiError('ERR_BAD_REQUEST', { path: v.getDotPath(issue), expected: issue.expected });
}

/** The `sessionId` of a body. Throws ERR_SESSION_ID_MISSING. */
export function sessionIdIn(body: unknown): string {
  const { sessionId } = checkBody(body, v.object({ sessionId: v.optional(v.unknown()) }));
  // Where it is the key of a table, backends have it as a number.
  const text = Number.isSafeInteger(sessionId) ? String(sessionId) : sessionId;
  const result = v.safeParse(shortText(100), text);
  if (!result.success) throw new ApiError('ERR_SESSION_ID_MISSING');
  return result.output;
}

/** A body need not say how long it is, so it is weighed while it comes. Throws ERR_PAYLOAD_TOO_LARGE. */
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
