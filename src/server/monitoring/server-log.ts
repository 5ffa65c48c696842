export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

const severity = { debug: 10, info: 20, warn: 30, error: 40, silent: 100 } as const;

/** Writes one event. Fields hold counts, codes and opaque ids: never tokens, names, uids or addresses. */
export type ServerLog = (
  level: LogLevel,
  event: string,
  fields?: Readonly<Record<string, string | number | boolean>>,
) => void;

/** A log of one JSON object per line, which any collector reads. */
export function createServerLog(
  minLevel: LogLevel | 'silent',
  write: (line: string) => void = (line) => void process.stderr.write(line),
): ServerLog {
  return (level, event, fields = {}) => {
    if (severity[level] < severity[minLevel]) return;
    write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
  };
}

/** What of a thrown thing belongs into a log. */
export function errorFields(error: unknown): Readonly<Record<string, string>> {
  return error instanceof Error
    ? { error: error.name, message: error.message, stack: error.stack ?? '' }
    : { error: String(error) };
}
