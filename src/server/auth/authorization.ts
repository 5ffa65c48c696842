import { CallError } from '../../domain/call-error.js';
import type { TokenUser } from '../../protocol/token-claims.js';
import { errorFields, type ServerLog } from '../monitoring/server-log.js';

/** What needs a right of its own. */
export type CallAction =
  /** To get a call token for the session, and to join it. */
  | 'join'
  /** To mute another participant, or to pause their video. */
  | 'mute-participant'
  /** To end the session for everybody. */
  | 'end-session'
  /** To ring other users. */
  | 'initiate-call';

/** Who wants to do what. */
export interface AuthorizationRequest {
  readonly action: CallAction;
  /** As their token names them. */
  readonly user: TokenUser & { readonly role?: string };
  /** `null`: a ringing call that has none yet. */
  readonly sessionId: string | null;
  /** The uids of those whom it concerns: who is muted, who is rung. */
  readonly targets: readonly string[];
}

/** Decides for an application; what it leaves undecided (`undefined`) is decided by role. */
export type Authorize = (request: AuthorizationRequest) => boolean | undefined | Promise<boolean | undefined>;

/** Rejects with NOT_ALLOWED. */
export type Authorizer = (request: AuthorizationRequest) => Promise<void>;

/** ms an application has to decide. */
const timeouts = 5000;

/** Asks the application, then the role. What goes wrong in the application is no permission. */
export function createAuthorizer(authorize: Authorize | undefined, log: ServerLog): Authorizer {
  return async (request) => {
    const decided = authorize && (await decision(authorize, request, log));
    if (decided ?? mayByRole(request)) return;
    throw new CallError('NOT_ALLOWED', { details: { action: request.action } });
  };
}

/**
 * Everybody may do everything, as in CometChat's calls, unless the token gives them a role: then muting others and ending
 * for all is for moderators. `default` is the role of every CometChat user that has no other.
 */
function mayByRole({ action, user: { role = 'default' } }: AuthorizationRequest): boolean {
  return action === 'join' || action === 'initiate-call' || ['default', 'moderator'].includes(role);
}

async function decision(
  authorize: Authorize,
  request: AuthorizationRequest,
  log: ServerLog,
): Promise<boolean | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`authorize has not decided within ${timeouts} ms.`)), timeouts);
  });
  try {
    return await Promise.race([authorize(request), late]);
  } catch (error) {
    log('error', 'authorize failed', errorFields(error));
    return false;
  } finally {
    clearTimeout(timer);
  }
}
