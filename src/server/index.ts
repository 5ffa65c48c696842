/**
 * The call server for embedding in a Node application:
 *
 *     import { createCallServer, createCallToken } from 'cometchat-call/server';
 *
 *     const calls = createCallServer({ secret: process.env.CALL_SECRET });
 *     calls.attach(httpServer); // or: await calls.listen()
 *     const token = await createCallToken({ secret, sessionId: 'standup', user: { uid: 'ada', name: 'Ada' } });
 */
export type { AuthorizationRequest, Authorize, CallAction } from './auth/authorization.js';
export { createCallServer, type CallServer, type CallServerOptions } from './call-server.js';
export { createAuthToken, createCallToken, type TokenOptions, type UserOptions } from './auth/call-tokens.js';
export { ConfigError } from './config/server-config.js';
export type { ServerOptions } from './config/server-options.js';
export { createServerLog, type LogLevel, type ServerLog } from './monitoring/server-log.js';
