import type { HttpBindings } from '@hono/node-server';
import type { Authorizer } from '../../auth/authorization.js';
import type { CallHistory } from '../../history/call-history.js';
import type { Metrics } from '../../monitoring/metrics.js';
import type { RateLimits } from '../../limits/rate-limits.js';
import type { ServerConfig } from '../../config/server-config.js';
import type { ServerLog } from '../../monitoring/server-log.js';
import type { StaticFiles } from '../static-files.js';
import type { UserDirectory } from '../../auth/user-directory.js';

/** The dependencies of the routes. */
export interface RouteOptions {
  readonly config: ServerConfig;
  readonly limits: RateLimits;
  readonly metrics: Metrics;
  readonly log: ServerLog;
  /** The latest names and avatars of users. */
  readonly users: UserDirectory;
  /** Rejects with NOT_ALLOWED when the token's user lacks a right. */
  readonly authorize: Authorizer;
  /** Whether the user has a device connected to `/ring`. */
  readonly isOnline: (uid: string) => Promise<boolean>;
  /** Whether requests can be served. */
  readonly isReady: () => boolean;
  readonly acceptsIssuer: (issuer: string, origin: string) => boolean;
  /** `undefined`: this server keeps none. */
  readonly history: CallHistory | undefined;
  /** Served in development mode where no route matches. */
  readonly files: StaticFiles | undefined;
}

/** Hono's bindings: the Node request and response. */
export type Environment = { Bindings: HttpBindings };
