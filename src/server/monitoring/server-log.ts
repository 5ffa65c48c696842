/** The least severe events that the server logs. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

const severity = { debug: 10, info: 20, warn: 30, error: 40, silent: 100 } as const;

/** Writes one event. Fields contain counts, codes and opaque ids: never tokens, names, uids or addresses. */
export type ServerLog = (
  level: LogLevel,
  event: string,
  fields?: Readonly<Record<string, string | number | boolean>>,
) => void;

/** Creates a log that writes one JSON object per line, by default to standard error. */
export function createServerLog(
  minLevel: LogLevel | 'silent',
  write: (text: string) => void = (text) => void process.stderr.write(text),
): ServerLog {
  return (level, event, fields = {}) => {
    if (severity[level] < severity[minLevel]) return;
    write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
  };
}

/** The loggable fields of a thrown value. */
export function errorFields(error: unknown): Readonly<Record<string, string>> {
  return error instanceof Error
    ? { error: error.name, message: error.message, stack: error.stack ?? '' }
    : { error: String(error) };
}
