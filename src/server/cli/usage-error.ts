/** A wrong command line; the message says what is right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Also those of Node's `parseArgs`. */
export function isUsageError(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_'))
  );
}
