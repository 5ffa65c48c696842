import * as v from 'valibot';
import { serverUrl } from '../../protocol/server-url.js';
import { iceUrlFault } from '../rooms/ice-url.js';

const secret = v.pipe(
  v.string(),
  v.check(
    (text) => Buffer.byteLength(text) >= 32,
    'must be at least 32 bytes long. Generate one with: openssl rand -base64 32',
  ),
);

const wholeNumber = (defaultValue: number, min = 0, max = Number.MAX_SAFE_INTEGER) =>
  v.optional(
    v.pipe(
      v.union([v.number(), v.string()], 'must be a whole number'),
      v.transform(Number),
      v.check(
        (value) => Number.isSafeInteger(value) && value >= min && value <= max,
        max === Number.MAX_SAFE_INTEGER
          ? `must be a whole number of at least ${min}`
          : `must be a whole number from ${min} to ${max}`,
      ),
    ),
    defaultValue,
  );

type ListMessage = string | ((texts: readonly string[]) => string);

const urlList = (accepts: (text: string) => boolean, message: ListMessage) =>
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
        typeof message === 'string' ? message : ({ input }) => message(input),
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

/** A boolean. In environment variables `0`, `false` and an empty value are off. */
export const flag = v.optional(
  v.pipe(
    v.union([v.boolean(), v.string()]),
    v.transform((value) => (typeof value === 'boolean' ? value : !['', '0', 'false'].includes(value))),
  ),
  false,
);

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
  host: v.optional(v.string()),
  /** The port to listen on; 0 selects a free port. */
  port: wholeNumber(3000, 0, 65_535),
  /** URLs at which browsers reach the server; the first is the issuer of its tokens. Empty: the address of each request. */
  publicUrls: v.pipe(
    urlList(isServerUrl, 'must be http:// or https:// URLs without user names, separated by commas'),
    v.transform((urls) => urls.map((url) => serverUrl(url))),
  ),
  /** Number of reverse proxies whose `X-Forwarded-…` headers the server believes. */
  trustedProxies: wholeNumber(0, 0, 16),
  /** Maximum number of participants per call. */
  meshLimit: wholeNumber(8, 2, 100),
  /** Calls in which one user may be at once. */
  sessionsPerUser: wholeNumber(10, 1),
  /** ms for which the server keeps the place of a participant who lost the connection. */
  graceMs: wholeNumber(30_000, 0, 3_600_000),
  /** ms within which a new connection must send `join`. */
  joinTimeoutMs: wholeNumber(10_000, 1, 600_000),
  /** ms between heartbeats; the server closes a connection that misses one. */
  heartbeatMs: wholeNumber(15_000, 10, 600_000),
  stunUrls: urlList((url) => iceUrlFault(url, 'stun') === undefined, iceUrlsMessage('stun')),
  turnUrls: urlList((url) => iceUrlFault(url, 'turn') === undefined, iceUrlsMessage('turn')),
  /** The `static-auth-secret` of coturn. Must be set together with `turnUrls`. */
  turnSecret: v.optional(secret),
  /** Lifetime of a TURN credential in seconds. */
  turnTtl: wholeNumber(86_400, 60),
  /** Rate limits, each per ten seconds; 0 is no limit. */
  messagesPerConnection: wholeNumber(2000),
  messagesPerAddress: wholeNumber(20_000),
  bytesPerConnection: wholeNumber(4 * 1024 * 1024),
  bytesPerAddress: wholeNumber(40 * 1024 * 1024),
  connectionsPerAddress: wholeNumber(500),
  requestsPerAddress: wholeNumber(1000),
  logLevel: v.optional(
    v.picklist(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent'),
    'info',
  ),
  /** The application ID in the response of `GET /v3.0/call_tokens`. */
  appId: v.optional(v.string(), 'cometchat-call'),
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
  trustedProxies: 'TRUSTED_PROXIES',
  meshLimit: 'MESH_LIMIT',
  sessionsPerUser: 'SESSIONS_PER_USER',
  graceMs: 'GRACE_MS',
  joinTimeoutMs: 'JOIN_TIMEOUT_MS',
  heartbeatMs: 'HEARTBEAT_MS',
  stunUrls: 'STUN_URLS',
  turnUrls: 'TURN_URLS',
  turnSecret: 'TURN_SECRET',
  turnTtl: 'TURN_TTL',
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

function isServerUrl(text: string): boolean {
  try {
    // It may have a path, which a proxy may keep. It must be a complete URL.
    return /^[a-z]+:\/\//i.test(text) && serverUrl(text) !== '';
  } catch {
    return false;
  }
}
