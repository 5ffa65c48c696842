import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import type { CallPosition, CallQuery } from '../../history/call-query.js';
import type { CallHistory } from '../../history/call-history.js';
import { callJson } from '../../history/call-json.js';
import { ApiError } from '../api-error.js';
import { checkApiKey, verifiedBearer } from '../credentials.js';
import type { Environment, RouteOptions } from './route-options.js';

const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`),
    v.transform(Number),
    v.minValue(min, `must be a whole number from ${min} to ${max}`),
    v.maxValue(max, `must be a whole number from ${min} to ${max}`),
  );

const oneOf = <const Names extends readonly string[]>(...names: Names) =>
  v.picklist(names, `must be one of: ${names.join(', ')}`);

const id = v.pipe(v.string(), v.maxLength(100, 'must be at most 100 characters long'));

const filters = {
  page: v.optional(wholeNumber(1, 1_000_000), '1'),
  perPage: v.optional(wholeNumber(1, 100)),
  limit: v.optional(wholeNumber(1, 100)),
  cursor: v.optional(v.pipe(v.string(), v.rawTransform(positionOf))),
  type: v.optional(oneOf('audio', 'video')),
  status: v.optional(
    v.pipe(
      v.string(),
      // Documents have both spellings.
      v.transform((status) => (status === 'canceled' ? 'cancelled' : status)),
      oneOf('initiated', 'ongoing', 'unanswered', 'rejected', 'busy', 'cancelled', 'ended', 'missed'),
    ),
  ),
  mode: v.optional(oneOf('call', 'meet', 'presenter')),
  category: v.optional(oneOf('call', 'meet', 'presenter')),
  direction: v.optional(oneOf('incoming', 'outgoing')),
  hasRecording: v.optional(
    v.pipe(
      oneOf('true', 'false', '1', '0'),
      v.transform((text) => text === 'true' || text === '1'),
    ),
  ),
  uid: v.optional(id),
  guid: v.optional(id),
};

const filterSchema = v.strictObject(filters);

/** The routes of the call history. */
export function callRoutes(options: RouteOptions): Hono<Environment> {
  const { config, history, users } = options;
  const app = new Hono<Environment>();

  /** The user whose calls are requested; `null`: all users. */
  const viewerOf = async (context: Context<Environment>): Promise<string | null> => {
    const key = context.req.header('apiKey');
    if (key === undefined) return (await verifiedBearer(context, options)).user.uid;
    checkApiKey(config, key);
    return context.req.header('onBehalfOf') ?? null;
  };

  app.get('/calls', async (context) => {
    const viewer = await viewerOf(context);
    const query = queryOf(context.req.query(), viewer);
    const { calls, next } = await asked(history, (kept) => kept.page(query, viewer));
    const now = Date.now();
    return context.json({
      data: calls.map((call) => callJson(call, { viewer, now })),
      meta: {
        pagination: {
          current_page: query.page,
          per_page: query.limit,
          count: calls.length,
          // Counting all would take longer than finding them: pages are known as far as the next one.
          total_pages: next ? query.page + 1 : query.page,
        },
        cursor: { next: next && cursorOf(next) },
      },
    });
  });

  app.get('/calls/:sessionId', async (context) => {
    const viewer = await viewerOf(context);
    const calls = await asked(history, (kept) => kept.session(context.req.param('sessionId'), viewer));
    if (calls.length === 0) throw new ApiError('ERR_CALL_NOT_FOUND');
    const now = Date.now();
    return context.json({ data: calls.map((call) => callJson(call, { viewer, now })) });
  });

  app.delete('/users/:uid/calls', async (context) => {
    checkApiKey(config, context.req.header('apiKey'));
    const uid = context.req.param('uid');
    const calls = await asked(history, (kept) => kept.erase(uid));
    users.forget(uid);
    return context.json({ data: { success: true, uid, calls } });
  });

  return app;
}

/** Throws ERR_BAD_REQUEST that names what is wrong with the filters. */
function queryOf(given: Record<string, string>, viewer: string | null): CallQuery {
  // SDKs write filters that are not set as empty ones.
  const parameters = Object.entries(given).filter(([, value]) => value !== '');
  const unknown = parameters.find(([name]) => !(name in filters));
  if (unknown)
    throw refused(unknown[0], `is not a filter of this route. Filters: ${Object.keys(filters).join(', ')}`);
  const { success, output, issues } = v.safeParse(filterSchema, Object.fromEntries(parameters));
  if (!success) throw refused(v.getDotPath(issues[0]) ?? '', issues[0].message);
  const { page, perPage, limit, cursor, mode, category = mode, direction, ...rest } = output;
  if (direction !== undefined && viewer === null && rest.uid === undefined)
    throw refused('direction', 'needs the user it is meant for: add `uid`, or the header `onBehalfOf`');
  return {
    page,
    limit: perPage ?? limit ?? 30,
    after: cursor ?? null,
    ...rest,
    category,
    direction,
  };
}

function refused(parameter: string, problem: string): ApiError {
  return new ApiError('ERR_BAD_REQUEST', { parameter, problem });
}

/** Runs what needs the history. An error of the database is not the caller's: it is logged and answered with 503. */
async function asked<Result>(
  history: CallHistory | undefined,
  run: (history: CallHistory) => Promise<Result>,
): Promise<Result> {
  if (!history) throw new ApiError('ERR_CALL_HISTORY_OFF');
  try {
    return await run(history);
  } catch (error) {
    throw new ApiError('ERR_CALL_HISTORY_UNAVAILABLE', null, { cause: error });
  }
}

function cursorOf({ initiatedAt, callId }: CallPosition): string {
  return Buffer.from(`${initiatedAt} ${callId}`).toString('base64url');
}

function positionOf({
  dataset,
  addIssue,
  NEVER,
}: Parameters<Parameters<typeof v.rawTransform<string, CallPosition>>[0]>[0]): CallPosition {
  const [, time, callId] =
    /^(\d{1,15}) (\S+)$/.exec(Buffer.from(dataset.value, 'base64url').toString()) ?? [];
  if (time !== undefined && callId !== undefined) return { initiatedAt: Number(time), callId };
  addIssue({ message: 'must be the `meta.cursor.next` of the page before' });
  return NEVER;
}
