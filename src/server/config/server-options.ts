import * as v from 'valibot';
import { serverUrl } from '../../protocol/server-url.js';
import { iceUrlFault } from '../rooms/ice-url.js';

const secret = v.pipe(
  v.string(),
  v.check(
    (text) => Buffer.byteLength(text) >= 32,
    'must be at least 32 bytes long. Make one: openssl rand -base64 32',
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

/** Names the first URL that is wrong, and why. */
const iceUrlsMessage =
  (kind: 'stun' | 'turn') =>
  (urls: readonly string[]): string => {
    const wrong = urls.find((url) => iceUrlFault(url, kind) !== undefined) ?? '';
    return `must be ${kind}: or ${kind}s: URLs, separated by commas; "${wrong}" ${iceUrlFault(wrong, kind)}`;
  };

/** On or off; from the environment, `0` and `false` are off. */
export const flag = v.optional(
  v.pipe(
    v.union([v.boolean(), v.string()]),
    v.transform((value) => (typeof value === 'boolean' ? value : !['', '0', 'false'].includes(value))),
  ),
  false,
);

const rows = {
  /** Signs all tokens. At least 32 bytes; every node and every restart must have the same. */
  secret: v.optional(secret),
  /** What backends present to get auth tokens over HTTP. Without one, that route refuses everybody. */
  apiKey: v.optional(secret),
  /** What `GET /metrics` asks for as a bearer token. Without one, it is closed, but in development mode. */
  metricsToken: v.optional(secret),
  /** `GET /metrics` is for everybody who reaches it: where only the own network does. */
  metricsOpen: flag,
  /** For trying out: makes up missing secrets, serves the demo, and hands call tokens to anybody. */
  dev: flag,
  host: v.optional(v.string()),
  /** 0 takes any free port. */
  port: wholeNumber(3000, 0, 65_535),
  /** URLs under which browsers reach the server; the first is the issuer of its tokens. Empty: what each request says. */
  publicUrls: v.pipe(
    urlList(isServerUrl, 'must be http:// or https:// URLs without a user name, separated by commas'),
    v.transform((urls) => urls.map((url) => serverUrl(url))),
  ),
  /** How many proxies in front of the server are trusted to tell the client's address and scheme. */
  trustedProxies: wholeNumber(0, 0, 16),
  /** Participants per call. */
  meshLimit: wholeNumber(8, 2, 100),
  /** Places one user may have in all calls together. */
  sessionsPerUser: wholeNumber(10, 1),
  /** ms a participant whose connection broke is waited for. */
  graceMs: wholeNumber(30_000, 0, 3_600_000),
  /** ms a new connection has to send its `join`. */
  joinTimeoutMs: wholeNumber(10_000, 1, 600_000),
  /** ms between two heartbeats; a connection that misses one is cut. */
  heartbeatMs: wholeNumber(15_000, 10, 600_000),
  stunUrls: urlList((url) => iceUrlFault(url, 'stun') === undefined, iceUrlsMessage('stun')),
  turnUrls: urlList((url) => iceUrlFault(url, 'turn') === undefined, iceUrlsMessage('turn')),
  /** The `static-auth-secret` of coturn. */
  turnSecret: v.optional(secret),
  /** Seconds a TURN credential is valid. */
  turnTtl: wholeNumber(86_400, 60),
  /** The limits of rate, each in ten seconds; 0 is none. */
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
  /** What `GET /v3.0/call_tokens` tells as the application. */
  appId: v.optional(v.string(), 'cometchat-call'),
  region: v.optional(v.string(), 'self-hosted'),
};

/** What options may be, and what they are when not given. */
export const serverOptions = v.strictObject(rows);

/** The environment variable of each option; the command line has the same names in kebab-case. */
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

/** Options as a person writes them: numbers may be text, lists may be separated by commas. */
export type ServerOptions = v.InferInput<typeof serverOptions>;

function isServerUrl(text: string): boolean {
  try {
    // A path belongs to it, as a proxy may keep it; what is no whole URL could be anything.
    return /^[a-z]+:\/\//i.test(text) && serverUrl(text) !== '';
  } catch {
    return false;
  }
}
