import { withTimeout } from '../../base/with-timeout.js';
import { CallError } from '../../domain/call-error.js';
import type { TokenUser } from '../../protocol/tokens/token-claims.js';
import { errorFields, type ServerLog } from '../monitoring/server-log.js';

/** The actions that are authorized. */
export type CallAction =
  /** Get a call token for the session, or join it. */
  | 'join'
  /** Mute another participant, or pause their video. */
  | 'mute-participant'
  /** End the session for all. */
  | 'end-session'
  /** Ring other users. */
  | 'initiate-call';

/** A request to be authorized. */
export interface AuthorizationRequest {
  /** What the user wants to do. */
  readonly action: CallAction;
  /** The user and role in the token. */
  readonly user: TokenUser & { readonly role?: string };
  /** `null` for `initiate-call`, where the session does not exist yet. */
  readonly sessionId: string | null;
  /** The uids of the users who are muted or rung. */
  readonly targets: readonly string[];
}

/**
 * The application's decision. `undefined` leaves the decision to the role in the token. An error, a rejection or a
 * decision that takes longer than 5 seconds counts as `false`.
 */
export type Authorize = (request: AuthorizationRequest) => boolean | undefined | Promise<boolean | undefined>;

/** Rejects with NOT_ALLOWED if the action is not permitted. */
export type Authorizer = (request: AuthorizationRequest) => Promise<void>;

/** How long (ms) the application may take to decide. */
const decisionTimeoutMs = 5000;

/** Asks the application first, then the role. A failure in the application denies the action. */
export function createAuthorizer(authorize: Authorize | undefined, log: ServerLog): Authorizer {
  return async (request) => {
    const decided = authorize && (await decision(authorize, request, log));
    if (decided ?? mayByRole(request)) return;
    throw new CallError('NOT_ALLOWED', { details: { action: request.action } });
  };
}

/**
 * As in CometChat's calls, everything is permitted unless the token has a role: then only moderators may mute others
 * and end the session for all. `default` is the role of CometChat users without a specific one.
 */
function mayByRole({ action, user: { role = 'default' } }: AuthorizationRequest): boolean {
  return action === 'join' || action === 'initiate-call' || ['default', 'moderator'].includes(role);
}

async function decision(
  authorize: Authorize,
  request: AuthorizationRequest,
  log: ServerLog,
): Promise<boolean | undefined> {
  try {
    return await withTimeout(Promise.resolve(authorize(request)), decisionTimeoutMs);
  } catch (error) {
    log('error', 'authorize failed', errorFields(error));
    return false;
  }
}
