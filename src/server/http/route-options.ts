import type { HttpBindings } from '@hono/node-server';
import type { Authorizer } from '../auth/authorization.js';
import type { Metrics } from '../monitoring/metrics.js';
import type { RateLimits } from '../limits/rate-limits.js';
import type { ServerConfig } from '../config/server-config.js';
import type { ServerLog } from '../monitoring/server-log.js';
import type { StaticFiles } from './static-files.js';
import type { UserDirectory } from '../auth/user-directory.js';

/** What the routes work with. */
export interface RouteOptions {
  readonly config: ServerConfig;
  readonly limits: RateLimits;
  readonly metrics: Metrics;
  readonly log: ServerLog;
  /** How users were last named. */
  readonly users: UserDirectory;
  /** Whether the bearer of a token may do something. */
  readonly authorize: Authorizer;
  /** Whether a device of the user waits for calls. */
  readonly isOnline: (uid: string) => boolean;
  readonly acceptsIssuer: (issuer: string, origin: string) => boolean;
  /** Shown in development mode where no route matches. */
  readonly files: StaticFiles | undefined;
}

/** What hono's contexts carry here: the request as Node has it. */
export type Environment = { Bindings: HttpBindings };
