import { variables } from '../config/server-options.js';

const descriptions: { readonly [Option in keyof typeof variables]: string } = {
  secret: 'signs all tokens; at least 32 bytes',
  metricsToken: 'bearer token for GET /metrics; closed without one',
  metricsOpen: '1: GET /metrics needs no token',
  apiKey: 'key for POST /v3/users/{uid}/auth_tokens; at least 32 bytes',
  dev: 'development mode, like --dev',
  host: 'address to listen on (all; in development mode 127.0.0.1)',
  port: 'port to listen on (3000)',
  publicUrls: 'URLs at which browsers reach the server; may have a path',
  allowedOrigins: 'origins whose pages may use the server (all)',
  maxConnections: 'network connections that may be open at once (20000)',
  trustedProxies: 'number of reverse proxies whose X-Forwarded headers count (0)',
  meshLimit: 'participants of a call before it needs an SFU (8; with LiveKit 4)',
  livekitUrl: 'LiveKit server for larger calls, e.g. wss://livekit.example.com',
  livekitApiKey: 'API key of LiveKit',
  livekitApiSecret: 'API secret of LiveKit; at least 32 bytes',
  sfuLimit: 'participants per call on LiveKit (100)',
  meshReturnMs: 'ms a call must be small before it leaves LiveKit (120000)',
  sessionsPerUser: 'calls in which one user may be at once (10)',
  graceMs: 'ms a participant whose connection fell silent may take to reconnect (30000)',
  closedGraceMs: 'the same after the connection was closed without a leave (10000)',
  joinTimeoutMs: 'ms a new connection may take to join (10000)',
  heartbeatMs: 'ms between heartbeats (10000)',
  pageTimeoutMs: 'ms a page in a call may send nothing before it counts as crashed (75000)',
  stunUrls: 'STUN servers, e.g. stun:turn.example.com',
  turnUrls: 'TURN servers, e.g. turn:turn.example.com,turns:turn.example.com',
  turnSecret: 'static-auth-secret of coturn',
  turnTtl: 'lifetime of a TURN credential in seconds (86400)',
  redisUrl: 'Redis through which several servers are one, redis://…',
  databaseUrl: 'PostgreSQL database of the call history, postgres://…',
  dataFolder: 'folder of the call history, like --data',
  historyDays: 'days for which the call history keeps a call (365; 0: for ever)',
  messagesPerConnection: 'messages per connection in 10 s (2000; 0: no limit)',
  messagesPerAddress: 'messages per IP address in 10 s (20000)',
  bytesPerConnection: 'bytes per connection in 10 s (4194304)',
  bytesPerAddress: 'bytes per IP address in 10 s (41943040)',
  connectionsPerAddress: 'new connections per IP address in 10 s (500)',
  requestsPerAddress: 'HTTP requests per IP address in 10 s (1000)',
  logLevel: 'debug, info, warn, error or silent (info)',
  appId: 'application ID in GET /v3.0/call_tokens',
  region: 'region in GET /v3.0/call_tokens',
};

const width = Math.max(...Object.values(variables).map((name) => name.length)) + 2;

const environmentHelp = (Object.keys(descriptions) as (keyof typeof descriptions)[])
  .map((option) => `  ${variables[option].padEnd(width)}${descriptions[option]}`)
  .join('\n');

/** What `cometchat-call --help` prints. */
export const helpText = `cometchat-call: the server of <cometchat-call>

Usage
  cometchat-call serve [--dev] [--port 3000] [--host localhost] [--public-url URL]
                       [--trusted-proxies 1] [--data FOLDER] [--demo FOLDER] [--dist FOLDER]
  cometchat-call token --session S --uid U [--name N] [--avatar URL] [--role R] [--expires 1h]
                       [--issuer URL]
  cometchat-call token --auth --uid U [--name N] [--avatar URL] [--role R] [--expires 30d]
  cometchat-call erase-user --uid U [--data FOLDER]
  cometchat-call --help
  cometchat-call --version

serve
  --dev           development mode: generates missing secrets, gives tokens to anyone
  --data FOLDER   keeps the call history in FOLDER (with DATABASE_URL: what has yet to reach the database)
  --demo FOLDER   serves FOLDER at / instead of a page with a call (with --dev)
  --dist FOLDER   serves FOLDER at /dist instead of this package's bundles (with --dev)

  Routes of development mode
  GET  /                 a page with a call: open it in two tabs; ?session=S&name=N
  GET  /dist/…           the bundles, e.g. /dist/cdn/cometchat-call-element.min.js
  POST /dev/call_tokens  {"sessionId", "name", "uid"?, "avatar"?}: a call token
  POST /dev/auth_tokens  {"uid", "name", "avatar"?}: an auth token
  GET  /dev/users        users who have an auth token, and who is online

token
  prints a call token (or, with --auth, an auth token) signed with CALL_SECRET;
  --role viewer   may only watch; other roles: see the documentation of rights

erase-user
  removes a user from the call history in DATABASE_URL or FOLDER; while a server uses the folder, ask
  that server instead: DELETE /v3/users/{uid}/calls

Environment
${environmentHelp}
`;
