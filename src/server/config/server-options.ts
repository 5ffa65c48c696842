import * as v from 'valibot';
import { serverUrl } from '../../protocol/server-url.js';
import { iceUrlFault } from '../rooms/transport/ice-url.js';

const secret = v.pipe(
  v.string(),
  v.check(
    (text) => Buffer.byteLength(text.trim()) >= 32,
    'must be at least 32 bytes long. Generate one with: openssl rand -base64 32',
  ),
);

const integer = (min: number, max: number) =>
  v.pipe(
    v.union([v.number(), v.string()], 'must be a whole number'),
    // Only decimal digits: JavaScript reads blanks as 0, and `0x10` as 16.
    v.transform((value) => (typeof value === 'number' || /^\s*-?\d+\s*$/.test(value) ? Number(value) : NaN)),
    v.check(
      (value) => Number.isSafeInteger(value) && value >= min && value <= max,
      max === Number.MAX_SAFE_INTEGER
        ? `must be a whole number of at least ${min}`
        : `must be a whole number from ${min} to ${max}`,
    ),
  );

const wholeNumber = (defaultValue: number, min = 0, max = Number.MAX_SAFE_INTEGER) =>
  v.optional(integer(min, max), defaultValue);

const urlList = (accepts: (text: string) => boolean, message: (texts: readonly string[]) => string) =>
  v.optional(
    v.pipe(
      v.union([
        v.array(v.string()),
        v.pipe(
          v.string(),
          v.transform((text) => text.split(',').map((part) => part.trim())),
        ),
      ]),
      v.transform((texts) => texts.filter((text) => text !== '')),
      v.check(
        (texts) => texts.every(accepts),
        ({ input }) => message(input),
      ),
    ),
    [],
  );

/** Names the first wrong URL and the reason. */
const iceUrlsMessage =
  (kind: 'stun' | 'turn') =>
  (urls: readonly string[]): string => {
    const wrong = urls.find((url) => iceUrlFault(url, kind) !== undefined) ?? '';
    return `must be ${kind}: or ${kind}s: URLs, separated by commas; "${wrong}" ${iceUrlFault(wrong, kind)}`;
  };

/** Names the first wrong URL, but for one that may contain a password. */
function serverUrlsMessage(urls: readonly string[]): string {
  const wrong = urls.find((url) => !isServerUrl(url)) ?? '';
  const named = wrong.includes('@') ? '' : `; "${wrong}" is not`;
  return `must be http:// or https:// URLs without user names, separated by commas${named}`;
}

/** Each accepted text of a boolean. */
const booleans: Readonly<Partial<Record<string, boolean>>> = {
  ...{ true: true, 1: true, yes: true, on: true },
  ...{ false: false, 0: false, no: false, off: false, '': false },
};

const booleanOf = (text: string): boolean | undefined => booleans[text.trim().toLowerCase()];

/** A boolean. Any other text is refused: a misspelled `false` must not open what it was to close. */
const flag = v.optional(
  v.pipe(
    v.union([v.boolean(), v.string()], 'must be true or false'),
    v.check(
      (value) => typeof value === 'boolean' || booleanOf(value) !== undefined,
      'must be true or false (or 1, 0, yes, no, on, off)',
    ),
    v.transform((value) => (typeof value === 'boolean' ? value : booleanOf(value) === true)),
  ),
  false,
);

/** Whether a flag is on; `false` for a value that is refused. */
export const isOn = (value: boolean | string | undefined): boolean =>
  typeof value === 'string' ? booleanOf(value) === true : value === true;

