/**
 * Another base address of the same files, a new one each time. The build for script tags replaces this function: there, each
 * `() => import(…)` takes such an address. Bundlers of applications load chunks in their own way.
 */
export function secondAddress(): string | undefined {
  return undefined;
}
