import { parseArgs } from 'node:util';
import { asCallError } from '../../domain/call-error.js';
import { serverUrl } from '../../protocol/server-url.js';
import { createAuthToken, createCallToken } from '../auth/call-tokens.js';
import { lifetimeOf } from '../auth/token-lifetime.js';
import { ConfigError } from '../config/server-config.js';
import { UsageError } from './usage-error.js';

const options = {
  session: { type: 'string' },
  uid: { type: 'string' },
  name: { type: 'string' },
  avatar: { type: 'string' },
  role: { type: 'string' },
  auth: { type: 'boolean' },
  expires: { type: 'string' },
  issuer: { type: 'string' },
} as const;

const task = 'No token can be made';

/** `cometchat-call token`: prints a token made with CALL_SECRET. */
export async function printToken(args: string[], { CALL_SECRET }: NodeJS.ProcessEnv): Promise<void> {
  const { values } = parseArgs({ args, options, strict: true });
  const { session, expires, issuer, auth = false } = values;
  const uid = requireText('--uid', values.uid, 100);
  const name = requireText('--name', values.name ?? uid, 100);
  const { avatar = '', role } = values;
  if (expires !== undefined) checkLifetime(expires);
  if (auth && session !== undefined)
    throw new UsageError('--auth and --session exclude each other: an auth token is valid for all sessions.');
  const shared = {
    secret: requireSecret(CALL_SECRET),
    user: { uid, name, avatar, ...(role && { role }) },
    ...(expires !== undefined && { expiresIn: expires }),
    ...(issuer !== undefined && { issuer: issuerUrl(issuer) }),
  };
  const token = auth
    ? await createAuthToken(shared)
    : await createCallToken({ ...shared, sessionId: requireText('--session', session, 100) });
  process.stdout.write(`${token}\n`);
}

/** On a command line a bare number could be of minutes: it needs a unit. */
function checkLifetime(expires: string): void {
  if (!/[a-z]/i.test(expires))
    throw new UsageError('--expires needs a number and a unit, such as 30m, 12h or 7d.');
  try {
    lifetimeOf(expires);
  } catch (error) {
    throw new UsageError(`--expires: ${asCallError(error).message}`);
  }
}

function issuerUrl(text: string): string {
  try {
    return serverUrl(text);
  } catch (error) {
    throw new UsageError(`--issuer must be the URL of the server. ${asCallError(error).message}`);
  }
}

function requireText(flag: string, value: string | undefined, max: number): string {
  if (value === undefined || value.trim() === '') throw new UsageError(`${flag} is missing.`);
  if (value.length > max) throw new UsageError(`${flag} is longer than ${max} characters.`);
  return value;
}

function requireSecret(secret = ''): string {
  if (secret === '')
    throw new ConfigError(
      [
        'CALL_SECRET is missing. Set it to the secret of the server that will accept the token.',
        'A server in development mode issues tokens itself: POST /dev/call_tokens.',
      ],
      task,
    );
  if (Buffer.byteLength(secret.trim()) < 32)
    throw new ConfigError(['CALL_SECRET must be at least 32 bytes long.'], task);
  return secret;
}