const rows = {
  /**
   * Signs all tokens. At least 32 bytes; the same on every node and after every restart. Required, except in
   * development mode.
   */
  secret: v.optional(secret),
  /** The key with which backends get auth tokens over HTTP. Without one, that route refuses every request. */
  apiKey: v.optional(secret),
  /** Bearer token for `GET /metrics`. Without one, the route is closed, except in development mode. */
  metricsToken: v.optional(secret),
  /** `GET /metrics` needs no token: for servers whose metrics only your own network reaches. */
  metricsOpen: flag,
  /** Development mode: generates missing secrets, serves the demo, and gives tokens to anyone. */
  dev: flag,
  /** The address to listen on. Default: all, or `127.0.0.1` in development mode. */
  host: v.optional(v.string()),
  /** The port to listen on; 0 selects a free port. */
  port: wholeNumber(3000, 0, 65_535),
  /** URLs at which browsers reach the server; the first is the issuer of its tokens. Empty: the address of each request. */
  publicUrls: v.pipe(
    urlList(isServerUrl, serverUrlsMessage),
    v.transform((urls) => urls.map((url) => serverUrl(url))),
  ),
  /**
   * Origins whose pages may use this server, such as `https://app.example.com`; its own is always one. Empty: all. Tokens decide who may
   * do what; this only keeps other sites from using tokens that they got hold of.
   */
  allowedOrigins: urlList(
    isOrigin,
    (texts) => `${texts.join(', ')}: must be an origin such as https://app.example.com, without a path`,
  ),
  /** Network connections of any kind that may be open at once, with a server of its own (`listen`). */
  maxConnections: wholeNumber(20_000, 1),
  /** Number of reverse proxies whose `X-Forwarded-…` headers the server believes. */
  trustedProxies: wholeNumber(0, 0, 16),
  /**
   * Maximum number of participants of a call in which each sends to every other. Without an SFU that is the end: 8 by
   * default. With one, larger calls move to it: by default from 5 on.
   */
  meshLimit: v.optional(integer(2, 100)),
  /** WebSocket URL of a LiveKit server, for larger calls. Must be set together with its key and secret. */
  livekitUrl: v.optional(
    v.pipe(
      v.string(),
      v.check(isWebSocketUrl, 'must be a ws:// or wss:// URL, such as wss://livekit.example.com'),
    ),
  ),
  /** The API key of the LiveKit server. */
  livekitApiKey: v.optional(v.string()),
  /** The secret of that key; it stays on this server. */
  livekitApiSecret: v.optional(secret),
  /** Maximum number of participants per call on the SFU. */
  sfuLimit: wholeNumber(100, 2, 10_000),
  /** ms for which a call on the SFU must be small, at most half of `meshLimit`, before it moves back. */
  meshReturnMs: wholeNumber(120_000, 0, 86_400_000),
  /** Calls in which one user may be at once. */
  sessionsPerUser: wholeNumber(10, 1),
  /** ms for which the server keeps the place of a participant whose connection fell silent. */
  graceMs: wholeNumber(30_000, 0, 3_600_000),
  /**
   * ms for which it does so when the connection was closed without a leave, as by a crashed page. Not more than `graceMs`. A participant
   * whose media still reaches others is kept for longer.
   */
  closedGraceMs: wholeNumber(10_000, 0, 3_600_000),
  /** ms within which a new connection must send `join`. */
  joinTimeoutMs: wholeNumber(10_000, 1, 600_000),
  /** ms between heartbeats; the server closes a connection that misses one. */
  heartbeatMs: wholeNumber(10_000, 10, 600_000),
  /**
   * ms for which a page in a call may send nothing, not even its pings every 10 seconds, before it counts as crashed: the browser answers
   * heartbeats for a page that hangs. Browsers may delay the pings of hidden pages to one a minute.
   */
  pageTimeoutMs: wholeNumber(75_000, 10, 3_600_000),
  /** STUN servers for the participants: `stun:host:port`. */
  stunUrls: urlList((url) => iceUrlFault(url, 'stun') === undefined, iceUrlsMessage('stun')),
  /** TURN servers for the participants: `turn:host:port?transport=udp`. */
  turnUrls: urlList((url) => iceUrlFault(url, 'turn') === undefined, iceUrlsMessage('turn')),
  /** The `static-auth-secret` of coturn. Must be set together with `turnUrls`. */
  turnSecret: v.optional(secret),
  /** Lifetime of a TURN credential in seconds. */
  turnTtl: wholeNumber(86_400, 60),
  /**
   * Redis through which several servers are one: `redis://user:password@host:6379/0`, or `rediss://` for TLS. All must have
   * the same secret.
   */
  redisUrl: v.optional(
    v.pipe(
      v.string(),
      v.check(isRedisUrl, 'must be the URL of a Redis server: redis://host:6379 or rediss://…'),
    ),
  ),
  /** PostgreSQL database of the call history: `postgres://user:password@host/database`. */
  databaseUrl: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^postgres(ql)?:\/\//, 'must be the URL of a PostgreSQL database: postgres://…'),
    ),
  ),
  /** A folder of this server alone: the call history, and, with `databaseUrl`, what has yet to reach it. */
  dataFolder: v.optional(v.pipe(v.string(), v.minLength(1, 'must be the path of a folder'))),
  /** Days for which the call history keeps a call; 0: for ever. */
  historyDays: wholeNumber(365, 0, 36_500),
  // Rate limits, each per ten seconds; 0 is no limit
  /** Messages that a connection may send in 10 seconds. */
  messagesPerConnection: wholeNumber(2000),
  /** Messages that an address may send in 10 seconds. */
  messagesPerAddress: wholeNumber(20_000),
  /** Bytes of messages that a connection may send in 10 seconds. */
  bytesPerConnection: wholeNumber(4 * 1024 * 1024),
  /** Bytes of messages that an address may send in 10 seconds. */
  bytesPerAddress: wholeNumber(40 * 1024 * 1024),
  /** Connections that an address may open in 10 seconds. */
  connectionsPerAddress: wholeNumber(500),
  /** HTTP requests that an address may send in 10 seconds. */
  requestsPerAddress: wholeNumber(1000),
  /** The least severe events to log. */
  logLevel: v.optional(
    v.picklist(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent'),
    'info',
  ),
  /** The application ID in the response of `GET /v3.0/call_tokens`. */
  appId: v.optional(v.string(), 'cometchat-call'),
  /** The region that tokens and settings name. */
  region: v.optional(v.string(), 'self-hosted'),
};

