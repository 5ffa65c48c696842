import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { LiveKitKey } from '../auth/livekit-token.js';
import { isOn, serverOptions, variables, type ServerOptions } from './server-options.js';

/** All problems of a configuration, in one message. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    /** One sentence for each problem. */
    readonly problems: readonly string[],
    /** What cannot be done with it. */
    task = 'The call server cannot start',
  ) {
    super([`${task} with this configuration:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

type Checked = v.InferOutput<typeof serverOptions>;

/** Validated options with all defaults applied. */
export type ServerConfig = Checked & {
  readonly secret: string;
  readonly meshLimit: number;
  /** Set if there is an SFU. */
  readonly livekit: (LiveKitKey & { readonly url: string }) | undefined;
  readonly hasSfu: boolean;
  /** The secrets that were missing and have been generated (development mode only). */
  readonly generated: readonly string[];
};

/** Throws a ConfigError that lists all problems. */
export function checkConfig(options: ServerOptions): ServerConfig {
  const result = v.safeParse(serverOptions, options);
  const problems = result.issues?.map(problemOf) ?? [];
  const { dev, secret, turnUrls, turnSecret } = options;
  if (secret === undefined && !isOn(dev))
    problems.unshift(
      `${variables.secret} (option secret) is missing. Generate one with: openssl rand -base64 32. Or start in development mode (--dev), which generates one.`,
    );
  else if (secret === undefined && options.redisUrl !== undefined)
    problems.unshift(
      `${variables.secret} (option secret) is missing. With ${variables.redisUrl}, all servers must have the same one. Generate it with: openssl rand -base64 32.`,
    );
  const hasTurnUrls = turnUrls !== undefined && turnUrls.length > 0;
  if (hasTurnUrls !== (turnSecret !== undefined))
    problems.push(`${variables.turnUrls} and ${variables.turnSecret} must be set together.`);
  const livekitOptions = [options.livekitUrl, options.livekitApiKey, options.livekitApiSecret];
  const missing = livekitOptions.filter((value) => value === undefined).length;
  if (missing > 0 && missing < livekitOptions.length)
    problems.push(
      `${variables.livekitUrl}, ${variables.livekitApiKey} and ${variables.livekitApiSecret} must be set together.`,
    );
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  return withSecrets(withMedia(result.output));
}

/** Reads the options from environment variables; `flags` from the command line take precedence. */
export function readOptions(
  environment: Readonly<Record<string, string | undefined>>,
  flags: Partial<ServerOptions> = {},
): ServerOptions {
  const entries = Object.entries(variables)
    .map(([option, variable]) => [option, environment[variable]] as const)
    .filter(([, value]) => value !== undefined && value !== '');
  return { ...Object.fromEntries(entries), ...flags };
}

function withMedia(checked: Checked) {
  const { livekitUrl: url, livekitApiKey: apiKey, livekitApiSecret: apiSecret, meshLimit } = checked;
  const hasAll = url !== undefined && apiKey !== undefined && apiSecret !== undefined;
  const livekit = hasAll ? { url, apiKey, apiSecret } : undefined;
  const hasSfu = livekit !== undefined;
  return { ...checked, livekit, hasSfu, meshLimit: meshLimit ?? (hasSfu ? 4 : 8) };
}

function withSecrets(checked: ReturnType<typeof withMedia>): ServerConfig {
  const { dev, secret: signingSecret, apiKey } = checked;
  if (!dev) return { ...checked, secret: signingSecret ?? '', generated: [] };
  const generated = Object.entries({ secret: signingSecret, apiKey })
    .filter(([, value]) => value === undefined)
    .map(([option]) => option);
  return { ...checked, secret: signingSecret ?? random(), apiKey: apiKey ?? random(), generated };
}

function random(): string {
  return randomBytes(32).toString('base64url');
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const option = v.getDotPath(issue) ?? '';
  const variable = (variables as Readonly<Record<string, string>>)[option];
  return variable === undefined
    ? `Unknown option: ${option}.`
    : `${variable} (option ${option}) ${issue.message}.`;
}
