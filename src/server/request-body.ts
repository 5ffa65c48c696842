import type { Context } from 'hono';
import * as v from 'valibot';
import { ApiError } from './api-error.js';

/** A text that says something, in at most `max` characters. */
export const shortText = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));

/** The JSON of a request, checked; no body at all counts as `{}`. Throws ERR_BAD_REQUEST. */
export async function readBody<Schema extends v.GenericSchema>(
  context: Context,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const result = v.safeParse(schema, await json(context));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ApiError('ERR_BAD_REQUEST', { path: v.getDotPath(issue), expected: issue.expected });
}

/** The `sessionId` of the body. Throws ERR_SESSION_ID_MISSING. */
export async function sessionIdOf(context: Context): Promise<string> {
  const { sessionId } = await readBody(context, v.object({ sessionId: v.optional(v.unknown()) }));
  const result = v.safeParse(shortText(100), sessionId);
  if (!result.success) throw new ApiError('ERR_SESSION_ID_MISSING');
  return result.output;
}

async function json(context: Context): Promise<unknown> {
  const text = await context.req.text();
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiError('ERR_BAD_REQUEST', 'The body is not JSON.', { cause });
  }
}
