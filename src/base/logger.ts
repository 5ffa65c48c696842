/** Where log lines go: a `console`, or anything with its four methods. */
export type LogSink = Pick<Console, 'debug' | 'info' | 'warn' | 'error'>;

// On the page, not in the module: beside the UMD file the lazy parts come with a second copy of this module.
const key = Symbol.for('cometchat-call.log-sink');
const page = globalThis as { [key]?: LogSink | undefined };

/** Sends the lines of every logger to `target`; `undefined` (the start value) keeps them silent. */
export function setLogSink(target: LogSink | undefined): void {
  page[key] = target;
}

/** A logger whose lines begin with `[cometchat-call:topic]`. */
export function log(topic: string): LogSink {
  const write =
    (level: keyof LogSink) =>
    (...details: unknown[]): void =>
      page[key]?.[level](`[cometchat-call:${topic}]`, ...details);
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