/** Types and defaults of all options. */
export const serverOptions = v.strictObject(rows);

/** The environment variable of each option. */
export const variables: { readonly [Option in keyof typeof rows]: string } = {
  secret: 'CALL_SECRET',
  apiKey: 'API_KEY',
  metricsToken: 'METRICS_TOKEN',
  metricsOpen: 'METRICS_OPEN',
  dev: 'DEV',
  host: 'HOST',
  port: 'PORT',
  publicUrls: 'PUBLIC_URL',
  allowedOrigins: 'ALLOWED_ORIGINS',
  maxConnections: 'MAX_CONNECTIONS',
  trustedProxies: 'TRUSTED_PROXIES',
  meshLimit: 'MESH_LIMIT',
  livekitUrl: 'LIVEKIT_URL',
  livekitApiKey: 'LIVEKIT_API_KEY',
  livekitApiSecret: 'LIVEKIT_API_SECRET',
  sfuLimit: 'SFU_LIMIT',
  meshReturnMs: 'MESH_RETURN_MS',
  sessionsPerUser: 'SESSIONS_PER_USER',
  graceMs: 'GRACE_MS',
  closedGraceMs: 'CLOSED_GRACE_MS',
  joinTimeoutMs: 'JOIN_TIMEOUT_MS',
  heartbeatMs: 'HEARTBEAT_MS',
  pageTimeoutMs: 'PAGE_TIMEOUT_MS',
  stunUrls: 'STUN_URLS',
  turnUrls: 'TURN_URLS',
  turnSecret: 'TURN_SECRET',
  turnTtl: 'TURN_TTL',
  redisUrl: 'REDIS_URL',
  databaseUrl: 'DATABASE_URL',
  dataFolder: 'DATA_DIR',
  historyDays: 'HISTORY_DAYS',
  messagesPerConnection: 'MESSAGES_PER_CONNECTION',
  messagesPerAddress: 'MESSAGES_PER_ADDRESS',
  bytesPerConnection: 'BYTES_PER_CONNECTION',
  bytesPerAddress: 'BYTES_PER_ADDRESS',
  connectionsPerAddress: 'CONNECTIONS_PER_ADDRESS',
  requestsPerAddress: 'REQUESTS_PER_ADDRESS',
  logLevel: 'LOG_LEVEL',
  appId: 'APP_ID',
  region: 'REGION',
};

/** Options as users write them: numbers may be strings, lists may be strings separated by commas. */
export type ServerOptions = v.InferInput<typeof serverOptions>;

function isWebSocketUrl(text: string): boolean {
  return URL.canParse(text) && /^wss?:$/.test(new URL(text).protocol);
}

function isRedisUrl(text: string): boolean {
  return URL.canParse(text) && /^rediss?:$/.test(new URL(text).protocol) && new URL(text).hostname !== '';
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text.toLowerCase();
}

function isServerUrl(text: string): boolean {
  try {
    // It may have a path, which a proxy may keep. It must be a complete URL.
    return /^[a-z]+:\/\//i.test(text) && serverUrl(text) !== '';
  } catch {
    return false;
  }
}
