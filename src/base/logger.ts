/** The destination of the log: a `console`, or an object with these four methods. */
export type LogSink = Pick<Console, 'debug' | 'info' | 'warn' | 'error'>;

// Stored on the page, not in the module: with the UMD build, the lazy chunks contain a second copy of this module.
const key = Symbol.for('cometchat-call.log-sink');
const page = globalThis as { [key]?: LogSink | undefined };

/** Sets the destination of all loggers; `undefined` (the default) disables logging. */
export function setLogSink(target: LogSink | undefined): void {
  page[key] = target;
}

/** Creates a logger whose messages begin with `[cometchat-call:topic]`. */
export function log(topic: string): LogSink {
  const write =
    (level: keyof LogSink) =>
    (...details: unknown[]): void =>
      page[key]?.[level](`[cometchat-call:${topic}]`, ...details);
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
