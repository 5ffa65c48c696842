import { variables } from '../config/server-options.js';

const descriptions: { readonly [Option in keyof typeof variables]: string } = {
  secret: 'signs all tokens; at least 32 bytes',
  metricsToken: 'what GET /metrics asks for as a bearer token; without one it is closed',
  metricsOpen: '1: GET /metrics needs no token',
  apiKey: 'what backends present to POST /v3/users/{uid}/auth_tokens',
  dev: 'development mode, like --dev',
  host: 'address to listen on (all; in development mode 127.0.0.1)',
  port: 'port to listen on (3000)',
  publicUrls: 'URLs under which browsers reach the server, with the path if there is one',
  trustedProxies: 'proxies in front that may tell the client’s address and scheme (0)',
  meshLimit: 'participants per call (8)',
  sessionsPerUser: 'calls one user may be in at once (10)',
  graceMs: 'ms a lost participant is waited for (30000)',
  joinTimeoutMs: 'ms a new connection has to join (10000)',
  heartbeatMs: 'ms between two heartbeats (15000)',
  stunUrls: 'STUN servers, e.g. stun:turn.example.com',
  turnUrls: 'TURN servers, e.g. turn:turn.example.com,turns:turn.example.com',
  turnSecret: 'static-auth-secret of coturn',
  turnTtl: 'seconds a TURN credential is valid (86400)',
  messagesPerConnection: 'messages of one connection in 10 s (2000; 0: no limit)',
  messagesPerAddress: 'messages from one address in 10 s (20000)',
  bytesPerConnection: 'bytes of one connection in 10 s (4194304)',
  bytesPerAddress: 'bytes from one address in 10 s (41943040)',
  connectionsPerAddress: 'new connections from one address in 10 s (500)',
  requestsPerAddress: 'HTTP requests from one address in 10 s (1000)',
  logLevel: 'debug, info, warn, error or silent (info)',
  appId: 'application id told to SDKs',
  region: 'region told to SDKs',
};

const width = Math.max(...Object.values(variables).map((name) => name.length)) + 2;

const environmentHelp = (Object.keys(descriptions) as (keyof typeof descriptions)[])
  .map((option) => `  ${variables[option].padEnd(width)}${descriptions[option]}`)
  .join('\n');

/** What `cometchat-call --help` prints. */
export const helpText = `cometchat-call: the server of <cometchat-call>

Usage
  cometchat-call serve [--dev] [--port 3000] [--host localhost] [--public-url URL]
                       [--trusted-proxies 1] [--demo FOLDER] [--dist FOLDER]
  cometchat-call token --session S --uid U [--name N] [--avatar URL] [--expires 1h] [--issuer URL]
  cometchat-call token --auth --uid U [--name N] [--avatar URL] [--expires 30d]
  cometchat-call --help
  cometchat-call --version

serve
  --dev           for trying out: makes up missing secrets and gives tokens to anybody
  --demo FOLDER   serves FOLDER at / instead of a small page with a call (development mode only)
  --dist FOLDER   serves FOLDER at /dist instead of the bundles of this package (development mode only)

  Routes of development mode
  GET  /                 a page with a call: open it in two tabs; ?session=S&name=N
  GET  /dist/…           the bundles, e.g. /dist/cdn/cometchat-call.min.js
  POST /dev/call_tokens  {"sessionId", "name", "uid"?, "avatar"?}: a call token, for anybody
  POST /dev/auth_tokens  {"uid", "name", "avatar"?}: an auth token, for anybody
  GET  /dev/users        who has asked for an auth token, and who is online

token
  prints a call token (or, with --auth, an auth token) signed with CALL_SECRET

Environment
${environmentHelp}
`;
