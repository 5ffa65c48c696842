/** Whether two flat values say the same: a Lit property with it does not render for a new object of equal content. */
export function differs<Value extends object>(next: Value | undefined, previous: Value | undefined): boolean {
  if (!next || !previous) return next !== previous;
  return (Object.keys(next) as (keyof Value)[]).some((field) => !Object.is(next[field], previous[field]));
}
