/**
 * Applies a value asynchronously, one attempt at a time. Values set while an attempt runs are not queued: only the
 * latest is applied.
 */
export function reconciler<Value>(apply: (wanted: Value) => Promise<void>): (wanted: Value) => Promise<void> {
  let wanted: Value;
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    let applied: Value;
    do {
      applied = wanted;
      await apply(applied);
    } while (!Object.is(applied, wanted));
  };

  return (value) => {
    wanted = value;
    running ??= run().finally(() => (running = undefined));
    return running;
  };
}
