import type { Context } from 'hono';
import { CallError } from '../../domain/call-error.js';
import type { TokenUser } from '../../protocol/tokens/token-claims.js';
import { verifyAuthToken } from '../auth/call-tokens.js';
import { secretsEqual } from '../auth/timing-safe-equal.js';
import type { UserDirectory } from '../auth/user-directory.js';
import type { ServerConfig } from '../config/server-config.js';
import { ApiError, type ApiErrorCode } from './api-error.js';
import type { Environment } from './routes/route-options.js';

/** The user who sent a request, and their role. */
export interface Bearer {
  readonly user: TokenUser;
  readonly role: string | undefined;
}

/** Throws an AUTH_ERR_ error unless `received` is the server's API key. */
export function checkApiKey({ apiKey }: Pick<ServerConfig, 'apiKey'>, received = ''): void {
  if (received === '') throw new ApiError('AUTH_ERR_EMPTY_APIKEY');
  if (apiKey === undefined)
    throw new ApiError('AUTH_ERR_APIKEY_NOT_FOUND', 'This server has no API key: set API_KEY.');
  if (!secretsEqual(received, apiKey)) throw new ApiError('AUTH_ERR_APIKEY_NOT_FOUND');
}

/** The user of the header `authToken`. Rejects with AUTH_ERR_AUTH_TOKEN_NOT_FOUND. */
export async function verifiedBearer(
  context: Context<Environment>,
  { config, users }: { readonly config: Pick<ServerConfig, 'secret'>; readonly users: UserDirectory },
): Promise<Bearer> {
  const { data } = await verified('AUTH_ERR_AUTH_TOKEN_NOT_FOUND', () =>
    verifyAuthToken(context.req.header('authToken') ?? '', config.secret),
  );
  return { user: users.latestOf(data.user), role: data.role };
}

/** Converts a TOKEN_ error to an ApiError that names it in `details`. */
export async function verified<Claims>(code: ApiErrorCode, verify: () => Promise<Claims>): Promise<Claims> {
  try {
    return await verify();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    throw new ApiError(
      code,
      { ...(error.details as object | null), code: error.code, message: error.message },
      { cause: error },
    );
  }
}
