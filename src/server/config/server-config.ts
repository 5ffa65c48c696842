import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { flag, serverOptions, variables, type ServerOptions } from './server-options.js';

/** All problems of a configuration, in one message. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(
      [
        'The call server cannot start with this configuration:',
        ...problems.map((problem) => `  - ${problem}`),
      ].join('\n'),
    );
  }
}

type Checked = v.InferOutput<typeof serverOptions>;

/** Validated options with all defaults applied. */
export type ServerConfig = Checked & {
  readonly secret: string;
  /** The secrets that were missing and have been generated (development mode only). */
  readonly generated: readonly string[];
};

/** Throws a ConfigError that lists all problems. */
export function checkConfig(options: ServerOptions): ServerConfig {
  const result = v.safeParse(serverOptions, options);
  const problems = result.issues?.map(problemOf) ?? [];
  const { dev, secret: secret, turnUrls, turnSecret } = options;
  if (secret === undefined && !v.parse(flag, dev))
    problems.unshift(
      `${variables.secret} (option secret) is missing. Generate one with: openssl rand -base64 32. Or start in development mode (--dev), which generates one.`,
    );
  const hasTurnUrls = turnUrls !== undefined && turnUrls.length > 0;
  if (hasTurnUrls !== (turnSecret !== undefined))
    problems.push(`${variables.turnUrls} and ${variables.turnSecret} must be set together.`);
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  return withSecrets(result.output);
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

function withSecrets(checked: Checked): ServerConfig {
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
